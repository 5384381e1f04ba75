using NanoDet.Data.Augmentation;
using NanoDet.Imaging;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>The options for making copies.</summary>
/// <param name="Recipe">The steps, and the number of copies of each image.</param>
/// <param name="Seed">The user's seed.</param>
public sealed record OfflineAugmentationOptions(AugmentationRecipe Recipe, long Seed)
{
    /// <summary>The rule for which boxes are kept.</summary>
    public VisibilityRule Visibility { get; init; } = VisibilityRule.Default;

    /// <summary>Quality of JPEG copies, 1 to 100.</summary>
    public int JpegQuality { get; init; } = ImageEncoder.DefaultJpegQuality;

    /// <summary>The number of images to process in parallel.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The limit for decoded pixels in memory, in bytes; an image that exceeds it is processed alone.</summary>
    public long MaxBytes { get; init; } = 512L << 20;
}
