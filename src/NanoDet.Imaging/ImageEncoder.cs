using SkiaSharp;

namespace NanoDet.Imaging;

/// <summary>Encodes pictures. The same pixels give the same bytes on one version of the library.</summary>
public static class ImageEncoder
{
    /// <summary>JPEG quality where nothing else is asked for: OpenCV's default.</summary>
    public const int DefaultJpegQuality = 95;

    /// <summary>A JPEG file's content.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="quality">1 to 100.</param>
    /// <exception cref="NotSupportedException">The picture is larger than JPEG can hold.</exception>
    public static byte[] EncodeJpeg(PixelImage image, int quality = DefaultJpegQuality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        using var encoder = new JpegEncoder(quality);
        return encoder.Encode(image);
    }

    /// <summary>A PNG file's content, without alpha.</summary>
    public static unsafe byte[] EncodePng(PixelImage image)
    {
        fixed (byte* pixels = image.Bytes)
        {
            var info = new SKImageInfo(image.Width, image.Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
            using var pixmap = new SKPixmap(info, (nint)pixels, image.Stride);
            using var data = pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 6))
                ?? throw new NotSupportedException($"A picture of {image.Width} x {image.Height} pixels does not fit into PNG");
            return data.ToArray();
        }
    }

    /// <summary>Encodes as the file name's extension asks: JPEG for <c>.jpg</c> and <c>.jpeg</c>, else PNG.</summary>
    public static byte[] EncodeFor(string path, PixelImage image, int jpegQuality = DefaultJpegQuality)
        => IsJpeg(path) ? EncodeJpeg(image, jpegQuality) : EncodePng(image);

    /// <summary>Whether a file name's extension asks for JPEG.</summary>
    public static bool IsJpeg(string path) => Path.GetExtension(path).ToUpperInvariant() is ".JPG" or ".JPEG";
}
