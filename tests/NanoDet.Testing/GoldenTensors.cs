using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NanoDet.Testing;

/// <summary>Reads the float tensors of a reference <c>.safetensors</c> file; apart from the product's reader, so that the two are independent.</summary>
public sealed class GoldenTensors
{
    private readonly byte[] _file;
    private readonly JsonElement _header;
    private readonly int _dataStart;

    /// <summary>Reads a file.</summary>
    public GoldenTensors(string path)
    {
        _file = File.ReadAllBytes(path);
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(_file);
        _dataStart = 8 + headerLength;
        _header = JsonDocument.Parse(_file.AsMemory(8, headerLength)).RootElement;
    }

    /// <summary>The names in the file.</summary>
    public IEnumerable<string> Names => _header.EnumerateObject().Select(entry => entry.Name).Where(name => name != "__metadata__");

    /// <summary>One tensor's numbers, flat.</summary>
    public float[] this[string name]
    {
        get
        {
            var entry = _header.GetProperty(name);
            Xunit.Assert.Equal("F32", entry.GetProperty("dtype").GetString());
            var offsets = entry.GetProperty("data_offsets");
            return MemoryMarshal.Cast<byte, float>(_file.AsSpan((_dataStart + offsets[0].GetInt32())..(_dataStart + offsets[1].GetInt32()))).ToArray();
        }
    }

    /// <summary>One tensor's shape.</summary>
    public int[] Shape(string name) => [.. _header.GetProperty(name).GetProperty("shape").EnumerateArray().Select(side => side.GetInt32())];
}
