using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Results;

/// <summary>JSON: one array, or with <paramref name="lines"/> one object per line, which can be read while the work continues.</summary>
internal sealed class JsonResultWriter(TextWriter output, ImmutableArray<string> classes, bool lines) : ResultWriter
{
    private bool _began;

    /// <inheritdoc />
    public override void Write(DetectedPicture picture)
    {
        if (!lines)
        {
            output.Write(_began ? ",\n" : "[\n");
        }

        _began = true;
        output.Write(JsonSerializer.Serialize(PictureJson.Of(picture, classes), ToolJson.Line));
        if (lines)
        {
            output.Write('\n');
            output.Flush();
        }
    }

    /// <inheritdoc />
    public override void Finish()
    {
        if (!lines)
        {
            output.Write(_began ? "\n]\n" : "[]\n");
        }
    }
}
