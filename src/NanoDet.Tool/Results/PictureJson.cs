using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace NanoDet.Tool.Results;

/// <summary>An image in JSON. Boxes are in pixels of the image, as left, top, right, bottom; only frames have a number and a time.</summary>
internal sealed record PictureJson(
    string Path,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Frame,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Seconds,
    int Width,
    int Height,
    IEnumerable<ObjectJson> Objects)
{
    /// <summary>Makes the JSON of an image.</summary>
    public static PictureJson Of(DetectedPicture picture, ImmutableArray<string> classes) => new(
        picture.Input.Name,
        picture.Frame,
        picture.Seconds is { } seconds ? Math.Round(seconds, 6) : null,
        picture.Image.Width,
        picture.Image.Height,
        picture.Objects.Select(found => new ObjectJson(
            classes[found.Label],
            found.Label,
            Math.Round(found.Score, 6),
            [Rounded(found.Box.Left), Rounded(found.Box.Top), Rounded(found.Box.Right), Rounded(found.Box.Bottom)])));

    /// <summary>Rounds a coordinate to a hundredth of a pixel, which is more exact than any model.</summary>
    public static double Rounded(double coordinate) => Math.Round(coordinate, 2);
}

/// <summary>An object in JSON.</summary>
internal sealed record ObjectJson(string Class, int Label, double Score, double[] Box);
