using System.Collections.Immutable;
using NanoDet.Data.Labels;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>One augmented copy of an image.</summary>
/// <param name="Source">Path of the original image.</param>
/// <param name="Index">1 for the first copy.</param>
/// <param name="ImagePath">Path relative to the output folder, with forward slashes.</param>
/// <param name="LabelPath">Path of its VOC XML relative to the output folder, with forward slashes.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Kept">For each of its labels, the index of the label of the original image.</param>
/// <param name="Dropped">For each box that was left out, the reason.</param>
public sealed record AugmentedCopy(
    string Source, int Index, string ImagePath, string LabelPath, LabeledImage Labels, ImmutableArray<int> Kept, ImmutableArray<BoxVisibility> Dropped)
{
    /// <summary>SHA-256 of its file, lower-case hexadecimal; empty before it is written.</summary>
    public string ContentHash { get; init; } = "";
}
