using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Geometry;
using NanoDet.Data.Splitting;

namespace NanoDet.Data.Datasets;

/// <summary>
/// A <see cref="Dataset"/> as <c>dataset.json</c>, which the plan writes and every later stage reads. Canonical: the same data
/// set gives the same bytes, one image a line, an object as <c>[label,left,top,right,bottom]</c> followed, where it differs from
/// a plain one, by its flags (1 ignored, 2 crowd, 4 difficult, 8 truncated) and its area.
/// </summary>
public static class DatasetFile
{
    private const int Version = 1;
    private const long LargestFile = 1L << 30;

    /// <summary>The bytes of the file.</summary>
    public static ReadOnlyMemory<byte> ToJson(Dataset dataset)
    {
        using var content = new MemoryStream(dataset.Images.Length * 256);
        using var writer = new Utf8JsonWriter(content, CanonicalJson.Line);
        content.Write("{\"version\":1,\n\"classes\":"u8);
        writer.WriteStartArray();
        foreach (var name in dataset.Classes)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        writer.Flush();
        content.Write(",\n\"images\":["u8);
        for (var i = 0; i < dataset.Images.Length; i++)
        {
            content.Write(i == 0 ? "\n"u8 : ",\n"u8);
            writer.Reset();
            Write(writer, dataset.Images[i]);
            writer.Flush();
        }

        content.Write("\n]}\n"u8);
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="DiagnosticException">NDB9051 where it cannot be read, NDB9053 where it is no such file.</exception>
    public static Dataset Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw new FormatException("it is larger than 1 GiB");
            }

            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(FolderDiagnostics.NotAccessible(exception.Message), exception);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new DiagnosticException(FolderDiagnostics.IntermediateDamaged(path, exception.Message), exception);
        }
    }

    private static Dataset Parse(byte[] content)
    {
        using var document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = 8 });
        var root = document.RootElement;
        if (root.GetProperty("version").GetInt32() != Version)
        {
            throw new FormatException("its version is not known");
        }

        ImmutableArray<string> classes = [.. root.GetProperty("classes").EnumerateArray().Select(name => name.GetString()!)];
        var images = ImmutableArray.CreateBuilder<DatasetImage>(root.GetProperty("images").GetArrayLength());
        foreach (var image in root.GetProperty("images").EnumerateArray())
        {
            images.Add(ReadImage(image, classes.Length));
        }

        return new Dataset(classes, images.MoveToImmutable());
    }

    private static void Write(Utf8JsonWriter writer, DatasetImage image)
    {
        writer.WriteStartObject();
        writer.WriteString("path"u8, image.Path);
        writer.WriteString("sha256"u8, image.ContentHash);
        writer.WriteNumber("width"u8, image.Width);
        writer.WriteNumber("height"u8, image.Height);
        writer.WriteString("part"u8, PartNames.Of(image.Part));
        if (image.Orientation != 1)
        {
            writer.WriteNumber("orientation"u8, image.Orientation);
        }

        if (image.Weight != 1)
        {
            writer.WriteNumber("weight"u8, image.Weight);
        }

        writer.WriteStartArray("objects"u8);
        foreach (var item in image.Objects)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(item.Label);
            writer.WriteNumberValue(item.Box.Left);
            writer.WriteNumberValue(item.Box.Top);
            writer.WriteNumberValue(item.Box.Right);
            writer.WriteNumberValue(item.Box.Bottom);
            var flags = (item.Ignored ? 1 : 0) + (item.Crowd ? 2 : 0) + (item.Difficult ? 4 : 0) + (item.Truncated ? 8 : 0);
            if (flags != 0 || item.Area is not null)
            {
                writer.WriteNumberValue(flags);
            }

            if (item.Area is { } area)
            {
                writer.WriteNumberValue(area);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static DatasetImage ReadImage(JsonElement image, int classes)
    {
        var objects = ImmutableArray.CreateBuilder<DatasetObject>(image.GetProperty("objects").GetArrayLength());
        foreach (var item in image.GetProperty("objects").EnumerateArray())
        {
            var label = item[0].GetInt32();
            var flags = item.GetArrayLength() > 5 ? item[5].GetInt32() : 0;
            if (label < 0 || label >= classes)
            {
                throw new FormatException($"label {label} has no class");
            }

            objects.Add(new DatasetObject(label, new BoundingBox(item[1].GetDouble(), item[2].GetDouble(), item[3].GetDouble(), item[4].GetDouble()))
            {
                Ignored = (flags & 1) != 0,
                Crowd = (flags & 2) != 0,
                Difficult = (flags & 4) != 0,
                Truncated = (flags & 8) != 0,
                Area = item.GetArrayLength() > 6 ? item[6].GetDouble() : null,
            });
        }

        return new DatasetImage(
            image.GetProperty("path").GetString()!,
            image.GetProperty("sha256").GetString()!,
            image.GetProperty("width").GetInt32(),
            image.GetProperty("height").GetInt32(),
            PartNames.Parse(image.GetProperty("part").GetString()),
            objects.MoveToImmutable())
        {
            Orientation = image.TryGetProperty("orientation"u8, out var orientation) ? orientation.GetInt32() : 1,
            Weight = image.TryGetProperty("weight"u8, out var weight) ? weight.GetDouble() : 1,
        };
    }
}
