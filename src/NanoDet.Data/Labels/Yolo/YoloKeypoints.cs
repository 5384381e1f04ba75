using System.Runtime.InteropServices;

namespace NanoDet.Data.Labels.Yolo;

/// <summary>
/// Tells a box with keypoints, <c>x y width height</c> and then <c>x y</c> or <c>x y visibility</c> for each, from the corners of a polygon: a
/// line does not say which it is. It has keypoints if the first four numbers are a box inside the image, every point that is labelled (not
/// 0 0) lies in it, and one of these is true: there is an odd number of numbers, which a polygon cannot have; every third number is a
/// visibility (0, 1 or 2); or the second pair, a width and height, would be a corner far from all others or on the wrong side of one.
/// </summary>
internal static class YoloKeypoints
{
    private const int BoxNumbers = 4;
    private const double Tolerance = 0.001;

    /// <summary>Whether keypoints follow a box.</summary>
    /// <param name="numbers">At least six numbers after the class.</param>
    public static bool Follow(ReadOnlySpan<double> numbers)
    {
        var points = numbers[BoxNumbers..];
        return IsInImage(numbers)
            && ((points.Length % 3 == 0 && (points.Length % 2 == 1 || HasVisibility(points)) && AreInside(points, 3, numbers))
                || (points.Length % 2 == 0 && AreInside(points, 2, numbers) && IsNoCorner(numbers)));
    }

    /// <summary>Whether the first four numbers are a box in the image.</summary>
    public static bool IsInImage(ReadOnlySpan<double> box)
        => box[2] > 0 && box[3] > 0
            && Math.Min(box[0] - (box[2] / 2), box[1] - (box[3] / 2)) >= -Tolerance
            && Math.Max(box[0] + (box[2] / 2), box[1] + (box[3] / 2)) <= 1 + Tolerance;

    private static bool HasVisibility(ReadOnlySpan<double> points)
    {
        for (var i = 2; i < points.Length; i += 3)
        {
            if (points[i] is not (0 or 1 or 2))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreInside(ReadOnlySpan<double> points, int stride, ReadOnlySpan<double> box)
    {
        for (var i = 0; i < points.Length; i += stride)
        {
            var isLabelled = points[i] != 0 || points[i + 1] != 0;
            if (isLabelled && (Math.Abs(points[i] - box[0]) > (box[2] / 2) + Tolerance || Math.Abs(points[i + 1] - box[1]) > (box[3] / 2) + Tolerance))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether the second pair is no corner of a polygon: it lies farther from the box around all other pairs than that box is wide or high, or
    /// one of its two edges crosses another.
    /// </summary>
    private static bool IsNoCorner(ReadOnlySpan<double> numbers)
    {
        var corners = MemoryMarshal.Cast<double, Corner>(numbers);
        return IsFar(corners, corner => corner.X) || IsFar(corners, corner => corner.Y) || Crosses(corners);
    }

    private static bool IsFar(ReadOnlySpan<Corner> corners, Func<Corner, double> axis)
    {
        var (least, most) = (axis(corners[0]), axis(corners[0]));
        foreach (var corner in corners[2..])
        {
            (least, most) = corner == default ? (least, most) : (Math.Min(least, axis(corner)), Math.Max(most, axis(corner)));
        }

        return Math.Max(least - axis(corners[1]), axis(corners[1]) - most) > most - least;
    }

    private static bool Crosses(ReadOnlySpan<Corner> corners)
    {
        for (var i = 2; i < corners.Length; i++)
        {
            var (from, to) = (corners[i], corners[(i + 1) % corners.Length]);
            if ((i + 1 < corners.Length && Cross(corners[0], corners[1], from, to)) || (i > 2 && Cross(corners[1], corners[2], from, to)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Cross(Corner a, Corner b, Corner c, Corner d)
        => Side(a, b, c) * Side(a, b, d) < 0 && Side(c, d, a) * Side(c, d, b) < 0;

    private static double Side(Corner from, Corner to, Corner other)
        => ((to.X - from.X) * (other.Y - from.Y)) - ((to.Y - from.Y) * (other.X - from.X));

    private readonly record struct Corner(double X, double Y);
}
