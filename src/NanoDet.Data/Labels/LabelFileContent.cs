using System.Collections.Immutable;

namespace NanoDet.Data.Labels;

/// <summary>What a label file holds.</summary>
/// <param name="IsOfOneImage">Whether it is about one image, so that the file's own name says which.</param>
/// <param name="Images">The labels.</param>
internal readonly record struct LabelFileContent(bool IsOfOneImage, ImmutableArray<LabeledImage> Images);
