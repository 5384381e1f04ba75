using System.Globalization;

namespace NanoDet.Core.Geometry;

/// <summary>
/// An axis-aligned box in pixels of its image, in continuous coordinates from the top left corner of the image,
/// so a box around a whole image of 640 by 480 pixels is (0, 0, 640, 480).
/// </summary>
/// <param name="Left">The smaller x, in pixels.</param>
/// <param name="Top">The smaller y, in pixels.</param>
/// <param name="Right">The larger x, in pixels.</param>
/// <param name="Bottom">The larger y, in pixels.</param>
public readonly record struct BoundingBox(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Right minus left, in pixels; negative for a box drawn backwards.</summary>
    public double Width => Right - Left;

    /// <summary>Bottom minus top, in pixels; negative for a box drawn backwards.</summary>
    public double Height => Bottom - Top;

    /// <summary>Width times height, in square pixels; zero for a degenerate box.</summary>
    public double Area => Math.Max(Width, 0) * Math.Max(Height, 0);

    /// <summary>Whether the box covers no pixel at all, or has a coordinate that is not a number.</summary>
    public bool IsDegenerate => !(Width > 0 && Height > 0 && double.IsFinite(Width) && double.IsFinite(Height));

    /// <summary>Left, top, width and height in whole pixels for people, such as <c>(25, 40) 120x80</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Left:0}, {Top:0}) {Width:0}x{Height:0}");

    /// <summary>The part of this box inside an image of the given size in pixels.</summary>
    public BoundingBox Clip(double width, double height) => new(
        Math.Clamp(Left, 0, width), Math.Clamp(Top, 0, height), Math.Clamp(Right, 0, width), Math.Clamp(Bottom, 0, height));

    /// <summary>The area shared with another box, in square pixels.</summary>
    public double IntersectionArea(BoundingBox other)
    {
        var width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
        var height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        return width > 0 && height > 0 ? width * height : 0;
    }

    /// <summary>Intersection over union with another box, 0 to 1; 0 where both are degenerate.</summary>
    public double IntersectionOverUnion(BoundingBox other)
    {
        var intersection = IntersectionArea(other);
        var union = Area + other.Area - intersection;
        return union > 0 ? intersection / union : 0;
    }
}
