using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Imaging.Drawing;

namespace NanoDet.Vision.Preview;

/// <summary>A picture of a preview.</summary>
/// <param name="Name">Its name, usually its path in the project.</param>
/// <param name="File">The file.</param>
/// <param name="Width">Width in pixels after the orientation policy.</param>
/// <param name="Height">Height in pixels after the orientation policy.</param>
/// <param name="Part">The part of the data set that it belongs to: <c>train</c>, <c>validation</c>, <c>test</c>, <c>augmented</c> or another word.</param>
/// <param name="Boxes">Its boxes.</param>
public sealed record PreviewPicture(string Name, string File, int Width, int Height, string Part, ImmutableArray<DrawnBox> Boxes)
{
    /// <summary>EXIF orientation, 1 to 8, that turns the stored pixels into the labelled ones.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>SHA-256 of the file; equal hashes are duplicates. Empty if it is not known.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>The problems of the image or its labels.</summary>
    public ImmutableArray<Diagnostic> Problems { get; init; } = [];
}
