namespace NanoDet.Training.Export.Quantization;

/// <summary>The mean of each channel of a feature map on the pictures of a calibration.</summary>
/// <param name="Exact">With 32 bits.</param>
/// <param name="Rounded">After each number became one of the steps.</param>
public sealed record ChannelMeans(float[] Exact, float[] Rounded);
