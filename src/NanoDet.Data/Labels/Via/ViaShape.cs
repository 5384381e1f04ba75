using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;

namespace NanoDet.Data.Labels.Via;

/// <summary>The box around a region's shape: <c>rect</c>, <c>circle</c>, <c>ellipse</c>, <c>polygon</c> or <c>polyline</c>.</summary>
internal static class ViaShape
{
    /// <summary>Reads the member <c>shape_attributes</c>.</summary>
    /// <returns>Null for a point and for a shape that lacks a number.</returns>
    /// <exception cref="NanoDetException">NDB1001, NDB1005.</exception>
    public static BoundingBox? Read(ref JsonCursor cursor)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        List<double> x = [], y = [];
        string? name = null;
        cursor.EnterObject("'shape_attributes'");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("name"u8))
            {
                name = cursor.Text("name");
            }
            else if (cursor.NameIs("all_points_x"u8))
            {
                cursor.Numbers("all_points_x", x);
            }
            else if (cursor.NameIs("all_points_y"u8))
            {
                cursor.Numbers("all_points_y", y);
            }
            else if (cursor.Name is "x" or "y" or "width" or "height" or "cx" or "cy" or "r" or "rx" or "ry" or "theta")
            {
                var member = cursor.Name;
                numbers[member] = cursor.Number(member) ?? double.NaN;
            }
            else
            {
                cursor.Skip();
            }
        }

        double Number(string member) => numbers.GetValueOrDefault(member, double.NaN);
        BoundingBox? box = name switch
        {
            "rect" => new(Number("x"), Number("y"), Number("x") + Number("width"), Number("y") + Number("height")),
            "circle" => Hull.OfEllipse(Number("cx"), Number("cy"), Number("r"), Number("r"), 0),
            "ellipse" => Hull.OfEllipse(Number("cx"), Number("cy"), Number("rx"), Number("ry"), numbers.GetValueOrDefault("theta")),
            "polygon" or "polyline" => Hull.Of(x, y),
            _ => null,
        };
        return box is { } known && double.IsFinite(known.Left + known.Top + known.Right + known.Bottom) ? known : null;
    }
}
