using NetVips;

namespace NanoDet.Imaging;

/// <summary>
/// Encodes images as JPEG with libvips: colours at half resolution and the standard tables, the defaults of libjpeg and OpenCV.
/// It keeps its memory, and libvips' view of it, for the next image of the same size: each view is reported to the garbage
/// collector as native memory, and a few of them would start a full collection.
/// </summary>
/// <param name="quality">1 to 100.</param>
internal sealed class JpegEncoder(int quality) : IDisposable
{
    /// <summary>The longest side that JPEG allows, in pixels.</summary>
    private const int MaxSide = 65_535;

    private PixelSize _size;
    private byte[] _rgb = [];
    private Image? _bands;
    private Image? _picture;

    /// <summary>Encodes an image.</summary>
    /// <exception cref="NotSupportedException">The image is larger than JPEG allows.</exception>
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

    /// <summary>Frees the memory, which is otherwise kept for the next image.</summary>
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
        // Pinned, because libvips reads it in every later call.
        _rgb = GC.AllocateUninitializedArray<byte>(ColorOrder.RgbLength(size), pinned: true);
        fixed (byte* pixels = _rgb)
        {
            _bands = Image.NewFromMemory((nint)pixels, (ulong)_rgb.Length, size.Width, size.Height, 3, Enums.BandFormat.Uchar);
        }

        _picture = _bands.Copy(interpretation: Enums.Interpretation.Srgb);
    }
}
