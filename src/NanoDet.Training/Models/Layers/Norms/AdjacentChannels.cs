using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    // What is written pass by pass is short enough for the fastest cache.
    private const int WrittenLength = RunLength / 4;

    /// <inheritdoc />
    public override void Sum(ReadOnlySpan<TMap> map, ReadOnlySpan<float> origin, Span<double> sums, Span<double> squares)
    {
        ref var values = ref MemoryMarshal.GetReference(map);
        for (var start = 0; start < map.Length; start += RunLength * channels)
        {
            var end = Math.Min(start + (RunLength * channels), map.Length);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                var (sum, square, from) = (Vector<float>.Zero, Vector<float>.Zero, At(origin, channel));
                for (var i = start + channel; i < end; i += channels)
                {
                    var value = TMap.Load(in Unsafe.Add(ref values, i)) - from;
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
        ref var values = ref MemoryMarshal.GetReference(map);
        ref var results = ref MemoryMarshal.GetReference(output[..map.Length]);
        for (var start = 0; start < map.Length; start += WrittenLength * channels)
        {
            var end = Math.Min(start + (WrittenLength * channels), map.Length);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                var activation = new ChannelActivation(At(scales.Scale, channel), At(scales.Shift, channel), scales.Slope);
                for (var i = start + channel; i < end; i += channels)
                {
                    TResult.Store(activation.Of(TMap.Load(in Unsafe.Add(ref values, i))), ref Unsafe.Add(ref results, i));
                }
            }
        }
    }

    /// <inheritdoc />
    public override void SumGradients(
        ReadOnlySpan<TMap> map, ReadOnlySpan<TResult> gradients, ChannelScales scales, ReadOnlySpan<float> origin, Span<double> sums, Span<double> products)
    {
        ref var values = ref MemoryMarshal.GetReference(map);
        ref var ofResults = ref MemoryMarshal.GetReference(gradients[..map.Length]);
        for (var start = 0; start < map.Length; start += RunLength * channels)
        {
            var end = Math.Min(start + (RunLength * channels), map.Length);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                var activation = new ChannelActivation(At(scales.Scale, channel), At(scales.Shift, channel), scales.Slope);
                var (sum, product, from) = (Vector<float>.Zero, Vector<float>.Zero, At(origin, channel));
                for (var i = start + channel; i < end; i += channels)
                {
                    var value = TMap.Load(in Unsafe.Add(ref values, i));
                    var gradient = activation.Back(value, TResult.Load(in Unsafe.Add(ref ofResults, i)));
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
        ref var values = ref MemoryMarshal.GetReference(map);
        ref var ofResults = ref MemoryMarshal.GetReference(gradients[..map.Length]);
        ref var ofValues = ref MemoryMarshal.GetReference(output[..map.Length]);
        for (var start = 0; start < map.Length; start += WrittenLength * channels)
        {
            var end = Math.Min(start + (WrittenLength * channels), map.Length);
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                var activation = new ChannelActivation(At(scales.Scale, channel), At(scales.Shift, channel), scales.Slope);
                var (slope, shift) = (At(factor, channel), At(offset, channel));
                for (var i = start + channel; i < end; i += channels)
                {
                    var value = TMap.Load(in Unsafe.Add(ref values, i));
                    var gradient = activation.Back(value, TResult.Load(in Unsafe.Add(ref ofResults, i)));
                    TMap.Store(
                        Vector.FusedMultiplyAdd(gradient, activation.Scale, Vector.FusedMultiplyAdd(value, slope, shift)), ref Unsafe.Add(ref ofValues, i));
                }
            }
        }
    }

    private static Vector<float> At(ReadOnlySpan<float> values, int index) => new(values[index..]);

    private static void Add(Vector<float> values, Span<double> sums)
    {
        Vector.Widen(values, out var lower, out var upper);
        var second = sums[Vector<double>.Count..];
        (new Vector<double>(sums) + lower).CopyTo(sums);
        (new Vector<double>(second) + upper).CopyTo(second);
    }
}
