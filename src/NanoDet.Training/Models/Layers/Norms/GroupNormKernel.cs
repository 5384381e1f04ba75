namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>Group normalisation and a leaky ReLU of the feature map [pixels, channels] of one image, and their gradients.</summary>
/// <typeparam name="T">The numbers of the map and of its gradients.</typeparam>
internal sealed class GroupNormKernel<T>
    where T : unmanaged, IMapNumber<T>
{
    private readonly AdjacentChannels<T, T> _passes;
    private readonly ChannelScales _scales; // normalise and weight with one multiplication and one addition
    private readonly float[] _weight;
    private readonly float[] _origin; // zero: the mean of a group is not that of its channels
    private readonly int _width; // channels of a group
    private readonly double[] _mean; // of each group
    private readonly double[] _inverse; // of each group's standard deviation
    private readonly double[] _gradientSum; // of each channel: of the gradients before the activation ...
    private readonly double[] _gradientProduct; // ... and of their products with the map

    /// <summary>Computes the statistics of the map.</summary>
    /// <param name="map">[pixels, channels]; the channels are a multiple of 32.</param>
    /// <param name="weight">For each channel.</param>
    /// <param name="bias">For each channel.</param>
    /// <param name="groups">Groups of neighbouring channels that are normalised together.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="slope">Factor on negative values, 0 to 1.</param>
    public GroupNormKernel(ReadOnlySpan<T> map, float[] weight, float[] bias, int groups, double epsilon, float slope)
    {
        var channels = weight.Length;
        (_weight, _width, _passes) = (weight, channels / groups, new AdjacentChannels<T, T>(channels));
        (_mean, _inverse) = (new double[groups], new double[groups]);
        (_gradientSum, _gradientProduct, _origin) = (new double[channels], new double[channels], new float[channels]);

        var (sum, squares) = (new double[channels], new double[channels]);
        _passes.Sum(map, _origin, sum, squares);
        var count = (double)(map.Length / groups);
        for (var group = 0; group < groups; group++)
        {
            _mean[group] = OfGroup(sum, group) / count;
            _inverse[group] = 1 / Math.Sqrt(Math.Max((OfGroup(squares, group) / count) - (_mean[group] * _mean[group]), 0) + epsilon);
        }

        _scales = new ChannelScales(channels, slope);
        for (var channel = 0; channel < channels; channel++)
        {
            _scales.Set(channel, weight[channel], bias[channel], _mean[channel / _width], _inverse[channel / _width]);
        }
    }

    /// <summary>Normalises and activates the map.</summary>
    /// <param name="map">[pixels, channels].</param>
    /// <param name="output">[pixels, channels].</param>
    public void Forward(ReadOnlySpan<T> map, Span<T> output) => _passes.Normalize(map, _scales, output);

    /// <summary>Computes the gradients of the map.</summary>
    /// <param name="map">[pixels, channels].</param>
    /// <param name="gradients">The gradients of the output, [pixels, channels].</param>
    /// <param name="output">Takes the gradients of the map, [pixels, channels].</param>
    public void Backward(ReadOnlySpan<T> map, ReadOnlySpan<T> gradients, Span<T> output)
    {
        Array.Clear(_gradientSum);
        Array.Clear(_gradientProduct);
        _passes.SumGradients(map, gradients, _scales, _origin, _gradientSum, _gradientProduct);

        // The mean and the standard deviation of the map have gradients too: the share of a group is linear in the value.
        var (factor, offset) = (new float[_weight.Length], new float[_weight.Length]);
        var count = (double)(map.Length / _mean.Length);
        for (var group = 0; group < _mean.Length; group++)
        {
            var (sum, product) = (0.0, 0.0);
            for (var channel = group * _width; channel < (group + 1) * _width; channel++)
            {
                sum += _weight[channel] * _gradientSum[channel];
                product += _weight[channel] * _gradientProduct[channel];
            }

            var slope = ((sum * _mean[group]) - product) * Math.Pow(_inverse[group], 3) / count;
            Array.Fill(factor, (float)slope, group * _width, _width);
            Array.Fill(offset, (float)((-slope * _mean[group]) - (sum * _inverse[group] / count)), group * _width, _width);
        }

        _passes.PassBack(map, gradients, _scales, factor, offset, output);
    }

    /// <summary>Adds the gradients of the parameters; call it after <see cref="Backward"/>.</summary>
    /// <param name="weight">For each channel.</param>
    /// <param name="bias">For each channel.</param>
    public void AddParameterGradients(Span<double> weight, Span<double> bias)
    {
        for (var channel = 0; channel < weight.Length; channel++)
        {
            var group = channel / _width;
            weight[channel] += (_gradientProduct[channel] - (_gradientSum[channel] * _mean[group])) * _inverse[group];
            bias[channel] += _gradientSum[channel];
        }
    }

    private double OfGroup(ReadOnlySpan<double> channels, int group)
    {
        var sum = 0.0;
        foreach (var value in channels.Slice(group * _width, _width))
        {
            sum += value;
        }

        return sum;
    }
}
