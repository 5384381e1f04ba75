using NanoDet.Imaging;

namespace NanoDet.Vision.Preview;

/// <summary>How large the pictures of a page may be, so that the page stays small enough to open and to send.</summary>
/// <param name="Side">Longest side in pixels.</param>
/// <param name="Bytes">Most bytes of one picture.</param>
internal readonly record struct ThumbnailBudget(int Side, int Bytes)
{
    // Text takes a third more than bytes; the rest of the page stays below a few megabytes.
    private const long PageBytes = 17L << 20;

    /// <summary>The budget of each picture of a page.</summary>
    public static ThumbnailBudget For(int pictures)
    {
        var bytes = (int)Math.Min(PageBytes / Math.Max(pictures, 1), 100_000);
        // About 0.14 bytes a pixel at the first quality below, with the usual 4:3.
        return new(Math.Clamp((int)Math.Sqrt(bytes / 0.14 / 0.75), 96, 640), bytes);
    }

    /// <summary>A JPEG within the budget.</summary>
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
