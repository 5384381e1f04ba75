using NanoDet.Core.Geometry;

namespace NanoDet.Imaging.Drawing;

/// <summary>A box to draw.</summary>
/// <param name="Box">In pixels of the picture; the part outside is not visible.</param>
/// <param name="Label">Index of the class; decides the colour.</param>
/// <param name="Name">The class's name; empty for a box without a chip.</param>
public sealed record DrawnBox(BoundingBox Box, int Label, string Name)
{
    /// <summary>Confidence, 0 to 1, written after the name; null for a labelled box.</summary>
    public double? Score { get; init; }

    /// <summary>Whether it is drawn as a dashed line, for a difficult or ignored object.</summary>
    public bool Dashed { get; init; }
}
