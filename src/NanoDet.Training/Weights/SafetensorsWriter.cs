using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using NanoDet.Data.Files;

namespace NanoDet.Training.Weights;

/// <summary>
/// Writes the safetensors layout. The same tensors and texts always give the same bytes: both are ordered by name, and the file contains
/// nothing else.
/// </summary>
public static class SafetensorsWriter
{
    /// <summary>The alignment of tensors in the file, so that a reader can map them.</summary>
    private const int Alignment = 8;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file atomically.</summary>
    public static void Write(string path, WeightSet weights) => AtomicFile.Write(path, stream => Write(stream, weights));

    /// <summary>Writes into a stream.</summary>
    public static void Write(Stream stream, WeightSet weights)
    {
        // Wide numbers first, so that every tensor is aligned without gaps, which the format forbids.
        var tensors = weights.Tensors
            .OrderByDescending(tensor => WeightTensor.SizeOf(tensor.Value.Type)).ThenBy(tensor => tensor.Key, StringComparer.Ordinal).ToArray();
        var header = Header(tensors, weights.Metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in tensors)
        {
            stream.Write(tensor.Data.Span);
        }
    }

    private static byte[] Header(KeyValuePair<string, WeightTensor>[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long offset = 0;
            foreach (var (name, tensor) in tensors)
            {
                WriteTensor(json, name, tensor, offset);
                offset += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count > 0)
        {
            json.WriteStartObject("__metadata__");
            foreach (var (key, text) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, text);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, WeightTensor tensor, long offset)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", TypeName(tensor.Type));
        json.WriteStartArray("shape");
        foreach (var dimension in tensor.Shape)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string TypeName(ElementType type) => type switch
    {
        ElementType.Bool => "BOOL",
        ElementType.UInt8 => "U8",
        ElementType.Int8 => "I8",
        ElementType.Int16 => "I16",
        ElementType.Int32 => "I32",
        ElementType.Int64 => "I64",
        ElementType.Float16 => "F16",
        ElementType.BFloat16 => "BF16",
        ElementType.Float32 => "F32",
        _ => "F64",
    };
}
