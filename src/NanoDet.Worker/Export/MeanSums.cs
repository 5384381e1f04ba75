using NanoDet.Training.Export.Quantization;

namespace NanoDet.Worker.Export;

/// <summary>Adds up the numbers of each channel of a feature map, exact and rounded to steps.</summary>
internal sealed class MeanSums(int channels)
{
    private readonly double[] _exact = new double[channels];
    private readonly double[] _rounded = new double[channels];
    private long _count;

    /// <summary>Adds the numbers of a picture.</summary>
    /// <param name="values">The map, [1, channels, height, width].</param>
    /// <param name="own">Its range.</param>
    /// <param name="before">The range of the map that an activation made this one from, and the slope of negative numbers in it; null without one.</param>
    public void Add(ReadOnlySpan<float> values, ActivationRange own, (ActivationRange Range, float Slope)? before)
    {
        var length = values.Length / channels;
        for (var channel = 0; channel < channels; channel++)
        {
            var (exact, rounded) = (0d, 0d);
            foreach (var value in values.Slice(channel * length, length))
            {
                exact += value;
                rounded += own.Round(before is var (range, slope) ? Activate(range.Round(value < 0 ? value / slope : value), slope) : value);
            }

            _exact[channel] += exact;
            _rounded[channel] += rounded;
        }

        _count += length;
    }

    /// <summary>The means.</summary>
    public ChannelMeans Means() => new([.. _exact.Select(sum => (float)(sum / _count))], [.. _rounded.Select(sum => (float)(sum / _count))]);

    private static float Activate(float value, float slope) => value < 0 ? value * slope : value;
}
