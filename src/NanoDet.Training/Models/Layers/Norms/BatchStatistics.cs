namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>Mean and variance of each channel of a batch, and what normalising by them does to gradients.</summary>
internal sealed class BatchStatistics
{
    private readonly float[] _origin;
    private readonly double[] _mean;
    private readonly double[] _variance; // divided by the count
    private readonly double[] _inverse; // of the standard deviations
    private readonly double _count;

    /// <summary>Works them out.</summary>
    /// <param name="sums">For each channel: the sum of what its values lie above the origin.</param>
    /// <param name="squares">For each channel: the sum of the squares of that.</param>
    /// <param name="origin">For each channel.</param>
    /// <param name="count">The values of a channel, more than one.</param>
    /// <param name="epsilon">Added to the variances.</param>
    public BatchStatistics(double[] sums, double[] squares, float[] origin, double count, double epsilon)
    {
        (_origin, _count) = (origin, count);
        (_mean, _variance, _inverse) = (new double[sums.Length], new double[sums.Length], new double[sums.Length]);
        for (var i = 0; i < sums.Length; i++)
        {
            var mean = sums[i] / count;
            _mean[i] = origin[i] + mean;
            _variance[i] = Math.Max((squares[i] / count) - (mean * mean), 0);
            _inverse[i] = 1 / Math.Sqrt(_variance[i] + epsilon);
        }
    }

    /// <summary>What normalises and weights.</summary>
    /// <param name="weight">For each channel.</param>
    /// <param name="bias">For each channel.</param>
    /// <param name="slope">Factor of the activation on negative values.</param>
    public ChannelScales Scales(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, float slope)
    {
        var scales = new ChannelScales(_mean.Length, slope);
        for (var i = 0; i < _mean.Length; i++)
        {
            scales.Set(i, weight[i], bias[i], _mean[i], _inverse[i]);
        }

        return scales;
    }

    /// <summary>Moves running statistics towards those of this batch.</summary>
    /// <param name="mean">For each channel.</param>
    /// <param name="variance">For each channel; that of all pictures is estimated, so it is divided by one less than the count.</param>
    /// <param name="momentum">The weight of this batch.</param>
    public void Move(Span<float> mean, Span<float> variance, double momentum)
    {
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] = (float)((momentum * _mean[i]) + ((1 - momentum) * mean[i]));
            variance[i] = (float)((momentum * _variance[i] * (_count / (_count - 1))) + ((1 - momentum) * variance[i]));
        }
    }

    /// <summary>The gradients of the weights.</summary>
    /// <param name="gradientSums">For each channel: the sum of the gradients before the activation.</param>
    /// <param name="gradientProducts">For each channel: the sum of their products with what the values lie above the origin.</param>
    public double[] OfWeight(double[] gradientSums, double[] gradientProducts)
    {
        var result = new double[_mean.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (gradientProducts[i] - (gradientSums[i] * (_mean[i] - _origin[i]))) * _inverse[i];
        }

        return result;
    }

    /// <summary>The share of a value's gradient that comes from mean and variance: factor times the value, plus offset.</summary>
    /// <param name="gradientSums">As in <see cref="OfWeight"/>.</param>
    /// <param name="ofWeight">What <see cref="OfWeight"/> returned.</param>
    /// <param name="scales">What normalised.</param>
    public (float[] Factor, float[] Offset) Share(double[] gradientSums, double[] ofWeight, ChannelScales scales)
    {
        var (factor, offset) = (new float[_mean.Length], new float[_mean.Length]);
        for (var i = 0; i < factor.Length; i++)
        {
            var slope = -scales.Scale[i] * _inverse[i] * ofWeight[i] / _count;
            factor[i] = (float)slope;
            offset[i] = (float)((-slope * _mean[i]) - (scales.Scale[i] * gradientSums[i] / _count));
        }

        return (factor, offset);
    }
}
