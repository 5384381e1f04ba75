using System.Numerics;
using System.Runtime.InteropServices;
using NanoDet.Imaging;

namespace NanoDet.Vision.Filters;

/// <summary>
/// Gaussian blur: rows, then columns, with weights out of 256 as in OpenCV's 8-bit blur; the border is mirrored without
/// repeating the outermost pixel (BORDER_REFLECT_101). Only as many rows as the height of the kernel are kept, so that they stay
/// in the cache.
/// </summary>
internal static unsafe class GaussianBlur
{
    private const int One = 256;

    // The number of bytes that are summed at once: two vectors share the weights.
    private static readonly int Step = 2 * Vector<byte>.Count;

    /// <summary>Computes the weights of the centre and of the neighbours on one side; with both sides, their sum is 256.</summary>
    /// <param name="sigma">Standard deviation in pixels, above 0.</param>
    public static ushort[] Weights(double sigma)
    {
        var radius = Math.Max(1, (int)Math.Ceiling(3 * sigma));
        var curve = Enumerable.Range(0, radius + 1).Select(i => Math.Exp(-(i * i) / (2 * sigma * sigma))).ToArray();
        var sum = curve[0] + (2 * curve.Skip(1).Sum());
        var weights = curve.Select(value => (int)Math.Round(value / sum * One)).ToArray();
        weights[0] = One - (2 * weights.Skip(1).Sum());
        return [.. weights.Take(Array.FindLastIndex(weights, weight => weight > 0) + 1).Select(weight => (ushort)weight)];
    }

    /// <summary>Applies a table to an image, then blurs it.</summary>
    public static void Apply(PixelImage source, PixelImage target, double sigma, PointTable table)
    {
        var weights = Weights(sigma);
        var radius = weights.Length - 1;
        var (width, height) = (source.Width, source.Height);
        var slots = (2 * radius) + 1;
        // Vectors may exceed the end of a row.
        var rowBytes = (width * PixelImage.BytesPerPixel) + Step;
        var padded = new uint[width + (2 * radius) + (Step / PixelImage.BytesPerPixel)];
        var rows = new byte[slots * rowBytes];
        var result = new byte[rowBytes];
        var offsets = stackalloc nint[2 * weights.Length];
        var done = 0;
        fixed (uint* line = padded)
        fixed (byte* ring = rows, output = result)
        {
            for (var y = 0; y < height; y++)
            {
                for (; done <= Math.Min(y + radius, height - 1); done++)
                {
                    Pad(source.Row(done), padded, radius, table);
                    for (var k = 0; k <= radius; k++)
                    {
                        (offsets[2 * k], offsets[(2 * k) + 1]) = (-k * PixelImage.BytesPerPixel, k * PixelImage.BytesPerPixel);
                    }

                    Convolve((byte*)(line + radius), offsets, weights, ring + (done % slots * rowBytes), rowBytes - Step);
                }

                for (var k = 0; k <= radius; k++)
                {
                    offsets[2 * k] = (nint)(Mirror(y - k, height) % slots) * rowBytes;
                    offsets[(2 * k) + 1] = (nint)(Mirror(y + k, height) % slots) * rowBytes;
                }

                Convolve(ring, offsets, weights, output, rowBytes - Step);
                MemoryMarshal.Cast<byte, uint>(result.AsSpan(0, width * PixelImage.BytesPerPixel)).CopyTo(target.Row(y));
            }
        }
    }

    private static void Pad(ReadOnlySpan<uint> row, Span<uint> padded, int radius, PointTable table)
    {
        table.Apply(row, padded.Slice(radius, row.Length));
        for (var i = 1; i <= radius; i++)
        {
            padded[radius - i] = padded[radius + Mirror(-i, row.Length)];
            padded[radius + row.Length - 1 + i] = padded[radius + Mirror(row.Length - 1 + i, row.Length)];
        }
    }

    /// <summary>
    /// Computes the weighted sum of bytes at pairs of distances from each position, in 16-bit numbers. One sum uses both bytes of
    /// each number, another only the upper bytes; overflow does no harm, and the first minus the second is the sum of
    /// the lower bytes. Widening would have to move bytes across the vector instead.
    /// </summary>
    private static void Convolve(byte* source, nint* offsets, ReadOnlySpan<ushort> weights, byte* target, int length)
    {
        for (var i = 0; i < length; i += Step)
        {
            var place = source + i;
            var centre = new Vector<ushort>(weights[0]);
            var (first, second) = (Load(place + offsets[0]), Load(place + offsets[0] + Vector<byte>.Count));
            var (both, upper) = (first * centre, (first >>> 8) * centre);
            var (both2, upper2) = (second * centre, (second >>> 8) * centre);
            for (var k = 1; k < weights.Length; k++)
            {
                var weight = new Vector<ushort>(weights[k]);
                var before = place + offsets[2 * k];
                var after = place + offsets[(2 * k) + 1];
                Add(Load(before), Load(after), weight, ref both, ref upper);
                Add(Load(before + Vector<byte>.Count), Load(after + Vector<byte>.Count), weight, ref both2, ref upper2);
            }

            Round(both, upper).Store(target + i);
            Round(both2, upper2).Store(target + i + Vector<byte>.Count);
        }

        static Vector<ushort> Load(byte* place) => Vector.AsVectorUInt16(Vector.Load(place));

        static void Add(Vector<ushort> before, Vector<ushort> after, Vector<ushort> weight, ref Vector<ushort> both, ref Vector<ushort> upper)
        {
            both += (before + after) * weight;
            upper += ((before >>> 8) + (after >>> 8)) * weight;
        }

        static Vector<byte> Round(Vector<ushort> both, Vector<ushort> upper)
        {
            var half = new Vector<ushort>(One / 2);
            var lower = both - (upper << 8) + half;
            return Vector.AsVectorByte((lower >>> 8) | ((upper + half) & new Vector<ushort>(0xFF00)));
        }
    }

    private static int Mirror(int index, int length)
    {
        if (length == 1)
        {
            return 0;
        }

        while (index < 0 || index >= length)
        {
            index = index < 0 ? -index : (2 * (length - 1)) - index;
        }

        return index;
    }
}
