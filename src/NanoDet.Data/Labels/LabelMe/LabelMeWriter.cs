using System.Text.Encodings.Web;
using System.Text.Json;
using NanoDet.Data.Files;

namespace NanoDet.Data.Labels.LabelMe;

/// <summary>Writes labelme JSON that labelme opens: rectangles, the flags of VOC as flags of the shape, no image inside.</summary>
public static class LabelMeWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    /// <summary>Writes a file atomically.</summary>
    public static void Write(string path, LabeledImage image) => AtomicFile.Write(path, stream => Write(stream, image));

    /// <summary>Writes one document.</summary>
    public static void Write(Stream stream, LabeledImage image)
    {
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("version"u8, "5.0.0");
            json.WriteStartObject("flags"u8);
            json.WriteEndObject();
            json.WriteStartArray("shapes"u8);
            foreach (var labeled in image.Objects)
            {
                WriteShape(json, labeled);
            }

            json.WriteEndArray();
            json.WriteString("imagePath"u8, image.FileName);
            json.WriteNull("imageData"u8);
            WriteSize(json, "imageHeight", image.Height);
            WriteSize(json, "imageWidth", image.Width);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteShape(Utf8JsonWriter json, LabeledObject labeled)
    {
        json.WriteStartObject();
        json.WriteString("label"u8, labeled.ClassName);
        json.WriteStartArray("points"u8);
        WritePoint(json, labeled.Box.Left, labeled.Box.Top);
        WritePoint(json, labeled.Box.Right, labeled.Box.Bottom);
        json.WriteEndArray();
        json.WriteNull("group_id"u8);
        json.WriteString("shape_type"u8, "rectangle");
        json.WriteStartObject("flags"u8);
        json.WriteBoolean("difficult"u8, labeled.Difficult);
        json.WriteBoolean("truncated"u8, labeled.Truncated);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, double x, double y)
    {
        json.WriteStartArray();
        json.WriteNumberValue(x);
        json.WriteNumberValue(y);
        json.WriteEndArray();
    }

    private static void WriteSize(Utf8JsonWriter json, string name, int? size)
    {
        if (size is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
