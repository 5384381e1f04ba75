using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using NanoDet.Data.Models;

namespace NanoDet.Tool.Tests;

/// <summary>
/// A model that sees the same in every picture, written byte by byte as an ONNX file: an object of the given class and score
/// from a quarter to three quarters of the width and of the height. Quick, tiny, and all of the tool runs on it.
/// </summary>
internal static class FixedModel
{
    private const int Side = 64;
    private const int Rows = 64 + 16 + 4 + 1;
    private const int Bins = 8;

    /// <summary>Writes the model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classes">The class names.</param>
    /// <param name="scores">Score of the object as each of the classes.</param>
    public static string Write(string path, ImmutableArray<string> classes, params float[] scores)
    {
        var columns = classes.Length + (4 * Bins);
        var output = new float[Rows * columns];

        // The prediction in the middle, at stride 8: column 4 of row 4, two strides to each side.
        var middle = output.AsSpan(((4 * 8) + 4) * columns, columns);
        scores.CopyTo(middle);
        for (var side = 0; side < 4; side++)
        {
            middle[classes.Length + (side * Bins) + 2] = 40;
        }

        var raw = new byte[output.Length * sizeof(float)];
        for (var i = 0; i < output.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), output[i]);
        }

        byte[] tensor = [.. Varint(1, 1), .. Varint(1, Rows), .. Varint(1, columns), .. Varint(2, 1), .. Text(8, "predictions"), .. Bytes(9, raw)];
        byte[] node = [.. Text(1, "predictions"), .. Text(2, "output"), .. Text(4, "Identity")];
        byte[] graph = [
            .. Bytes(1, node), .. Text(2, "fixed"), .. Bytes(5, tensor),
            .. Bytes(11, Value("data", 1, 3, Side, Side)), .. Bytes(12, Value("output", 1, Rows, columns))];
        var metadata = new ModelMetadata
        {
            Classes = classes,
            InputWidth = Side,
            InputHeight = Side,
            Strides = [8, 16, 32, 64],
            RegMax = Bins - 1,
            CentredPriors = false,
            KeepRatio = false,
            Version = "1.2.3",
        };
        var properties = ModelMetadataProperties.Write(metadata).SelectMany(pair => Bytes(14, [.. Text(1, pair.Key), .. Text(2, pair.Value)]));
        File.WriteAllBytes(path, [.. Varint(1, 8), .. Bytes(8, Varint(2, 13)), .. Bytes(7, graph), .. properties]);
        return path;
    }

    private static byte[] Value(string name, params int[] shape)
    {
        byte[] dimensions = [.. shape.SelectMany(size => Bytes(1, Varint(1, size)))];
        byte[] type = [.. Bytes(1, [.. Varint(1, 1), .. Bytes(2, dimensions)])];
        return [.. Text(1, name), .. Bytes(2, type)];
    }

    private static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(int field, byte[] content) => [.. Number(((uint)field << 3) | 2), .. Number((uint)content.Length), .. content];

    private static byte[] Varint(int field, int value) => [.. Number((uint)field << 3), .. Number((uint)value)];

    private static IEnumerable<byte> Number(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
