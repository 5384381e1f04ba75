using System.Numerics;

namespace NanoDet.Training.Models.Layers;

/// <summary>
/// Group normalisation and a leaky ReLU of the feature map [pixels, channels] of one image, and their gradients. A channel is summed in the
/// order of its pixels, in single precision over short runs and in double precision over the runs, so that the result depends on
/// neither the number of threads nor the width of the processor's registers.
/// </summary>
/// <typeparam name="T">The numbers of the map and of its gradients.</typeparam>
internal sealed class GroupNormKernel<T>
    where T : unmanaged, IMapNumber<T>
{
    private const int RunLength = 64;

    private readonly float[] _weight;
    private readonly float _slope;
    private readonly int _width; // channels of a group
    private readonly double[] _mean; // of each group
    private readonly double[] _inverse; // of each group's standard deviation
    private readonly float[] _scale; // of each channel: normalises and weights it with one multiplication ...
    private readonly float[] _shift; // ... and one addition
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
        (_weight, _slope, _width) = (weight, slope, channels / groups);
        (_mean, _inverse) = (new double[groups], new double[groups]);
        (_scale, _shift) = (new float[channels], new float[channels]);
        (_gradientSum, _gradientProduct) = (new double[channels], new double[channels]);

        var (sum, squares) = (new double[channels], new double[channels]);
        SumValuesAndSquares(map, sum, squares);
        var count = (double)(map.Length / groups);
        for (var group = 0; group < groups; group++)
        {
            _mean[group] = OfGroup(sum, group) / count;
            _inverse[group] = 1 / Math.Sqrt(Math.Max((OfGroup(squares, group) / count) - (_mean[group] * _mean[group]), 0) + epsilon);
        }

        for (var channel = 0; channel < channels; channel++)
        {
            var scale = weight[channel] * _inverse[channel / _width];
            _scale[channel] = (float)scale;
            _shift[channel] = (float)(bias[channel] - (_mean[channel / _width] * scale));
        }
    }

    /// <summary>Normalises and activates the map.</summary>
    /// <param name="map">[pixels, channels].</param>
    /// <param name="output">[pixels, channels].</param>
    public void Forward(ReadOnlySpan<T> map, Span<T> output)
    {
        var slope = new Vector<float>(_slope);
        for (var start = 0; start < map.Length; start += _scale.Length)
        {
            for (var channel = 0; channel < _scale.Length; channel += Vector<float>.Count)
            {
                var value = Normalized(map, start, channel);
                T.Store(Vector.Max(value, value * slope), ref output[start + channel]);
            }
        }
    }

    /// <summary>Computes the gradients of the map.</summary>
    /// <param name="map">[pixels, channels].</param>
    /// <param name="gradients">The gradients of the output, [pixels, channels].</param>
    /// <param name="output">Takes the gradients of the map, [pixels, channels].</param>
    public void Backward(ReadOnlySpan<T> map, ReadOnlySpan<T> gradients, Span<T> output)
    {
        SumGradients(map, gradients);

        // The mean and the standard deviation of the map have gradients too: the share of a group is linear in the value.
        var channels = _scale.Length;
        var (factor, offset) = (new float[channels], new float[channels]);
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

        for (var start = 0; start < map.Length; start += channels)
        {
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                var share = Vector.FusedMultiplyAdd(T.Load(in map[start + channel]), At(factor, channel), At(offset, channel));
                T.Store(Vector.FusedMultiplyAdd(BeforeActivation(map, gradients, start, channel), At(_scale, channel), share), ref output[start + channel]);
            }
        }
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

    private static void SumValuesAndSquares(ReadOnlySpan<T> map, Span<double> sums, Span<double> squares)
    {
        var channels = sums.Length;
        for (var start = 0; start < map.Length; start += RunLength * channels)
        {
            var end = Math.Min(start + (RunLength * channels), map.Length);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                var (sum, square) = (Vector<float>.Zero, Vector<float>.Zero);
                for (var i = start + channel; i < end; i += channels)
                {
                    var value = T.Load(in map[i]);
                    sum += value;
                    square = Vector.FusedMultiplyAdd(value, value, square);
                }

                Add(sum, sums[channel..]);
                Add(square, squares[channel..]);
            }
        }
    }

    private void SumGradients(ReadOnlySpan<T> map, ReadOnlySpan<T> gradients)
    {
        var channels = _scale.Length;
        Array.Clear(_gradientSum);
        Array.Clear(_gradientProduct);
        for (var start = 0; start < map.Length; start += RunLength * channels)
        {
            var end = Math.Min(start + (RunLength * channels), map.Length);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                var (sum, product) = (Vector<float>.Zero, Vector<float>.Zero);
                for (var i = start; i < end; i += channels)
                {
                    var gradient = BeforeActivation(map, gradients, i, channel);
                    sum += gradient;
                    product = Vector.FusedMultiplyAdd(gradient, T.Load(in map[i + channel]), product);
                }

                Add(sum, _gradientSum.AsSpan(channel));
                Add(product, _gradientProduct.AsSpan(channel));
            }
        }
    }

    private Vector<float> BeforeActivation(ReadOnlySpan<T> map, ReadOnlySpan<T> gradients, int start, int channel)
    {
        var gradient = T.Load(in gradients[start + channel]);
        return Vector.ConditionalSelect(
            Vector.GreaterThan(Normalized(map, start, channel), Vector<float>.Zero), gradient, gradient * new Vector<float>(_slope));
    }

    private Vector<float> Normalized(ReadOnlySpan<T> map, int start, int channel)
        => Vector.FusedMultiplyAdd(T.Load(in map[start + channel]), At(_scale, channel), At(_shift, channel));

    private double OfGroup(ReadOnlySpan<double> channels, int group)
    {
        var sum = 0.0;
        foreach (var value in channels.Slice(group * _width, _width))
        {
            sum += value;
        }

        return sum;
    }

    private static Vector<float> At(ReadOnlySpan<float> values, int index) => new(values[index..]);

    private static void Add(Vector<float> values, Span<double> sums)
    {
        for (var i = 0; i < Vector<float>.Count; i++)
        {
            sums[i] += values[i];
        }
    }
}
