namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>What a normalisation and an activation make of a value x of a channel: the larger one of y and <paramref name="Slope"/> times y, for y = scale x + shift.</summary>
/// <param name="Scale">For each channel.</param>
/// <param name="Shift">For each channel.</param>
/// <param name="Slope">Factor on negative values: 0 for a ReLU, 1 for no activation.</param>
internal sealed record ChannelScales(float[] Scale, float[] Shift, float Slope);
