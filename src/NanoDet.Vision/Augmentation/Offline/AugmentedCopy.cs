using System.Collections.Immutable;
using NanoDet.Data.Labels;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>One copy of a picture.</summary>
/// <param name="Source">Path of the picture that it was made of.</param>
/// <param name="Index">1 for the first copy.</param>
/// <param name="ImagePath">Path relative to the output folder, with forward slashes.</param>
/// <param name="LabelPath">Path of its VOC XML relative to the output folder, with forward slashes.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Kept">For each of its labels, the index of the picture's label that it was made of.</param>
/// <param name="Dropped">Why each box that did not stay went.</param>
public sealed record AugmentedCopy(
    string Source, int Index, string ImagePath, string LabelPath, LabeledImage Labels, ImmutableArray<int> Kept, ImmutableArray<BoxVisibility> Dropped)
{
    /// <summary>SHA-256 of its file, lower-case hexadecimal; empty before it is written.</summary>
    public string ContentHash { get; init; } = "";
}
