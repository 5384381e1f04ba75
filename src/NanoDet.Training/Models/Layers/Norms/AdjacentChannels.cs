using System.Numerics;
using System.Runtime.CompilerServices;

namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>
/// The passes over [pixels, channels], the order of <see cref="ChannelsLast"/>. A channel is summed in the order of its pixels, so that the
/// sums do not depend on the width of the processor's registers either.
/// </summary>
/// <typeparam name="TMap">The numbers of the map and of its gradients.</typeparam>
/// <typeparam name="TResult">The numbers of what comes out and of its gradients.</typeparam>
/// <param name="channels">A multiple of <see cref="MapPictures.ChannelStep"/>.</param>
internal sealed class AdjacentChannels<TMap, TResult>(int channels) : ChannelPasses<TMap, TResult>
    where TMap : unmanaged, IMapNumber<TMap>
    where TResult : unmanaged, IMapNumber<TResult>
{
    /// <inheritdoc />
    public override void Sum(ReadOnlySpan<TMap> map, ReadOnlySpan<float> origin, Span<double> sums, Span<double> squares)
    {
        for (var start = 0; start < map.Length; start += RunLength * channels)
        {
            var end = Math.Min(start + (RunLength * channels), map.Length);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                var (sum, square, from) = (Vector<float>.Zero, Vector<float>.Zero, At(origin, channel));
                for (var i = start + channel; i < end; i += channels)
                {
                    var value = TMap.Load(in map[i]) - from;
                    sum += value;
                    square = Vector.FusedMultiplyAdd(value, value, square);
                }

                Add(sum, sums[channel..]);
                Add(square, squares[channel..]);
            }
        }
    }

    /// <inheritdoc />
    public override void Normalize(ReadOnlySpan<TMap> map, ChannelScales scales, Span<TResult> output)
    {
        var slope = new Vector<float>(scales.Slope);
        for (var start = 0; start < map.Length; start += channels)
        {
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                var value = Normalized(TMap.Load(in map[start + channel]), scales, channel);
                TResult.Store(Vector.Max(value, value * slope), ref output[start + channel]);
            }
        }
    }

    /// <inheritdoc />
    public override void SumGradients(
        ReadOnlySpan<TMap> map, ReadOnlySpan<TResult> gradients, ChannelScales scales, ReadOnlySpan<float> origin, Span<double> sums, Span<double> products)
    {
        for (var start = 0; start < map.Length; start += RunLength * channels)
        {
            var end = Math.Min(start + (RunLength * channels), map.Length);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                var (sum, product, from) = (Vector<float>.Zero, Vector<float>.Zero, At(origin, channel));
                for (var i = start + channel; i < end; i += channels)
                {
                    var value = TMap.Load(in map[i]);
                    var gradient = BeforeActivation(value, in gradients[i], scales, channel);
                    sum += gradient;
                    product = Vector.FusedMultiplyAdd(gradient, value - from, product);
                }

                Add(sum, sums[channel..]);
                Add(product, products[channel..]);
            }
        }
    }

    /// <inheritdoc />
    public override void PassBack(
        ReadOnlySpan<TMap> map, ReadOnlySpan<TResult> gradients, ChannelScales scales, ReadOnlySpan<float> factor, ReadOnlySpan<float> offset, Span<TMap> output)
    {
        for (var start = 0; start < map.Length; start += channels)
        {
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                var value = TMap.Load(in map[start + channel]);
                var share = Vector.FusedMultiplyAdd(value, At(factor, channel), At(offset, channel));
                var gradient = BeforeActivation(value, in gradients[start + channel], scales, channel);
                TMap.Store(Vector.FusedMultiplyAdd(gradient, At(scales.Scale, channel), share), ref output[start + channel]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> BeforeActivation(Vector<float> value, ref readonly TResult gradients, ChannelScales scales, int channel)
    {
        var gradient = TResult.Load(in gradients);
        return Vector.ConditionalSelect(
            Vector.GreaterThan(Normalized(value, scales, channel), Vector<float>.Zero), gradient, gradient * new Vector<float>(scales.Slope));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Normalized(Vector<float> value, ChannelScales scales, int channel)
        => Vector.FusedMultiplyAdd(value, At(scales.Scale, channel), At(scales.Shift, channel));

    private static Vector<float> At(ReadOnlySpan<float> values, int index) => new(values[index..]);

    private static void Add(Vector<float> values, Span<double> sums)
    {
        for (var i = 0; i < Vector<float>.Count; i++)
        {
            sums[i] += values[i];
        }
    }
}
