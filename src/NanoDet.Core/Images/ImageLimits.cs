namespace NanoDet.Core.Images;

/// <summary>What a picture may ask of memory.</summary>
internal static class ImageLimits
{
    /// <summary>Most pixels that a picture may have; decoded they take 400 MB.</summary>
    public const long MaxPixels = 100_000_000;
}
