using NanoDet.Imaging;

namespace NanoDet.Vision.Preview;

/// <summary>The limits for the thumbnails of a page, so that the page stays small enough to open and to send.</summary>
/// <param name="Side">The longest side in pixels.</param>
/// <param name="Bytes">The largest size of one thumbnail in bytes.</param>
internal readonly record struct ThumbnailBudget(int Side, int Bytes)
{
    // Base64 text is a third larger than bytes; the rest of the page stays below a few megabytes.
    private const long PageBytes = 17L << 20;

    /// <summary>Returns the limits for the thumbnails of a page.</summary>
    public static ThumbnailBudget For(int pictures)
    {
        var bytes = (int)Math.Min(PageBytes / Math.Max(pictures, 1), 100_000);
        // About 0.14 bytes per pixel at the first quality below, with the usual 4:3.
        return new(Math.Clamp((int)Math.Sqrt(bytes / 0.14 / 0.75), 96, 640), bytes);
    }

    /// <summary>Encodes a JPEG within the limits.</summary>
    public byte[] Encode(PixelImage image)
    {
        var encoded = Array.Empty<byte>();
        foreach (var quality in (ReadOnlySpan<int>)[78, 60, 40, 20, 5])
        {
            encoded = ImageEncoder.EncodeJpeg(image, quality);
            if (encoded.Length <= Bytes)
            {
                break;
            }
        }

        return encoded;
    }
}
