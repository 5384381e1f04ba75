using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NanoDet.Data.Files;

namespace NanoDet.Data.Labels.Coco;

/// <summary>
/// Writes COCO JSON in one canonical form, so that equal labels are equal bytes: keys sorted, LF, one entry a line (which
/// also reads well in a diff), numbers rounded to six decimals and written as short as they can be, UTF-8 without a mark.
/// </summary>
public static class CocoWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file, whole or not at all.</summary>
    public static void Write(string path, CocoDocument document) => AtomicFile.Write(path, ToUtf8(document));

    /// <summary>The bytes of the file.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(CocoDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>(1024 + (document.Annotations.Length * 140));
        using var json = new Utf8JsonWriter(buffer, Options);
        buffer.Write("{\n\"annotations\":["u8);
        WriteLines(buffer, json, document.Annotations.AsSpan(), WriteAnnotation);
        buffer.Write("],\n\"categories\":["u8);
        WriteLines(buffer, json, document.Categories.AsSpan(), WriteCategory);
        buffer.Write("],\n\"images\":["u8);
        WriteLines(buffer, json, document.Images.AsSpan(), WriteImage);
        buffer.Write("]\n}\n"u8);
        return buffer.WrittenMemory;
    }

    private static void WriteLines<T>(ArrayBufferWriter<byte> buffer, Utf8JsonWriter json, ReadOnlySpan<T> entries, Action<Utf8JsonWriter, T> write)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            buffer.Write(i == 0 ? "\n"u8 : ",\n"u8);
            json.Reset(buffer);
            json.WriteStartObject();
            write(json, entries[i]);
            json.WriteEndObject();
            json.Flush();
        }

        buffer.Write("\n"u8);
    }

    private static void WriteAnnotation(Utf8JsonWriter json, CocoAnnotation annotation)
    {
        json.WritePropertyName("area"u8);
        WriteNumber(json, annotation.Area ?? (annotation.Width * annotation.Height));
        json.WriteStartArray("bbox"u8);
        WriteNumber(json, annotation.X);
        WriteNumber(json, annotation.Y);
        WriteNumber(json, annotation.Width);
        WriteNumber(json, annotation.Height);
        json.WriteEndArray();
        json.WriteNumber("category_id"u8, annotation.CategoryId);
        json.WriteNumber("id"u8, annotation.Id);
        if (annotation.Ignore)
        {
            json.WriteNumber("ignore"u8, 1);
        }

        json.WriteNumber("image_id"u8, annotation.ImageId);
        json.WriteNumber("iscrowd"u8, annotation.Crowd ? 1 : 0);

        // Many readers index it without asking whether it is there.
        json.WriteStartArray("segmentation"u8);
        json.WriteEndArray();
    }

    private static void WriteCategory(Utf8JsonWriter json, CocoCategory category)
    {
        json.WriteNumber("id"u8, category.Id);
        json.WriteString("name"u8, category.Name);
    }

    private static void WriteImage(Utf8JsonWriter json, CocoImage image)
    {
        json.WriteString("file_name"u8, image.FileName);
        if (image.Height is { } height)
        {
            json.WriteNumber("height"u8, height);
        }

        json.WriteNumber("id"u8, image.Id);
        if (image.Width is { } width)
        {
            json.WriteNumber("width"u8, width);
        }
    }

    // Most are whole, and those are written several times as fast as integers; their digits are the same.
    private static void WriteNumber(Utf8JsonWriter json, double value)
    {
        const double LargestExact = 1L << 49;
        var rounded = Math.Round(value, 6);
        if (Math.Abs(rounded) < LargestExact && rounded == Math.Truncate(rounded))
        {
            json.WriteNumberValue((long)rounded);
        }
        else
        {
            json.WriteNumberValue(rounded);
        }
    }
}
