using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NanoDet.Imaging;

/// <summary>Converts between our pixels, four bytes with blue first, and those of codecs: three bytes with red first, or one byte of grey.</summary>
internal static unsafe class ColorOrder
{
    private const int RgbPixel = 3;

    // Vectors read and write four pixels at once; with three bytes per pixel, the next vector overwrites the unused rest.
    private const int Step = 4;

    /// <summary>The size of an image with three bytes per pixel.</summary>
    public static int RgbLength(PixelSize size) => checked(size.Width * size.Height * RgbPixel);

    /// <summary>Converts to red first and drops alpha.</summary>
    /// <param name="image">The image.</param>
    /// <param name="rgb"><see cref="RgbLength"/> bytes.</param>
    public static void ToRgb(PixelImage image, Span<byte> rgb)
    {
        var count = image.Width * image.Height;
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, count * RgbPixel);
        var order = Vector128.Create((byte)2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 255, 255, 255, 255);
        fixed (byte* from = image.Bytes, to = rgb)
        {
            var i = 0;
            for (; i <= count - (2 * Step); i += Step)
            {
                Vector128.Shuffle(Vector128.Load(from + (i * PixelImage.BytesPerPixel)), order).Store(to + (i * RgbPixel));
            }

            for (; i < count; i++)
            {
                var source = from + (i * PixelImage.BytesPerPixel);
                var target = to + (i * RgbPixel);
                (target[0], target[1], target[2]) = (source[2], source[1], source[0]);
            }
        }
    }

    /// <summary>The bytes of a row of pixels.</summary>
    public static int RowLength(int width, PixelFormat format) => checked(width * format switch
    {
        PixelFormat.Bgra32 or PixelFormat.Rgba32 => PixelImage.BytesPerPixel,
        PixelFormat.Bgr24 or PixelFormat.Rgb24 => RgbPixel,
        PixelFormat.Gray8 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    });

    /// <summary>Converts a row to blue first with an alpha of 255.</summary>
    /// <param name="source"><see cref="RowLength"/> bytes.</param>
    /// <param name="format">Their order.</param>
    /// <param name="target">The pixels.</param>
    public static void ReadRow(ReadOnlySpan<byte> source, PixelFormat format, Span<uint> target)
    {
        var size = source.Length / target.Length;
        switch (format)
        {
            case PixelFormat.Gray8:
                FromGrey(source, target);
                return;
            case PixelFormat.Bgra32:
                source.CopyTo(MemoryMarshal.AsBytes(target));
                foreach (ref var pixel in target)
                {
                    pixel |= 0xFF000000;
                }

                return;
        }

        var (blue, red) = format is PixelFormat.Bgr24 ? (0, 2) : (2, 0);
        for (var x = 0; x < target.Length; x++)
        {
            var pixel = source.Slice(x * size, RgbPixel);
            target[x] = pixel[blue] | ((uint)pixel[1] << 8) | ((uint)pixel[red] << 16) | 0xFF000000;
        }
    }

    /// <summary>Converts to blue first and adds an alpha of 255.</summary>
    /// <param name="source">Pixels of one or three bytes, rows without gaps.</param>
    /// <param name="bands">1 for grey, 3 for red, green and blue.</param>
    /// <param name="image">The image to fill.</param>
    public static void FromInterleaved(ReadOnlySpan<byte> source, int bands, PixelImage image)
    {
        var count = image.Width * image.Height;
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, count * bands);
        if (bands == 1)
        {
            FromGrey(source, MemoryMarshal.Cast<byte, uint>(image.Bytes));
            return;
        }

        var order = Vector128.Create((byte)2, 1, 0, 255, 5, 4, 3, 255, 8, 7, 6, 255, 11, 10, 9, 255);
        var opaque = Vector128.Create(0xFF000000u).AsByte();
        fixed (byte* from = source, to = image.Bytes)
        {
            var i = 0;
            for (; i <= count - (2 * Step); i += Step)
            {
                (Vector128.Shuffle(Vector128.Load(from + (i * RgbPixel)), order) | opaque).Store(to + (i * PixelImage.BytesPerPixel));
            }

            for (; i < count; i++)
            {
                var pixel = from + (i * RgbPixel);
                ((uint*)to)[i] = pixel[2] | ((uint)pixel[1] << 8) | ((uint)pixel[0] << 16) | 0xFF000000;
            }
        }
    }

    private static void FromGrey(ReadOnlySpan<byte> source, Span<uint> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = (source[i] * 0x010101u) | 0xFF000000;
        }
    }
}
