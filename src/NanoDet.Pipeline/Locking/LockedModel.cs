namespace NanoDet.Pipeline.Locking;

/// <summary>The model that was made from the locked inputs.</summary>
/// <param name="Onnx">SHA-256 of the ONNX file.</param>
/// <param name="Weights">SHA-256 of the weights.</param>
/// <param name="Policy">How it was trained, as in its manifest.</param>
/// <param name="Parent">SHA-256 of the weights that training began with; null for none.</param>
/// <param name="Generation">The number of warm starts since the last new training.</param>
public sealed record LockedModel(string Onnx, string Weights, string Policy, string? Parent, int Generation);
