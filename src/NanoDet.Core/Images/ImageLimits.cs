namespace NanoDet.Core.Images;

/// <summary>Limits for the memory of a decoded image.</summary>
internal static class ImageLimits
{
    /// <summary>The largest number of pixels of an image; decoded, they take 400 MB.</summary>
    public const long MaxPixels = 100_000_000;
}
