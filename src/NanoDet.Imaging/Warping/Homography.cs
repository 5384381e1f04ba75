using NanoDet.Core.Geometry;

namespace NanoDet.Imaging.Warping;

/// <summary>
/// A 3x3 matrix that maps points (x, y, 1) of one image to points of another, as for <c>cv2.warpPerspective</c>.
/// Names are row and column: <c>x' = (M00 x + M01 y + M02) / (M20 x + M21 y + M22)</c>.
/// </summary>
/// <param name="M00">Row 0, column 0.</param>
/// <param name="M01">Row 0, column 1.</param>
/// <param name="M02">Row 0, column 2.</param>
/// <param name="M10">Row 1, column 0.</param>
/// <param name="M11">Row 1, column 1.</param>
/// <param name="M12">Row 1, column 2.</param>
/// <param name="M20">Row 2, column 0.</param>
/// <param name="M21">Row 2, column 1.</param>
/// <param name="M22">Row 2, column 2.</param>
public readonly record struct Homography(
    double M00, double M01, double M02, double M10, double M11, double M12, double M20, double M21, double M22)
{
    /// <summary>Maps every point to itself.</summary>
    public static Homography Identity { get; } = Scale(1, 1);

    /// <summary>Whether parallel lines stay parallel, so that no point needs a division.</summary>
    public bool IsAffine => M20 == 0 && M21 == 0;

    /// <summary>The determinant; 0 if the matrix has no inverse.</summary>
    public double Determinant
        => (M00 * ((M11 * M22) - (M12 * M21))) - (M01 * ((M10 * M22) - (M12 * M20))) + (M02 * ((M10 * M21) - (M11 * M20)));

    /// <summary>Multiplies x and y.</summary>
    public static Homography Scale(double x, double y) => new(x, 0, 0, 0, y, 0, 0, 0, 1);

    /// <summary>Adds to x and y.</summary>
    public static Homography Translate(double x, double y) => new(1, 0, x, 0, 1, y, 0, 0, 1);

    /// <summary>Rotates around the origin, counter-clockwise on the screen (<c>cv2.getRotationMatrix2D</c>).</summary>
    public static Homography Rotate(double degrees)
    {
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        return new(cosine, sine, 0, -sine, cosine, 0, 0, 0, 1);
    }

    /// <summary>Adds to x a multiple of y, and to y a multiple of x.</summary>
    /// <param name="xDegrees">Angle whose tangent multiplies y.</param>
    /// <param name="yDegrees">Angle whose tangent multiplies x.</param>
    public static Homography Shear(double xDegrees, double yDegrees)
        => new(1, Math.Tan(xDegrees * Math.PI / 180), 0, Math.Tan(yDegrees * Math.PI / 180), 1, 0, 0, 0, 1);

    /// <summary>Tilts the image: the divisor grows with x and y.</summary>
    public static Homography Perspective(double x, double y) => new(1, 0, 0, 0, 1, 0, x, y, 1);

    /// <summary>The matrix product: first <paramref name="b"/>, then <paramref name="a"/>.</summary>
    public static Homography operator *(in Homography a, in Homography b) => new(
        (a.M00 * b.M00) + (a.M01 * b.M10) + (a.M02 * b.M20),
        (a.M00 * b.M01) + (a.M01 * b.M11) + (a.M02 * b.M21),
        (a.M00 * b.M02) + (a.M01 * b.M12) + (a.M02 * b.M22),
        (a.M10 * b.M00) + (a.M11 * b.M10) + (a.M12 * b.M20),
        (a.M10 * b.M01) + (a.M11 * b.M11) + (a.M12 * b.M21),
        (a.M10 * b.M02) + (a.M11 * b.M12) + (a.M12 * b.M22),
        (a.M20 * b.M00) + (a.M21 * b.M10) + (a.M22 * b.M20),
        (a.M20 * b.M01) + (a.M21 * b.M11) + (a.M22 * b.M21),
        (a.M20 * b.M02) + (a.M21 * b.M12) + (a.M22 * b.M22));

    /// <summary>The same as the operator.</summary>
    public Homography Multiply(in Homography first) => this * first;

    /// <summary>Returns the inverse matrix.</summary>
    /// <exception cref="InvalidOperationException">The matrix has no inverse.</exception>
    public Homography Invert()
    {
        var determinant = Determinant;
        if (determinant == 0 || !double.IsFinite(determinant))
        {
            throw new InvalidOperationException("The matrix has no inverse");
        }

        var scale = 1 / determinant;
        return new(
            ((M11 * M22) - (M12 * M21)) * scale, ((M02 * M21) - (M01 * M22)) * scale, ((M01 * M12) - (M02 * M11)) * scale,
            ((M12 * M20) - (M10 * M22)) * scale, ((M00 * M22) - (M02 * M20)) * scale, ((M02 * M10) - (M00 * M12)) * scale,
            ((M10 * M21) - (M11 * M20)) * scale, ((M01 * M20) - (M00 * M21)) * scale, ((M00 * M11) - (M01 * M10)) * scale);
    }

    /// <summary>Maps a point.</summary>
    public (double X, double Y) Map(double x, double y)
    {
        var w = (M20 * x) + (M21 * y) + M22;
        return (((M00 * x) + (M01 * y) + M02) / w, ((M10 * x) + (M11 * y) + M12) / w);
    }

    /// <summary>Returns the bounding rectangle of a box's four mapped corners, not clipped.</summary>
    public BoundingBox MapBox(BoundingBox box)
    {
        var (x0, y0) = Map(box.Left, box.Top);
        var (x1, y1) = Map(box.Right, box.Top);
        var (x2, y2) = Map(box.Left, box.Bottom);
        var (x3, y3) = Map(box.Right, box.Bottom);
        return new(
            Math.Min(Math.Min(x0, x1), Math.Min(x2, x3)), Math.Min(Math.Min(y0, y1), Math.Min(y2, y3)),
            Math.Max(Math.Max(x0, x1), Math.Max(x2, x3)), Math.Max(Math.Max(y0, y1), Math.Max(y2, y3)));
    }

    /// <summary>Returns the bounding rectangle of a box's four mapped corners, clipped to a canvas (the original's <c>warp_boxes</c>).</summary>
    public BoundingBox MapBox(BoundingBox box, PixelSize canvas) => MapBox(box).Clip(canvas.Width, canvas.Height);
}
