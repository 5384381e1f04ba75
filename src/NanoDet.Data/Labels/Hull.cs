using NanoDet.Core.Geometry;

namespace NanoDet.Data.Labels;

/// <summary>The smallest upright box around points, in pixels.</summary>
internal struct Hull
{
    private BoundingBox _box;
    private int _points;

    /// <summary>The box; null around fewer than two points, which enclose nothing.</summary>
    public readonly BoundingBox? Box => _points < 2 ? null : _box;

    /// <summary>The box around the points of two lists; null where they are no points, or too few.</summary>
    /// <param name="x">The first coordinate of each.</param>
    /// <param name="y">The second coordinate of each.</param>
    public static BoundingBox? Of(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var hull = default(Hull);
        for (var i = 0; i < Math.Min(x.Count, y.Count); i++)
        {
            hull.Add(x[i], y[i]);
        }

        return x.Count == y.Count && hull.Box is { } box && double.IsFinite(box.Width + box.Height) ? box : null;
    }

    /// <summary>The box around two.</summary>
    public static BoundingBox Of(BoundingBox one, BoundingBox other)
        => new(Math.Min(one.Left, other.Left), Math.Min(one.Top, other.Top), Math.Max(one.Right, other.Right), Math.Max(one.Bottom, other.Bottom));

    /// <summary>The box around an ellipse.</summary>
    /// <param name="x">The centre.</param>
    /// <param name="y">The centre.</param>
    /// <param name="radiusX">The half of the axis that is horizontal before the ellipse is turned.</param>
    /// <param name="radiusY">The half of the other axis.</param>
    /// <param name="angle">By how much it is turned around its centre, in radians.</param>
    public static BoundingBox OfEllipse(double x, double y, double radiusX, double radiusY, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        var (halfWidth, halfHeight) = (double.Hypot(radiusX * cos, radiusY * sin), double.Hypot(radiusX * sin, radiusY * cos));
        return new(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }

    /// <summary>Adds a point.</summary>
    public void Add(double x, double y)
        => _box = new BoundingBox(x, y, x, y) is var point && _points++ == 0 ? point : Of(_box, point);
}
