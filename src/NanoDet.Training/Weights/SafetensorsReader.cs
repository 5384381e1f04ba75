using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace NanoDet.Training.Weights;

/// <summary>
/// Reads the safetensors layout: the header's length (8 bytes, little-endian), a JSON header, the data. As strict as the
/// format's own reader: no gaps, no overlaps, no unused bytes.
/// </summary>
public static class SafetensorsReader
{
    private const int LengthBytes = 8;

    /// <summary>The limit of the format for the header.</summary>
    private const int LargestHeader = 100_000_000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <summary>Reads a file in memory.</summary>
    /// <param name="content">Its bytes; the tensors refer to them.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static WeightSet Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            return ReadUnguarded(content);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("its header is not a table of tensors", exception);
        }
    }

    private static WeightSet ReadUnguarded(ReadOnlyMemory<byte> content)
    {
        var headerLength = content.Length < LengthBytes ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(content.Span);
        if (headerLength is 0 or > LargestHeader || headerLength > (ulong)(content.Length - LengthBytes))
        {
            throw new InvalidDataException($"its header cannot have {headerLength} bytes");
        }

        using var header = JsonDocument.Parse(content.Slice(LengthBytes, (int)headerLength), Options);
        var data = content[(LengthBytes + (int)headerLength)..];
        var metadata = new Dictionary<string, string>();
        var tensors = new List<(string Name, long Begin, long End, WeightTensor Tensor)>();
        foreach (var entry in header.RootElement.EnumerateObject())
        {
            if (entry.NameEquals("__metadata__"))
            {
                metadata = entry.Value.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!);
            }
            else
            {
                tensors.Add(ReadTensor(entry, data));
            }
        }

        RequireWithoutGaps(tensors.Select(tensor => (tensor.Begin, tensor.End)), data.Length);
        return new WeightSet(new(tensors.Select(tensor => KeyValuePair.Create(tensor.Name, tensor.Tensor))), metadata);
    }

    private static (string Name, long Begin, long End, WeightTensor Tensor) ReadTensor(JsonProperty entry, ReadOnlyMemory<byte> data)
    {
        var type = Type(Member(entry, "dtype").GetString());
        var shape = Member(entry, "shape").EnumerateArray().Select(dimension => dimension.GetInt64()).ToImmutableArray();
        var offsets = Member(entry, "data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        if (offsets is not [var begin, var end] || begin < 0 || end < begin || end > data.Length)
        {
            throw new InvalidDataException($"the data of '{entry.Name}' lies outside the file");
        }

        if (WeightTensor.ByteCount(type, shape.AsSpan()) != end - begin)
        {
            throw new InvalidDataException($"the shape of '{entry.Name}' does not fit its {end - begin} bytes");
        }

        return (entry.Name, begin, end, new WeightTensor(type, shape, data[(int)begin..(int)end]));
    }

    private static JsonElement Member(JsonProperty entry, string name)
        => entry.Value.TryGetProperty(name, out var member) ? member : throw new InvalidDataException($"'{entry.Name}' has no {name}");

    private static void RequireWithoutGaps(IEnumerable<(long Begin, long End)> ranges, long length)
    {
        long reached = 0;
        foreach (var (begin, end) in ranges.Order())
        {
            if (begin != reached)
            {
                throw new InvalidDataException($"the data has a gap or an overlap at byte {begin}");
            }

            reached = end;
        }

        if (reached != length)
        {
            throw new InvalidDataException($"the tensors end at byte {reached} of {length}");
        }
    }

    private static ElementType Type(string? name) => name switch
    {
        "BOOL" => ElementType.Bool,
        "U8" => ElementType.UInt8,
        "I8" => ElementType.Int8,
        "I16" => ElementType.Int16,
        "I32" => ElementType.Int32,
        "I64" => ElementType.Int64,
        "F16" => ElementType.Float16,
        "BF16" => ElementType.BFloat16,
        "F32" => ElementType.Float32,
        "F64" => ElementType.Float64,
        _ => throw new InvalidDataException($"the type '{name}' is not supported"),
    };
}
