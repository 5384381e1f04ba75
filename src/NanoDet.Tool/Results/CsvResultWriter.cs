using System.Collections.Immutable;
using System.Globalization;

namespace NanoDet.Tool.Results;

/// <summary>CSV as in RFC 4180, with a header line and one line per object.</summary>
internal sealed class CsvResultWriter : ResultWriter
{
    private readonly TextWriter _output;
    private readonly ImmutableArray<string> _classes;

    /// <summary>Writes the header line.</summary>
    public CsvResultWriter(TextWriter output, ImmutableArray<string> classes)
    {
        (_output, _classes) = (output, classes);
        _output.Write("path,frame,seconds,width,height,class,label,score,left,top,right,bottom\n");
    }

    /// <inheritdoc />
    public override void Write(DetectedPicture picture)
    {
        foreach (var found in picture.Objects)
        {
            var box = found.Box;
            _output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{Quoted(picture.Input.Name)},{picture.Frame},{picture.Seconds:0.######},{picture.Image.Width},{picture.Image.Height},{Quoted(_classes[found.Label])},{found.Label},{found.Score:0.######},{box.Left:0.##},{box.Top:0.##},{box.Right:0.##},{box.Bottom:0.##}\n"));
        }
    }

    private static string Quoted(string text)
        => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
