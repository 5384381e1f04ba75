using NanoDet.Data.Labels;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>A picture to make copies of.</summary>
/// <param name="Path">Path relative to the project's folder, with forward slashes: names the copies.</param>
/// <param name="File">The file.</param>
/// <param name="ContentHash">SHA-256 of the file, lower-case hexadecimal: the key of all that is random about it.</param>
/// <param name="Width">Width in pixels after the orientation policy.</param>
/// <param name="Height">Height in pixels after the orientation policy.</param>
/// <param name="Labels">Its judged labels; class names and flags go into the copies.</param>
public sealed record SourcePicture(string Path, string File, string ContentHash, int Width, int Height, LabeledImage Labels)
{
    /// <summary>EXIF orientation, 1 to 8, that turns the stored pixels into the labelled ones; 1 leaves them.</summary>
    public int Orientation { get; init; } = 1;
}
