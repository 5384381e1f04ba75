using NetVips;

namespace NanoDet.Imaging;

/// <summary>
/// Encodes pictures as JPEG by libvips: colours at half resolution and the standard tables, as libjpeg and OpenCV do unasked.
/// It keeps its memory, and libvips' view of it, for the next picture of the same size: each view is announced to the garbage
/// collector as native memory, which collects everything after a few of them.
/// </summary>
/// <param name="quality">1 to 100.</param>
internal sealed class JpegEncoder(int quality) : IDisposable
{
    /// <summary>Longest side that JPEG can hold, in pixels.</summary>
    private const int MaxSide = 65_535;

    private PixelSize _size;
    private byte[] _rgb = [];
    private Image? _bands;
    private Image? _picture;

    /// <summary>A file's content.</summary>
    /// <exception cref="NotSupportedException">The picture is larger than JPEG can hold.</exception>
    public byte[] Encode(PixelImage image)
    {
        if (image.Width > MaxSide || image.Height > MaxSide)
        {
            throw new NotSupportedException($"A picture of {image.Width} x {image.Height} pixels does not fit into JPEG");
        }

        if (_picture is null || _size != image.Size)
        {
            View(image.Size);
        }

        ColorOrder.ToRgb(image, _rgb);
        return _picture!.JpegsaveBuffer(quality, subsampleMode: Enums.ForeignSubsample.On, keep: Enums.ForeignKeep.None);
    }

    /// <summary>Lets the memory go, which otherwise serves the next picture.</summary>
    public void Forget()
    {
        _picture?.Dispose();
        _bands?.Dispose();
        (_rgb, _bands, _picture) = ([], null, null);
    }

    /// <inheritdoc />
    public void Dispose() => Forget();

    private unsafe void View(PixelSize size)
    {
        Forget();
        LibVips.Prepare();
        _size = size;
        // Pinned, for libvips reads it in every later call.
        _rgb = GC.AllocateUninitializedArray<byte>(ColorOrder.RgbLength(size), pinned: true);
        fixed (byte* pixels = _rgb)
        {
            _bands = Image.NewFromMemory((nint)pixels, (ulong)_rgb.Length, size.Width, size.Height, 3, Enums.BandFormat.Uchar);
        }

        _picture = _bands.Copy(interpretation: Enums.Interpretation.Srgb);
    }
}
