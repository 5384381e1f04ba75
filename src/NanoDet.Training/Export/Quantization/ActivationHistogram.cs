namespace NanoDet.Training.Export.Quantization;

/// <summary>How often a feature map has which numbers, in the pictures of a calibration.</summary>
public sealed class ActivationHistogram
{
    private const int Bins = 2048;
    private const int Tries = 20;

    private readonly long[] _counts = new long[Bins];
    private readonly float _low;
    private readonly float _high;
    private readonly double _width;

    /// <summary>Starts with the smallest and the largest number.</summary>
    public ActivationHistogram(float low, float high)
    {
        (_low, _high) = (Math.Min(low, 0), Math.Max(high, 0));
        _width = Math.Max((double)_high - _low, float.Epsilon) / Bins;
    }

    /// <summary>Counts the numbers of one picture.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        var (low, factor) = (_low, (float)(1 / _width));
        foreach (var value in values)
        {
            _counts[Math.Clamp((int)((value - low) * factor), 0, Bins - 1)]++;
        }
    }

    /// <summary>
    /// The range half-way between the one with the smallest mean square error, which cuts rare large numbers off for finer steps, and that
    /// of all numbers: the rare large ones are where an object is. Negative numbers that an activation makes small are not worth it.
    /// </summary>
    /// <param name="negativeSlope">What errors of negative numbers are multiplied by, because the activation that follows does so.</param>
    public ActivationRange Best(float negativeSlope)
    {
        var (best, least) = (new ActivationRange(_low, _high), double.PositiveInfinity);
        for (var i = _low < 0 ? Tries : 1; i > 0; i--)
        {
            for (var j = _high > 0 ? Tries : 1; j > 0; j--)
            {
                var range = new ActivationRange(_low * i / Tries, _high * j / Tries);
                var error = Error(range, negativeSlope);
                if (error < least)
                {
                    (best, least) = (range, error);
                }
            }
        }

        return new(negativeSlope < 1 ? best.Low : (best.Low + _low) / 2, (best.High + _high) / 2);
    }

    private double Error(ActivationRange range, double negativeSlope)
    {
        // Within the range, an error is anything up to half a step.
        var step = range.Scale;
        var rounding = step * step / 12d;
        var (sum, weight) = (0d, negativeSlope * negativeSlope);
        for (var i = 0; i < Bins; i++)
        {
            if (_counts[i] == 0)
            {
                continue;
            }

            var value = _low + (_width * (i + 0.5));
            var outside = value < range.Low ? range.Low - value : value > range.High ? value - range.High : 0;
            sum += _counts[i] * (outside > 0 ? outside * outside : rounding) * (value < 0 ? weight : 1);
        }

        return sum;
    }
}
