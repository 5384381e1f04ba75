using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>What an offline augmentation did.</summary>
/// <param name="Copies">All copies that are there now, ordered by source and index; those of refused pictures are not.</param>
/// <param name="Written">Copies that were made.</param>
/// <param name="Kept">Copies that were there already.</param>
/// <param name="Removed">Files that were deleted.</param>
/// <param name="Diagnostics">One for every picture that was refused, ordered by source.</param>
public sealed record OfflineAugmentationResult(
    ImmutableArray<AugmentedCopy> Copies, int Written, int Kept, int Removed, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Boxes that did not stay, counted by reason.</summary>
    public IReadOnlyDictionary<BoxVisibility, int> Dropped
        => Copies.SelectMany(copy => copy.Dropped).GroupBy(reason => reason).ToDictionary(group => group.Key, group => group.Count());
}

/// <summary>How far an offline augmentation is.</summary>
/// <param name="Done">Pictures whose copies are there.</param>
/// <param name="Total">Pictures.</param>
public readonly record struct OfflineAugmentationProgress(int Done, int Total);
