using NanoDet.Data.Augmentation;
using NanoDet.Imaging;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>How copies are made.</summary>
/// <param name="Recipe">What is done, and how many copies of each picture.</param>
/// <param name="Seed">The user's seed.</param>
public sealed record OfflineAugmentationOptions(AugmentationRecipe Recipe, long Seed)
{
    /// <summary>Which boxes stay.</summary>
    public VisibilityRule Visibility { get; init; } = VisibilityRule.Default;

    /// <summary>Quality of JPEG copies, 1 to 100.</summary>
    public int JpegQuality { get; init; } = ImageEncoder.DefaultJpegQuality;

    /// <summary>Pictures that are worked on at once.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes of decoded pixels that are in memory at once; a picture that alone is larger is worked on alone.</summary>
    public long MaxBytes { get; init; } = 512L << 20;
}
