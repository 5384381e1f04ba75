using SkiaSharp;

namespace NanoDet.Imaging;

/// <summary>Encodes images. The same pixels give the same bytes with the same version of the library.</summary>
public static class ImageEncoder
{
    /// <summary>The default JPEG quality, as in OpenCV.</summary>
    public const int DefaultJpegQuality = 95;

    /// <summary>Encodes an image as JPEG.</summary>
    /// <param name="image">The image.</param>
    /// <param name="quality">1 to 100.</param>
    /// <exception cref="NotSupportedException">The image is larger than JPEG allows.</exception>
    public static byte[] EncodeJpeg(PixelImage image, int quality = DefaultJpegQuality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        using var encoder = new JpegEncoder(quality);
        return encoder.Encode(image);
    }

    /// <summary>Encodes an image as PNG, without alpha.</summary>
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

    /// <summary>Encodes in the format of a file's extension: JPEG for <c>.jpg</c> and <c>.jpeg</c>, otherwise PNG.</summary>
    public static byte[] EncodeFor(string path, PixelImage image, int jpegQuality = DefaultJpegQuality)
        => IsJpeg(path) ? EncodeJpeg(image, jpegQuality) : EncodePng(image);

    /// <summary>Whether a file has the extension of a form that is written.</summary>
    public static bool CanEncode(string path) => IsJpeg(path) || Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file has the extension of a JPEG.</summary>
    public static bool IsJpeg(string path) => Path.GetExtension(path).ToUpperInvariant() is ".JPG" or ".JPEG";
}
