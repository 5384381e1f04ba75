using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.LabelStudio;

/// <summary>A shape, or an answer about one. Its numbers are in per cent of the image, also where it is turned.</summary>
/// <param name="location">The place of its entry.</param>
internal sealed class LabelStudioShape(SourceLocation location)
{
    private readonly List<double> _x = [];
    private readonly List<double> _y = [];
    private double? _left;
    private double? _top;
    private double? _width;
    private double? _height;
    private double? _radiusX;
    private double? _radiusY;
    private double _rotation;
    private double _imageRotation;
    private string? _type;

    /// <summary>Its id; answers about it have the same.</summary>
    public string? Id { get; private set; }

    /// <summary>The name of the image that it is drawn on, as the labelling interface calls it; null if the entry does not say it.</summary>
    public string? ImageName { get; private set; }

    /// <summary>Its classes.</summary>
    public List<string> Classes { get; } = [];

    /// <summary>The size of the image in pixels, as far as the entry has it.</summary>
    public (int? Width, int? Height) ImageSize { get; private set; }

    /// <summary>Whether it says how two shapes belong together, perhaps with labels of its own.</summary>
    public bool IsRelation => _type == "relation";

    /// <summary>Whether it is a shape even without a class.</summary>
    public bool IsDrawn => _type is "rectangle" or "rectanglelabels" or "polygon" or "polygonlabels" or "ellipse" or "ellipselabels";

    /// <summary>Reads an entry of <c>result</c>, whose numbers are in <c>value</c>, or one of JSON-MIN.</summary>
    /// <exception cref="NanoDetException">NDB1001.</exception>
    public void Read(ref JsonCursor cursor)
    {
        cursor.EnterObject("a shape");
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "value" when cursor.ValueType == JsonTokenType.StartObject:
                    Read(ref cursor);
                    break;
                case "id":
                    Id = cursor.TextIfAny();
                    break;
                case "to_name":
                    ImageName = cursor.TextIfAny();
                    break;
                case "type":
                    _type = cursor.TextIfAny();
                    break;
                case "x":
                    _left = cursor.NumberIfAny();
                    break;
                case "y":
                    _top = cursor.NumberIfAny();
                    break;
                case "width":
                    _width = cursor.NumberIfAny();
                    break;
                case "height":
                    _height = cursor.NumberIfAny();
                    break;
                case "radiusX":
                    _radiusX = cursor.NumberIfAny();
                    break;
                case "radiusY":
                    _radiusY = cursor.NumberIfAny();
                    break;
                case "rotation":
                    _rotation = cursor.NumberIfAny() ?? 0;
                    break;
                case "image_rotation":
                    _imageRotation = cursor.NumberIfAny() ?? 0;
                    break;
                case "original_width":
                    ImageSize = ImageSize with { Width = cursor.Size("original_width") };
                    break;
                case "original_height":
                    ImageSize = ImageSize with { Height = cursor.Size("original_height") };
                    break;
                case "points" when cursor.ValueType == JsonTokenType.StartArray:
                    ReadPoints(ref cursor);
                    break;
                case var name when name.EndsWith("labels", StringComparison.Ordinal) && cursor.ValueType == JsonTokenType.StartArray:
                    cursor.Texts(name, Classes);
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
    }

    /// <summary>Adds it to the labels of its image.</summary>
    /// <exception cref="NanoDetException">NDB1006: the size of the image is missing; NDB1010: the image was turned; NDB1046.</exception>
    public void AddTo(ImageLabels labels)
    {
        if (_imageRotation % 360 != 0)
        {
            throw new NanoDetException(LabelDiagnostics.OtherForm(location, "for an image that was turned in Label Studio", "turn it back there and export again"));
        }

        labels.Add(Classes, Box(), location);
        if (_width is not null && _height is not null && _rotation % 90 != 0)
        {
            labels.NoteRotated(location);
        }
    }

    private BoundingBox? Box()
    {
        var hasArea = (_left is not null && _top is not null && ((_width is not null && _height is not null) || (_radiusX is not null && _radiusY is not null))) || _x.Count > 1;
        if (!hasArea)
        {
            return null;
        }

        var (width, height) = ImageSize is { Width: { } known, Height: { } other } ? (known / 100.0, other / 100.0)
            : throw new NanoDetException(LabelDiagnostics.IncompleteObject(location, ImageSize.Width is null ? "original_width" : "original_height"));
        return _radiusX is { } radiusX && _radiusY is { } radiusY
            ? Hull.OfEllipse(_left!.Value * width, _top!.Value * height, radiusX * width, radiusY * height, double.DegreesToRadians(_rotation))
            : _width is { } right && _height is { } bottom ? Rectangle(_left!.Value * width, _top!.Value * height, right * width, bottom * height)
            : Hull.Of(_x.ConvertAll(x => x * width), _y.ConvertAll(y => y * height));
    }

    /// <summary>The box around a rectangle that is turned clockwise around the corner at its top left.</summary>
    private BoundingBox? Rectangle(double x, double y, double width, double height)
    {
        if (_rotation == 0)
        {
            return new(x, y, x + width, y + height);
        }

        var (sin, cos) = Math.SinCos(double.DegreesToRadians(_rotation));
        var hull = default(Hull);
        hull.Add(x, y);
        hull.Add(x + (width * cos), y + (width * sin));
        hull.Add(x - (height * sin), y + (height * cos));
        hull.Add(x + (width * cos) - (height * sin), y + (width * sin) + (height * cos));
        return hull.Box;
    }

    private void ReadPoints(ref JsonCursor cursor)
    {
        cursor.EnterArray("'points'");
        while (cursor.NextElement())
        {
            if (cursor.ValueType != JsonTokenType.StartArray)
            {
                cursor.Skip();
                continue;
            }

            var point = new List<double>();
            cursor.Numbers("points", point);
            if (point is [var x, var y] && !double.IsNaN(x + y))
            {
                _x.Add(x);
                _y.Add(y);
            }
        }
    }
}
