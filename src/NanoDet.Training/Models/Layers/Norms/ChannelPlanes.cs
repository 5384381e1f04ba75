using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>The passes over [channels, pixels], libtorch's usual order. As many pixels as a register takes are summed side by side.</summary>
/// <typeparam name="TMap">The numbers of the map and of its gradients.</typeparam>
/// <typeparam name="TResult">The numbers of what comes out and of its gradients.</typeparam>
/// <param name="pixels">Of a plane.</param>
internal sealed class ChannelPlanes<TMap, TResult>(int pixels) : ChannelPasses<TMap, TResult>
    where TMap : unmanaged, IMapNumber<TMap>
    where TResult : unmanaged, IMapNumber<TResult>
{
    // The pixels that fill registers; those behind them are copied to where there is room for a whole one.
    private readonly int _whole = pixels - (pixels % Vector<float>.Count);

    /// <inheritdoc />
    public override void Sum(ReadOnlySpan<TMap> map, ReadOnlySpan<float> origin, Span<double> sums, Span<double> squares)
    {
        Span<TMap> rest = stackalloc TMap[Vector<float>.Count];
        for (var channel = 0; channel < sums.Length; channel++)
        {
            var from = new Vector<float>(origin[channel]);
            var (sum, square) = (new RunSum(), new RunSum());
            var plane = map.Slice(channel * pixels, pixels);
            SumPlane(plane[.._whole], from, ref sum, ref square);
            TMap.Store(from, ref rest[0]); // adds nothing
            plane[_whole..].CopyTo(rest);
            SumPlane(rest, from, ref sum, ref square);
            (sums[channel], squares[channel]) = (sums[channel] + sum.Total, squares[channel] + square.Total);
        }
    }

    /// <inheritdoc />
    public override void Normalize(ReadOnlySpan<TMap> map, ChannelScales scales, Span<TResult> output)
    {
        Span<TMap> rest = stackalloc TMap[Vector<float>.Count];
        Span<TResult> restOfOutput = stackalloc TResult[Vector<float>.Count];
        for (var channel = 0; channel < scales.Scale.Length; channel++)
        {
            var activation = OfChannel(scales, channel);
            var plane = map.Slice(channel * pixels, pixels);
            var outputs = output.Slice(channel * pixels, pixels);
            NormalizePlane(plane[.._whole], activation, outputs);
            plane[_whole..].CopyTo(rest);
            NormalizePlane(rest, activation, restOfOutput);
            restOfOutput[..(pixels - _whole)].CopyTo(outputs[_whole..]);
        }
    }

    /// <inheritdoc />
    public override void SumGradients(
        ReadOnlySpan<TMap> map, ReadOnlySpan<TResult> gradients, ChannelScales scales, ReadOnlySpan<float> origin, Span<double> sums, Span<double> products)
    {
        Span<TMap> rest = stackalloc TMap[Vector<float>.Count];
        Span<TResult> restOfGradients = stackalloc TResult[Vector<float>.Count];
        for (var channel = 0; channel < sums.Length; channel++)
        {
            var activation = OfChannel(scales, channel);
            var from = new Vector<float>(origin[channel]);
            var (sum, product) = (new RunSum(), new RunSum());
            var plane = map.Slice(channel * pixels, pixels);
            var gradientsOfPlane = gradients.Slice(channel * pixels, pixels);
            SumGradientsOfPlane(plane[.._whole], gradientsOfPlane, activation, from, ref sum, ref product);
            TMap.Store(from, ref rest[0]);
            TResult.Store(Vector<float>.Zero, ref restOfGradients[0]);
            plane[_whole..].CopyTo(rest);
            gradientsOfPlane[_whole..].CopyTo(restOfGradients);
            SumGradientsOfPlane(rest, restOfGradients, activation, from, ref sum, ref product);
            (sums[channel], products[channel]) = (sums[channel] + sum.Total, products[channel] + product.Total);
        }
    }

    /// <inheritdoc />
    public override void PassBack(
        ReadOnlySpan<TMap> map, ReadOnlySpan<TResult> gradients, ChannelScales scales, ReadOnlySpan<float> factor, ReadOnlySpan<float> offset, Span<TMap> output)
    {
        Span<TMap> rest = stackalloc TMap[Vector<float>.Count];
        Span<TMap> restOfOutput = stackalloc TMap[Vector<float>.Count];
        Span<TResult> restOfGradients = stackalloc TResult[Vector<float>.Count];
        for (var channel = 0; channel < scales.Scale.Length; channel++)
        {
            var activation = OfChannel(scales, channel);
            var share = (new Vector<float>(factor[channel]), new Vector<float>(offset[channel]));
            var plane = map.Slice(channel * pixels, pixels);
            var gradientsOfPlane = gradients.Slice(channel * pixels, pixels);
            var outputs = output.Slice(channel * pixels, pixels);
            PassBackPlane(plane[.._whole], gradientsOfPlane, activation, share, outputs);
            plane[_whole..].CopyTo(rest);
            gradientsOfPlane[_whole..].CopyTo(restOfGradients);
            PassBackPlane(rest, restOfGradients, activation, share, restOfOutput);
            restOfOutput[..(pixels - _whole)].CopyTo(outputs[_whole..]);
        }
    }

    private static ChannelActivation OfChannel(ChannelScales scales, int channel)
        => new(new Vector<float>(scales.Scale[channel]), new Vector<float>(scales.Shift[channel]), scales.Slope);

    private static void SumPlane(ReadOnlySpan<TMap> plane, Vector<float> origin, ref RunSum sums, ref RunSum squares)
    {
        ref var map = ref MemoryMarshal.GetReference(plane);
        for (var start = 0; start < plane.Length; start += RunLength * Vector<float>.Count)
        {
            var end = Math.Min(start + (RunLength * Vector<float>.Count), plane.Length);
            var (sum, square) = (Vector<float>.Zero, Vector<float>.Zero);
            for (var i = start; i < end; i += Vector<float>.Count)
            {
                var value = TMap.Load(in Unsafe.Add(ref map, i)) - origin;
                sum += value;
                square = Vector.FusedMultiplyAdd(value, value, square);
            }

            sums.Add(sum);
            squares.Add(square);
        }
    }

    private static void NormalizePlane(ReadOnlySpan<TMap> plane, ChannelActivation activation, Span<TResult> output)
    {
        ref var map = ref MemoryMarshal.GetReference(plane);
        ref var result = ref MemoryMarshal.GetReference(output[..plane.Length]);
        for (var i = 0; i < plane.Length; i += Vector<float>.Count)
        {
            TResult.Store(activation.Of(TMap.Load(in Unsafe.Add(ref map, i))), ref Unsafe.Add(ref result, i));
        }
    }

    private static void SumGradientsOfPlane(
        ReadOnlySpan<TMap> plane, ReadOnlySpan<TResult> gradients, ChannelActivation activation, Vector<float> origin, ref RunSum sums, ref RunSum products)
    {
        ref var map = ref MemoryMarshal.GetReference(plane);
        ref var ofResult = ref MemoryMarshal.GetReference(gradients[..plane.Length]);
        for (var start = 0; start < plane.Length; start += RunLength * Vector<float>.Count)
        {
            var end = Math.Min(start + (RunLength * Vector<float>.Count), plane.Length);
            var (sum, product) = (Vector<float>.Zero, Vector<float>.Zero);
            for (var i = start; i < end; i += Vector<float>.Count)
            {
                var value = TMap.Load(in Unsafe.Add(ref map, i));
                var gradient = activation.Back(value, TResult.Load(in Unsafe.Add(ref ofResult, i)));
                sum += gradient;
                product = Vector.FusedMultiplyAdd(gradient, value - origin, product);
            }

            sums.Add(sum);
            products.Add(product);
        }
    }

    private static void PassBackPlane(
        ReadOnlySpan<TMap> plane, ReadOnlySpan<TResult> gradients, ChannelActivation activation, (Vector<float> Factor, Vector<float> Offset) share, Span<TMap> output)
    {
        ref var map = ref MemoryMarshal.GetReference(plane);
        ref var ofResult = ref MemoryMarshal.GetReference(gradients[..plane.Length]);
        ref var result = ref MemoryMarshal.GetReference(output[..plane.Length]);
        for (var i = 0; i < plane.Length; i += Vector<float>.Count)
        {
            var value = TMap.Load(in Unsafe.Add(ref map, i));
            var gradient = activation.Back(value, TResult.Load(in Unsafe.Add(ref ofResult, i)));
            TMap.Store(Vector.FusedMultiplyAdd(gradient, activation.Scale, Vector.FusedMultiplyAdd(value, share.Factor, share.Offset)), ref Unsafe.Add(ref result, i));
        }
    }

    /// <summary>A sum over runs.</summary>
    private struct RunSum
    {
        private Vector<double> _lower;
        private Vector<double> _upper;

        public readonly double Total => Vector.Sum(_lower + _upper);

        public void Add(Vector<float> run)
        {
            Vector.Widen(run, out var lower, out var upper);
            (_lower, _upper) = (_lower + lower, _upper + upper);
        }
    }
}
