using System.Collections.Immutable;
using System.Globalization;

namespace NanoDet.Tool.Results;

/// <summary>CSV as in RFC 4180, with a header line and one line per object.</summary>
/// <param name="output">Where to write.</param>
/// <param name="classes">Class names in label order.</param>
internal sealed class CsvResultWriter(TextWriter output, ImmutableArray<string> classes) : ResultWriter
{
    private bool _hasHeader;

    /// <inheritdoc />
    public override void Write(DetectedPicture picture)
    {
        WriteHeader();
        foreach (var found in picture.Objects)
        {
            var box = found.Box;
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{Quoted(picture.Input.Name)},{picture.Frame},{picture.Seconds:0.######},{picture.Image.Width},{picture.Image.Height},{Quoted(classes[found.Label])},{found.Label},{found.Score:0.######},{box.Left:0.##},{box.Top:0.##},{box.Right:0.##},{box.Bottom:0.##}\n"));
        }
    }

    /// <inheritdoc />
    public override void Finish() => WriteHeader();

    private void WriteHeader()
    {
        if (!_hasHeader)
        {
            output.Write("path,frame,seconds,width,height,class,label,score,left,top,right,bottom\n");
            _hasHeader = true;
        }
    }

    private static string Quoted(string text)
        => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
