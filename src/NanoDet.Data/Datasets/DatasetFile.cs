using System.Buffers;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;

namespace NanoDet.Data.Datasets;

/// <summary>
/// A <see cref="Dataset"/> as <c>dataset.json</c>, which the plan writes and every later stage reads. It is canonical: the same data
/// set gives the same bytes. It has one image per line; an object is <c>[label,left,top,right,bottom]</c> followed, if it is not
/// a plain object, by its flags (1 ignored, 2 crowd, 4 difficult, 8 truncated) and its area.
/// </summary>
public static class DatasetFile
{
    private const int Version = 1;
    private const int UsualImage = 192;
    private const int UsualObject = 32;
    private const long LargestFile = 1L << 30;

    /// <summary>The bytes of the file.</summary>
    public static ReadOnlyMemory<byte> ToJson(Dataset dataset)
    {
        var content = new ArrayBufferWriter<byte>((dataset.Images.Length * UsualImage) + (dataset.Images.Sum(image => image.Objects.Length) * UsualObject) + UsualImage);
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
        return content.WrittenMemory;
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="NanoDetException">NDB9051 if it cannot be read, NDB9053 if it is not a data set file.</exception>
    public static Dataset Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw new FormatException("it is larger than 1 GiB");
            }

            return new DatasetReader(RegularFile.ReadAllBytes(path)).Read(Version);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(FolderDiagnostics.NotAccessible(exception.Message), exception);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new NanoDetException(FolderDiagnostics.IntermediateDamaged(path, exception.Message), exception);
        }
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
}
