using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Tool.Results;

/// <summary>Plain lines for people: the image, then each object with its score and box.</summary>
internal sealed class TextResultWriter(TextWriter output, ImmutableArray<string> classes) : ResultWriter
{
    /// <inheritdoc />
    public override void Write(DetectedPicture picture)
    {
        var frame = picture.Frame is { } number ? string.Create(CultureInfo.InvariantCulture, $" frame {number}") : "";
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{PrintedText.Escape(picture.Input.Name)}{frame}  {picture.Image.Width}x{picture.Image.Height}  {Count(picture.Objects.Length)}\n"));
        foreach (var found in picture.Objects)
        {
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"  {found.Score:0.00}  {PrintedText.Escape(classes[found.Label])}  ({found.Box.Left:0}, {found.Box.Top:0}) to ({found.Box.Right:0}, {found.Box.Bottom:0})\n"));
        }
    }

    private static string Count(int objects) => objects switch
    {
        0 => "nothing found",
        1 => "1 object",
        _ => string.Create(CultureInfo.InvariantCulture, $"{objects} objects"),
    };
}
