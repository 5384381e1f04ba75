using System.Buffers.Binary;
using System.Text;
using NanoDet.Core.Models;

namespace NanoDet.Tool.Tests;

/// <summary>Parts of an ONNX file as bytes; field numbers are those of onnx.proto.</summary>
internal static class OnnxBytes
{
    /// <summary>A whole file.</summary>
    public static byte[] Model(byte[] graph, ModelMetadata metadata)
    {
        var properties = ModelMetadataProperties.Write(metadata).SelectMany(pair => Bytes(14, [.. Text(1, pair.Key), .. Text(2, pair.Value)]));
        return [.. Varint(1, 8), .. Bytes(8, Varint(2, 13)), .. Bytes(7, graph), .. properties];
    }

    /// <summary>A node of a graph.</summary>
    public static byte[] Node(string operation, string[] inputs, string output, params byte[][] attributes)
        => Bytes(1, [.. inputs.SelectMany(input => Text(1, input)), .. Text(2, output), .. Text(4, operation), .. attributes.SelectMany(attribute => Bytes(5, attribute))]);

    /// <summary>An attribute that is one number.</summary>
    public static byte[] Number(string name, int value) => [.. Text(1, name), .. Varint(3, value), .. Varint(20, 2)];

    /// <summary>An attribute that is several numbers.</summary>
    public static byte[] Numbers(string name, params int[] values) => [.. Text(1, name), .. values.SelectMany(value => Varint(8, value)), .. Varint(20, 7)];

    /// <summary>A weight of a graph.</summary>
    public static byte[] Weight(string name, int[] shape, float[] values)
    {
        var raw = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), values[i]);
        }

        return Tensor(name, shape, 1, raw);
    }

    /// <summary>A weight of whole numbers.</summary>
    public static byte[] Weight(string name, int[] shape, long[] values)
    {
        var raw = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(i * sizeof(long)), values[i]);
        }

        return Tensor(name, shape, 7, raw);
    }

    /// <summary>An input of a graph.</summary>
    public static byte[] Input(string name, params int[] shape) => Bytes(11, Value(name, shape));

    /// <summary>An output of a graph.</summary>
    public static byte[] Output(string name, params int[] shape) => Bytes(12, Value(name, shape));

    /// <summary>A text, such as a graph's name (field 2).</summary>
    public static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Tensor(string name, int[] shape, int type, byte[] raw)
        => Bytes(5, [.. shape.SelectMany(side => Varint(1, side)), .. Varint(2, type), .. Text(8, name), .. Bytes(9, raw)]);

    private static byte[] Value(string name, int[] shape)
    {
        byte[] sides = [.. shape.SelectMany(side => Bytes(1, Varint(1, side)))];
        byte[] type = [.. Bytes(1, [.. Varint(1, 1), .. Bytes(2, sides)])];
        return [.. Text(1, name), .. Bytes(2, type)];
    }

    private static byte[] Bytes(int field, byte[] content) => [.. Digits(((uint)field << 3) | 2), .. Digits((uint)content.Length), .. content];

    private static byte[] Varint(int field, int value) => [.. Digits((uint)field << 3), .. Digits((uint)value)];

    private static IEnumerable<byte> Digits(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
