namespace NanoDet.Training.Export.Quantization;

/// <summary>A feature map whose range a calibration has to find.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Group">The same for all maps that have one range.</param>
/// <param name="Before">The map that an activation makes this one from; null without an activation.</param>
/// <param name="NegativeSlope">What the activation that follows multiplies negative numbers by, and so their errors; 1 without one.</param>
public sealed record ObservedMap(string Name, string Group, string? Before, float NegativeSlope);
