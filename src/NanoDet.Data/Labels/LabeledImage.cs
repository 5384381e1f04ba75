using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>The labels of one image, in the form that all formats are read into and written from.</summary>
/// <param name="FileName">The image's name in the label file, with forward slashes if it has folders.</param>
/// <param name="Objects">The objects in the order of the file; empty for a negative image.</param>
public sealed record LabeledImage(string FileName, ImmutableArray<LabeledObject> Objects)
{
    /// <summary>Width in pixels in the label file; null if the file does not give it.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels in the label file; null if the file does not give it.</summary>
    public int? Height { get; init; }

    /// <summary>The label file, and the line of the image's entry in a file with many images.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>
    /// Warnings about objects that were left out or read as something simpler: one a kind and file. Those of a file with many images are
    /// with the image of the first such object.
    /// </summary>
    public ImmutableArray<Diagnostic> Problems { get; init; } = [];
}
