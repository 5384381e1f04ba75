using NanoDet.Core.Geometry;

namespace NanoDet.Data.Labels;

/// <summary>Boxes that are turned around their centre, as some label tools have them.</summary>
internal static class RotatedBox
{
    /// <summary>The smallest upright box around a turned one.</summary>
    /// <param name="x">The centre, in pixels.</param>
    /// <param name="y">The centre, in pixels.</param>
    /// <param name="width">The width before it is turned, in pixels.</param>
    /// <param name="height">The height before it is turned, in pixels.</param>
    /// <param name="angle">The angle, in radians; its direction does not matter.</param>
    public static BoundingBox Around(double x, double y, double width, double height, double angle)
    {
        var (sin, cos) = (Math.Abs(Math.Sin(angle)), Math.Abs(Math.Cos(angle)));
        var (halfWidth, halfHeight) = (((width * cos) + (height * sin)) / 2, ((width * sin) + (height * cos)) / 2);
        return new(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }
}
