namespace NanoDet.Pipeline.Manifest;

/// <summary>How a model was trained.</summary>
/// <param name="Key">Hash over everything that the training depended on.</param>
/// <param name="Threads">Threads that it computed with.</param>
/// <param name="Device">What it computed on.</param>
public sealed record ManifestTraining(string Key, int Threads, string Device);
