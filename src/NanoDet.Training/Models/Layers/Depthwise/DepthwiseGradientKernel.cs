using System.Numerics;

namespace NanoDet.Training.Models.Layers.Depthwise;

/// <summary>
/// The gradient of depthwise 5x5 kernels from one picture: for each channel and place of the kernel, the sum over all pixels of the map, moved by that
/// place, times the gradient. Lines are summed in single precision and added up in double precision, so that the result depends on neither
/// the number of threads nor the width of the processor's registers.
/// </summary>
/// <param name="height">Of the map.</param>
/// <param name="width">Of the map.</param>
/// <param name="outHeight">Of the gradient.</param>
/// <param name="outWidth">Of the gradient.</param>
/// <param name="channels">A multiple of 16.</param>
/// <param name="stride">Step of the convolution.</param>
internal sealed class DepthwiseGradientKernel(int height, int width, int outHeight, int outWidth, int channels, int stride)
{
    private const int Side = DepthwiseGradient.KernelSide;
    private const int Margin = Side / 2;

    // The pixels of a gradient's line for which the whole line of the kernel lies on the map.
    private readonly int _firstInside = Math.Min((Margin + stride - 1) / stride, outWidth);
    private readonly int _endInside = Math.Max(0, Math.Min(outWidth, ((width - 1 - Margin) / stride) + 1));

    /// <summary>Sums over a picture.</summary>
    /// <param name="map">[height, width, channels].</param>
    /// <param name="gradient">[outHeight, outWidth, channels].</param>
    /// <returns>[5, 5, channels].</returns>
    public double[] Sum(ReadOnlySpan<float> map, ReadOnlySpan<float> gradient)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(map.Length, height * width * channels);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, outHeight * outWidth * channels);
        var sums = new double[Side * Side * channels];
        Span<Vector<float>> line = stackalloc Vector<float>[Side];
        for (var outRow = 0; outRow < outHeight; outRow++)
        {
            var top = (outRow * stride) - Margin;
            for (var channel = 0; channel < channels; channel += Vector<float>.Count)
            {
                for (var kernelRow = Math.Max(0, -top); kernelRow < Math.Min(Side, height - top); kernelRow++)
                {
                    line.Clear();
                    SumLine(in map[((top + kernelRow) * width * channels) + channel], in gradient[(outRow * outWidth * channels) + channel], line);
                    Add(line, sums.AsSpan((kernelRow * Side * channels) + channel));
                }
            }
        }

        return sums;
    }

    private void SumLine(ref readonly float map, ref readonly float gradient, Span<Vector<float>> line)
    {
        var (a, b, c, d, e) = (line[0], line[1], line[2], line[3], line[4]);
        var (pixel, step) = ((nint)channels, (nint)channels * stride);
        var (left, place) = (((_firstInside * stride) - Margin) * pixel, _firstInside * pixel);
        for (var column = _firstInside; column < _endInside; column++)
        {
            var factor = At(in gradient, place);
            a = Vector.FusedMultiplyAdd(At(in map, left), factor, a);
            b = Vector.FusedMultiplyAdd(At(in map, left + pixel), factor, b);
            c = Vector.FusedMultiplyAdd(At(in map, left + (2 * pixel)), factor, c);
            d = Vector.FusedMultiplyAdd(At(in map, left + (3 * pixel)), factor, d);
            e = Vector.FusedMultiplyAdd(At(in map, left + (4 * pixel)), factor, e);
            (left, place) = (left + step, place + pixel);
        }

        (line[0], line[1], line[2], line[3], line[4]) = (a, b, c, d, e);
        SumBorder(in map, in gradient, line, 0, Math.Min(_firstInside, outWidth));
        SumBorder(in map, in gradient, line, Math.Max(_firstInside, _endInside), outWidth);
    }

    /// <summary>Sums where a part of the kernel's line lies beyond the map.</summary>
    private void SumBorder(ref readonly float map, ref readonly float gradient, Span<Vector<float>> line, int first, int end)
    {
        for (var column = first; column < end; column++)
        {
            var left = (column * stride) - Margin;
            for (var i = Math.Max(0, -left); i < Math.Min(Side, width - left); i++)
            {
                line[i] = Vector.FusedMultiplyAdd(At(in map, (nint)(left + i) * channels), At(in gradient, (nint)column * channels), line[i]);
            }
        }
    }

    private static Vector<float> At(ref readonly float line, nint place) => Vector.LoadUnsafe(in line, (nuint)place);

    private void Add(ReadOnlySpan<Vector<float>> line, Span<double> sums)
    {
        for (var i = 0; i < Side; i++)
        {
            Vector.Widen(line[i], out var lower, out var upper);
            var first = sums[(i * channels)..];
            var second = first[Vector<double>.Count..];
            (new Vector<double>(first) + lower).CopyTo(first);
            (new Vector<double>(second) + upper).CopyTo(second);
        }
    }
}
