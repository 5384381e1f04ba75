using System.Collections.Immutable;

namespace NanoDet.Data.Datasets;

/// <summary>One image with its checked labels.</summary>
/// <param name="Path">Path relative to the project's folder, with forward slashes on every system.</param>
/// <param name="ContentHash">SHA-256 of the image file, lower-case hexadecimal. It seeds all random choices about the image.</param>
/// <param name="Width">Width in pixels after the orientation policy.</param>
/// <param name="Height">Height in pixels after the orientation policy.</param>
/// <param name="Part">The part of the data set that it belongs to.</param>
/// <param name="Objects">Its objects; empty for a negative image.</param>
public sealed record DatasetImage(
    string Path, string ContentHash, int Width, int Height, DatasetPart Part, ImmutableArray<DatasetObject> Objects)
{
    /// <summary>EXIF orientation, 1 to 8, that turns the decoded pixels into the labelled ones; 1 for no change.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>How often training uses the image in one epoch, relative to the others.</summary>
    public double Weight { get; init; } = 1;
}
