using System.Runtime.InteropServices;

namespace NanoDet.Imaging;

/// <summary>
/// A decoded image: blue, green, red and an alpha of 255, one byte each, rows from the top without gaps. Four bytes per
/// pixel, so that two neighbours are one 64-bit load for the warp. Safe to read from many threads at once.
/// </summary>
public sealed class PixelImage
{
    /// <summary>Bytes of one pixel.</summary>
    public const int BytesPerPixel = 4;

    private readonly byte[] _pixels;

    /// <summary>Makes an image with undefined content.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    public PixelImage(int width, int height)
        : this(width, height, GC.AllocateUninitializedArray<byte>(ByteCountOf(width, height)))
    {
    }

    /// <summary>Wraps pixels that are already in memory, such as a frame of a video.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pixels">BGRA, rows from the top without gaps: <c>width * height * 4</c> bytes; not copied.</param>
    public PixelImage(int width, int height, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, ByteCountOf(width, height));
        Size = new PixelSize(width, height);
        _pixels = pixels;
    }

    /// <summary>Copies pixels of any order, such as those of another library's bitmap.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pixels">Rows from the top.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="format">The order of a pixel's bytes.</param>
    /// <exception cref="ArgumentException">There are fewer bytes than rows and stride need.</exception>
    public PixelImage(int width, int height, ReadOnlySpan<byte> pixels, int stride, PixelFormat format)
        : this(width, height)
        => CopyFrom(pixels, stride, format);

    /// <summary>Width and height.</summary>
    public PixelSize Size { get; }

    /// <summary>Width in pixels.</summary>
    public int Width => Size.Width;

    /// <summary>Height in pixels.</summary>
    public int Height => Size.Height;

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride => Size.Width * BytesPerPixel;

    /// <summary>All bytes, [height, width, BGRA].</summary>
    public Span<byte> Bytes => _pixels;

    /// <summary>The bytes as an array, for streams and pinning.</summary>
    public Memory<byte> Memory => _pixels;

    /// <summary>One row of pixels; each is <c>0xAARRGGBB</c> on a little-endian machine.</summary>
    public Span<uint> Row(int y) => MemoryMarshal.Cast<byte, uint>(_pixels.AsSpan(y * Stride, Stride));

    /// <summary>Replaces all pixels, so that one image serves for every frame of a video.</summary>
    /// <param name="pixels">Rows from the top, of this image's width and height.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="format">The order of a pixel's bytes.</param>
    /// <exception cref="ArgumentException">There are fewer bytes than rows and stride need.</exception>
    public void CopyFrom(ReadOnlySpan<byte> pixels, int stride, PixelFormat format)
    {
        var length = ColorOrder.RowLength(Width, format);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, length);
        if (pixels.Length < ((long)stride * (Height - 1)) + length)
        {
            throw new ArgumentException($"{Width}x{Height} pixels with {stride} bytes a row need more than {pixels.Length} bytes", nameof(pixels));
        }

        for (var y = 0; y < Height; y++)
        {
            ColorOrder.ReadRow(pixels.Slice(y * stride, length), format, Row(y));
        }
    }

    private static int ByteCountOf(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return checked(width * height * BytesPerPixel);
    }
}
