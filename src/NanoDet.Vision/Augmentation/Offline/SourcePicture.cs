using System.Collections.Immutable;
using NanoDet.Data.Labels;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>An image to make copies of.</summary>
/// <param name="Path">Path relative to the project's folder, with forward slashes; the copies are named after it.</param>
/// <param name="File">The file.</param>
/// <param name="ContentHash">SHA-256 of the file, lower-case hexadecimal. It seeds all random choices about the image.</param>
/// <param name="Width">Width in pixels after the orientation policy.</param>
/// <param name="Height">Height in pixels after the orientation policy.</param>
/// <param name="Labels">Its checked labels; class names and flags are copied.</param>
public sealed record SourcePicture(string Path, string File, string ContentHash, int Width, int Height, LabeledImage Labels)
{
    /// <summary>EXIF orientation, 1 to 8, that turns the stored pixels into the labelled ones; 1 for no change.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Which of its objects are ignored, by their index.</summary>
    public IReadOnlySet<int> Ignored { get; init; } = ImmutableHashSet<int>.Empty;
}
