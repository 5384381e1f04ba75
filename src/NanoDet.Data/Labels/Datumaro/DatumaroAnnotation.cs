using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Datumaro;

/// <summary>An entry of <c>annotations</c>.</summary>
/// <param name="Label">The number of its label; null for none.</param>
/// <param name="Box">The upright box around it; null for one without an area, such as a mask or a label of the whole image.</param>
/// <param name="Attributes">What CVAT and others say about it.</param>
/// <param name="Location">The place of the entry.</param>
internal sealed record DatumaroAnnotation(long? Label, BoundingBox? Box, DatumaroAttributes Attributes, SourceLocation Location)
{
    /// <summary>The group of those that are parts of one object; 0 for none.</summary>
    public long Group { get; private init; }

    /// <summary>Whether the box is the one around a turned one.</summary>
    public bool IsRotated { get; private init; }

    /// <summary>Reads an entry.</summary>
    /// <exception cref="NanoDetException">NDB1001, NDB1005.</exception>
    public static DatumaroAnnotation Read(ref JsonCursor cursor)
    {
        var location = cursor.Location;
        string? type = null;
        long? label = null;
        var group = 0L;
        DatumaroAttributes attributes = default;
        List<double> box = [], points = [];
        cursor.EnterObject("an annotation");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("type"u8))
            {
                type = cursor.Text("type");
            }
            else if (cursor.NameIs("label_id"u8))
            {
                label = cursor.Id("label_id");
            }
            else if (cursor.NameIs("group"u8))
            {
                group = (long)(cursor.NumberIfAny() ?? 0);
            }
            else if (cursor.NameIs("bbox"u8))
            {
                cursor.Numbers("bbox", box);
            }
            else if (cursor.NameIs("points"u8))
            {
                cursor.Numbers("points", points);
            }
            else if (cursor.NameIs("attributes"u8))
            {
                attributes = DatumaroAttributes.Read(ref cursor);
            }
            else
            {
                cursor.Skip();
            }
        }

        var read = new DatumaroAnnotation(label, null, attributes, location) { Group = group };
        return type switch
        {
            "bbox" when IsComplete(box, 4) && attributes.Rotation % 180 != 0
                => read.Turned(box[0] + (box[2] / 2), box[1] + (box[3] / 2), box[2], box[3], attributes.Rotation),
            "bbox" when IsComplete(box, 4) => read with { Box = new(box[0], box[1], box[0] + box[2], box[1] + box[3]) },
            "rotated_bbox" when IsComplete(box, 5) => read.Turned(box[0], box[1], box[2], box[3], box[4]),
            "polygon" or "polyline" or "ellipse" => read with { Box = Hull.Of([.. Every(points, 0)], [.. Every(points, 1)]) },
            _ => read,
        };
    }

    /// <summary>Adds it to the labels of its image.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="names">The names of the labels by number.</param>
    /// <exception cref="NanoDetException">NDB1007: it has a number that the file does not list.</exception>
    public void AddTo(ImageLabels labels, List<string> names)
    {
        if (Box is not { } box)
        {
            labels.NoteWithoutArea(Location);
            return;
        }

        if (Label is { } number && (number < 0 || number >= names.Count))
        {
            throw new NanoDetException(LabelDiagnostics.DanglingReference(Location, "label", Coco.CocoId.Show(number)));
        }

        labels.Add(Label is { } known ? [names[(int)known]] : [], new LabeledObject("", box)
        {
            Crowd = Attributes.Crowd,
            Difficult = Attributes.Difficult,
            Truncated = Attributes.Truncated,
            Location = Location,
        });
        if (IsRotated)
        {
            labels.NoteRotated(Location);
        }
    }

    /// <summary>The same with another part of the object.</summary>
    public DatumaroAnnotation With(DatumaroAnnotation part) => Box is { } box && part.Box is { } other
        ? this with { Box = Hull.Of(box, other), IsRotated = IsRotated || part.IsRotated }
        : Box is null ? part : this;

    private static bool IsComplete(List<double> numbers, int count) => numbers.Count == count && !numbers.Exists(double.IsNaN);

    private DatumaroAnnotation Turned(double x, double y, double width, double height, double degrees)
        => this with { Box = RotatedBox.Around(x, y, width, height, double.DegreesToRadians(degrees)), IsRotated = degrees % 180 != 0 };

    private static IEnumerable<double> Every(List<double> points, int first) => points.Index().Where(entry => entry.Index % 2 == first).Select(entry => entry.Item);
}
