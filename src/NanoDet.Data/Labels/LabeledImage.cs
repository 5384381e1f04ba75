using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>The labels of one image: what every format reads into and writes from.</summary>
/// <param name="FileName">The image's name as the label file writes it; with forward slashes where it has folders.</param>
/// <param name="Objects">The objects in the order of the file; empty for a negative image.</param>
public sealed record LabeledImage(string FileName, ImmutableArray<LabeledObject> Objects)
{
    /// <summary>Width in pixels as the label file says; null where it says none.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels as the label file says; null where it says none.</summary>
    public int? Height { get; init; }

    /// <summary>The label file, and the line of the image's entry in a file that holds many.</summary>
    public SourceLocation? Location { get; init; }
}
