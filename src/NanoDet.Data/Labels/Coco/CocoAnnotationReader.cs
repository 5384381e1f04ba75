using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Coco;

/// <summary>Reads <c>annotations</c>. Those without a box, such as masks and captions, are counted and left out.</summary>
internal sealed class CocoAnnotationReader
{
    private readonly ImmutableArray<CocoAnnotation>.Builder _annotations = ImmutableArray.CreateBuilder<CocoAnnotation>();
    private ProblemCount _withoutBox;
    private long _firstWithoutBox;
    private ProblemCount _rotated;
    private long _firstRotated;
    private int _position;

    /// <summary>What was read.</summary>
    public ImmutableArray<CocoAnnotation> Annotations { get; private set; } = [];

    /// <summary>What the user should know about it.</summary>
    public ImmutableArray<(long ImageId, Diagnostic Problem)> Problems { get; private set; } = [];

    /// <summary>Reads all entries.</summary>
    /// <exception cref="NanoDetException">NDB1001, NDB1005, NDB1006.</exception>
    public void ReadAll(ref JsonCursor cursor)
    {
        cursor.EnterArray("'annotations'");
        cursor.Elements(Read);
        Annotations = _annotations.DrainToImmutable();
        Problems =
        [
            .. _withoutBox.Count > 0 ? [(_firstWithoutBox, LabelDiagnostics.BoxesMissing(_withoutBox.First, _withoutBox.Count))] : Array.Empty<(long, Diagnostic)>(),
            .. _rotated.Count > 0 ? [(_firstRotated, LabelDiagnostics.BoxesRotated(_rotated.First, _rotated.Count))] : Array.Empty<(long, Diagnostic)>(),
        ];
    }

    private void Read(ref JsonCursor cursor)
    {
        _position++;
        var location = cursor.Location;
        long? id = null;
        long? image = null;
        long? category = null;
        double? area = null;
        var crowd = false;
        var ignore = false;
        CocoAttributes attributes = default;
        Span<double> box = stackalloc double[4];
        var hasBox = false;
        cursor.EnterObject("an annotation");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("id"u8))
            {
                id = cursor.Id("id");
            }
            else if (cursor.NameIs("image_id"u8))
            {
                image = cursor.Id("image_id");
            }
            else if (cursor.NameIs("category_id"u8))
            {
                category = cursor.Id("category_id");
            }
            else if (cursor.NameIs("bbox"u8))
            {
                hasBox = CocoBox.Read(ref cursor, box);
            }
            else if (cursor.NameIs("area"u8))
            {
                area = cursor.Number("area");
            }
            else if (cursor.NameIs("iscrowd"u8))
            {
                crowd = cursor.Flag();
            }
            else if (cursor.NameIs("ignore"u8) || cursor.NameIs("difficult"u8))
            {
                ignore |= cursor.Flag();
            }
            else if (cursor.NameIs("attributes"u8))
            {
                attributes = CocoAttributes.Read(ref cursor);
            }
            else
            {
                cursor.Skip();
            }
        }

        if (!hasBox)
        {
            _firstWithoutBox = _withoutBox.Count == 0 ? image ?? 0 : _firstWithoutBox;
            _withoutBox.Add(location);
            return;
        }

        var annotation = new CocoAnnotation(
            id ?? _position,
            image ?? throw CocoEntries.Incomplete(location, "image_id"),
            category ?? throw CocoEntries.Incomplete(location, "category_id"),
            box[0],
            box[1],
            box[2],
            box[3])
        {
            Area = area,
            Crowd = crowd,
            Ignore = ignore || attributes.Difficult,
            Location = location,
        };
        _annotations.Add(attributes.Rotation % 180 == 0 ? annotation : Upright(annotation, attributes.Rotation));
    }

    // The area stays that of the object, as it does for a mask.
    private CocoAnnotation Upright(in CocoAnnotation turned, double degrees)
    {
        _firstRotated = _rotated.Count == 0 ? turned.ImageId : _firstRotated;
        _rotated.Add(turned.Location!.Value);
        var hull = RotatedBox.Around(
            turned.X + (turned.Width / 2), turned.Y + (turned.Height / 2), turned.Width, turned.Height, double.DegreesToRadians(degrees));
        return turned with { X = hull.Left, Y = hull.Top, Width = hull.Width, Height = hull.Height };
    }
}
