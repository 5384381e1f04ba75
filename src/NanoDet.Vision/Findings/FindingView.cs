using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Linting;

namespace NanoDet.Vision.Findings;

/// <summary>The cutout of an image that shows a finding: its boxes with enough around them to see what they are about.</summary>
/// <param name="Left">Left side in pixels of the image.</param>
/// <param name="Top">Top side.</param>
/// <param name="Width">Width, at least 1.</param>
/// <param name="Height">Height, at least 1.</param>
internal readonly record struct FindingView(int Left, int Top, int Width, int Height)
{
    private const double Surroundings = 2.2;
    private const double Least = 64;

    /// <summary>The cutout for a finding: square, unless the image is narrower.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="image">Its image.</param>
    public static FindingView Of(LabelFinding finding, DatasetImage image)
    {
        var box = finding.Subject.Box;
        if (finding.Suggestion is { } seen)
        {
            box = new(Math.Min(box.Left, seen.Box.Left), Math.Min(box.Top, seen.Box.Top), Math.Max(box.Right, seen.Box.Right), Math.Max(box.Bottom, seen.Box.Bottom));
        }

        box = box.Clip(image.Width, image.Height);
        var side = (int)Math.Ceiling(Math.Max(Surroundings * Math.Max(box.Width, box.Height), Least));
        var (width, height) = (Math.Min(side, image.Width), Math.Min(side, image.Height));
        return new(Begin((box.Left + box.Right) / 2, width, image.Width), Begin((box.Top + box.Bottom) / 2, height, image.Height), width, height);
    }

    /// <summary>The same as a box.</summary>
    public BoundingBox Box => new(Left, Top, Left + Width, Top + Height);

    private static int Begin(double middle, int length, int whole) => (int)Math.Clamp(middle - (length / 2.0), 0, whole - length);
}
