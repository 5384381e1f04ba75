using System.Buffers;

namespace NanoDet.Training.Models.Layers.Pooling;

/// <summary>
/// The maximum of 3x3 pixels at every second pixel of the planes of one image, and where it lies: at the first of equal ones, and at the last of
/// several that are not a number, as libtorch has it. Lines are compared within themselves first, and with each other then.
/// </summary>
/// <typeparam name="T">The numbers of the map.</typeparam>
/// <param name="height">Of the map.</param>
/// <param name="width">Of the map.</param>
internal sealed class MaxPoolKernel<T>(int height, int width)
    where T : unmanaged, IMapNumber<T>
{
    private readonly int _outHeight = (height + 1) / 2;
    private readonly int _outWidth = (width + 1) / 2;

    /// <summary>Finds the maxima.</summary>
    /// <param name="map">[C, height, width].</param>
    /// <param name="output">[C, (height + 1) / 2, (width + 1) / 2].</param>
    /// <param name="places">As many: where they lie in their planes, which are counted line by line.</param>
    public void Forward(ReadOnlySpan<T> map, Span<T> output, Span<int> places)
    {
        var pixels = new LinePixels<T>(width);
        var (above, middle, below) = (new LineMaxima(_outWidth), new LineMaxima(_outWidth), new LineMaxima(_outWidth));
        for (var done = 0; done < output.Length; done += _outHeight * _outWidth)
        {
            var plane = map.Slice(done / (_outHeight * _outWidth) * height * width, height * width);
            for (var row = 0; row < height; row += 2)
            {
                Compare(plane, row, middle, pixels);
                var best = middle;
                if (row > 0)
                {
                    best = above;
                    best.CompareWith(middle);
                }

                if (row + 1 < height)
                {
                    Compare(plane, row + 1, below, pixels);
                    best.CompareWith(below);
                }

                var first = done + (row / 2 * _outWidth);
                pixels.Round(best.Values[.._outWidth], output[first..]);
                best.Places[.._outWidth].CopyTo(places[first..]);
                (above, below) = (below, above);
            }
        }
    }

    /// <summary>Passes gradients to where the maxima lie.</summary>
    /// <param name="gradient">Of the maxima, [C, (height + 1) / 2, (width + 1) / 2].</param>
    /// <param name="places">What <see cref="Forward"/> returned.</param>
    /// <param name="output">[C, height, width].</param>
    public void Backward(ReadOnlySpan<T> gradient, ReadOnlySpan<int> places, Span<T> output)
    {
        var size = height * width;
        var sums = ArrayPool<float>.Shared.Rent(size);
        var pixels = new LinePixels<T>(width);
        for (var plane = 0; plane < output.Length / size; plane++)
        {
            sums.AsSpan(0, size).Clear();
            for (var row = 0; row < _outHeight; row++)
            {
                var first = ((plane * _outHeight) + row) * _outWidth;
                var values = pixels.Widen(gradient.Slice(first, _outWidth));
                var targets = places.Slice(first, _outWidth);
                for (var i = 0; i < targets.Length; i++)
                {
                    sums[targets[i]] += values[i];
                }
            }

            for (var row = 0; row < height; row++)
            {
                pixels.Round(sums.AsSpan(row * width, width), output[((plane * size) + (row * width))..]);
            }
        }

        ArrayPool<float>.Shared.Return(sums);
    }

    private void Compare(ReadOnlySpan<T> plane, int row, LineMaxima maxima, LinePixels<T> pixels)
        => maxima.OfLine(pixels.Widen(plane.Slice(row * width, width)), row * width);
}
