namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>What a normalisation and an activation make of a value x of a channel: the larger one of y and the slope times y, for y = scale x + shift.</summary>
/// <param name="channels">The channels.</param>
/// <param name="slope">Factor on negative values: 0 for a ReLU, 1 for no activation.</param>
internal sealed class ChannelScales(int channels, float slope)
{
    /// <summary>For each channel.</summary>
    public float[] Scale { get; } = new float[channels];

    /// <summary>For each channel.</summary>
    public float[] Shift { get; } = new float[channels];

    /// <summary>Factor on negative values.</summary>
    public float Slope => slope;

    /// <summary>Normalises and weights a channel with one multiplication and one addition.</summary>
    /// <param name="channel">Its number.</param>
    /// <param name="weight">What normalised values are multiplied by.</param>
    /// <param name="bias">What is added to them.</param>
    /// <param name="mean">Of the values.</param>
    /// <param name="inverse">Of their standard deviation.</param>
    public void Set(int channel, float weight, float bias, double mean, double inverse)
    {
        var scale = weight * inverse;
        (Scale[channel], Shift[channel]) = ((float)scale, (float)(bias - (mean * scale)));
    }
}
