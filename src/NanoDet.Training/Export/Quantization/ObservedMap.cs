namespace NanoDet.Training.Export.Quantization;

/// <summary>A feature map whose range a calibration has to find.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="NegativeSlope">What the activation that follows multiplies negative numbers by, and so their errors; 1 without one.</param>
public sealed record ObservedMap(string Name, float NegativeSlope);
