using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.LabelMe;

/// <summary>
/// Reads labelme JSON, also of X-AnyLabeling. A rectangle has two or four corners in any order; polygons, lines and points become the box
/// around them, a circle (centre and a point on it) the square around it. Shapes of one class with one <c>group_id</c> are one
/// object. The image inside the file (<c>imageData</c>) is not read.
/// </summary>
public static class LabelMeReader
{
    // Most of it is the image inside.
    internal const long MaxLength = 256 << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="NanoDetException">NDB1001 to NDB1003, NDB1005, NDB1006, NDB1046.</exception>
    public static LabeledImage Read(string path) => Read(LabelFile.Read(path, MaxLength), path);

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The bytes of the file, in UTF-8.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="NanoDetException">NDB1001, NDB1005, NDB1006, NDB1046.</exception>
    public static LabeledImage Read(ReadOnlySpan<byte> content, string path)
        => JsonCursor.Read(content, path, ReadDocument) with { Location = new(path) };

    private static LabeledImage ReadDocument(ref JsonCursor cursor)
    {
        var fileName = "";
        int? width = null;
        int? height = null;
        ImmutableArray<LabeledObject>? objects = null;
        ProblemCount rotated = default;
        cursor.EnterObject("the document");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("imagePath"u8))
            {
                fileName = cursor.Text("imagePath")?.Replace('\\', '/') ?? "";
            }
            else if (cursor.NameIs("imageWidth"u8))
            {
                width = cursor.Size("imageWidth");
            }
            else if (cursor.NameIs("imageHeight"u8))
            {
                height = cursor.Size("imageHeight");
            }
            else if (cursor.NameIs("shapes"u8))
            {
                objects = ReadShapes(ref cursor, ref rotated);
            }
            else
            {
                cursor.Skip();
            }
        }

        return new(fileName, objects ?? throw cursor.Malformed("there is no 'shapes'"))
        {
            Width = width,
            Height = height,
            Problems = rotated.Count > 0 ? [LabelDiagnostics.BoxesRotated(rotated.First, rotated.Count)] : [],
        };
    }

    private static ImmutableArray<LabeledObject> ReadShapes(ref JsonCursor cursor, ref ProblemCount rotated)
    {
        var objects = new LabelMeGroups();
        var turned = rotated;
        cursor.EnterArray("'shapes'");
        cursor.Elements((ref JsonCursor shape) => ReadShape(ref shape, objects, ref turned));
        rotated = turned;
        return objects.ToObjects();
    }

    private static void ReadShape(ref JsonCursor cursor, LabelMeGroups objects, ref ProblemCount rotated)
    {
        var location = cursor.Location;
        string? label = null;
        string? type = null;
        long? group = null;
        var points = new List<(double X, double Y)>();
        var (difficult, truncated, isMarked) = (false, false, false);
        cursor.EnterObject("a shape");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("label"u8))
            {
                label = cursor.Text("label");
            }
            else if (cursor.NameIs("shape_type"u8))
            {
                type = cursor.Text("shape_type");
            }
            else if (cursor.NameIs("points"u8))
            {
                ReadPoints(ref cursor, points);
            }
            else if (cursor.NameIs("flags"u8))
            {
                (difficult, truncated) = ReadFlags(ref cursor);
            }
            else if (cursor.NameIs("difficult"u8))
            {
                isMarked = cursor.Flag();
            }
            else if (cursor.NameIs("group_id"u8))
            {
                group = cursor.Id("group_id");
            }
            else
            {
                cursor.Skip();
            }
        }

        if (string.IsNullOrWhiteSpace(label) || points.Count == 0)
        {
            throw new NanoDetException(LabelDiagnostics.IncompleteObject(location, string.IsNullOrWhiteSpace(label) ? "label" : "points"));
        }

        if (type == "rotation")
        {
            rotated.Add(location);
        }

        objects.Add(new(ClassName.Checked(label, location), ToBox(type, points)) { Difficult = difficult || isMarked, Truncated = truncated, Location = location }, group);
    }

    private static void ReadPoints(ref JsonCursor cursor, List<(double X, double Y)> points)
    {
        cursor.EnterArray("'points'");
        while (cursor.NextElement())
        {
            cursor.EnterArray("a point");
            var (x, y) = (double.NaN, double.NaN);
            var count = 0;
            while (cursor.NextElement())
            {
                (x, y) = (y, cursor.Number("points") ?? double.NaN);
                count++;
            }

            points.Add(count == 2 && !double.IsNaN(x + y) ? (x, y) : throw cursor.Malformed("a point must have two numbers"));
        }
    }

    // Our writer stores here what VOC has and labelme does not; null in old files.
    private static (bool Difficult, bool Truncated) ReadFlags(ref JsonCursor cursor)
    {
        var (difficult, truncated) = (false, false);
        if (!cursor.TryEnterObject())
        {
            return (difficult, truncated);
        }

        while (cursor.NextProperty())
        {
            if (cursor.NameIs("difficult"u8))
            {
                difficult = cursor.Flag();
            }
            else if (cursor.NameIs("truncated"u8))
            {
                truncated = cursor.Flag();
            }
            else
            {
                cursor.Skip();
            }
        }

        return (difficult, truncated);
    }

    private static BoundingBox ToBox(string? type, List<(double X, double Y)> points)
    {
        if (type == "circle" && points.Count == 2)
        {
            var (center, edge) = (points[0], points[1]);
            var radius = double.Hypot(edge.X - center.X, edge.Y - center.Y);
            return new(center.X - radius, center.Y - radius, center.X + radius, center.Y + radius);
        }

        return new(points.Min(p => p.X), points.Min(p => p.Y), points.Max(p => p.X), points.Max(p => p.Y));
    }
}
