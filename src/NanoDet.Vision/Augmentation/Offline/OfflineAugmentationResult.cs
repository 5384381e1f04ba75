using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>The result of an offline augmentation.</summary>
/// <param name="Copies">All existing copies, ordered by source and index, without those of rejected images.</param>
/// <param name="Written">The number of copies that were made.</param>
/// <param name="Kept">The number of copies that existed already.</param>
/// <param name="Removed">The number of files that were deleted.</param>
/// <param name="Diagnostics">One for every rejected image, ordered by source.</param>
public sealed record OfflineAugmentationResult(
    ImmutableArray<AugmentedCopy> Copies, int Written, int Kept, int Removed, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The number of boxes that were left out, by reason.</summary>
    public IReadOnlyDictionary<BoxVisibility, int> Dropped
        => Copies.SelectMany(copy => copy.Dropped).GroupBy(reason => reason).ToDictionary(group => group.Key, group => group.Count());
}

/// <summary>The progress of an offline augmentation.</summary>
/// <param name="Done">The number of finished images.</param>
/// <param name="Total">The number of images.</param>
public readonly record struct OfflineAugmentationProgress(int Done, int Total);
