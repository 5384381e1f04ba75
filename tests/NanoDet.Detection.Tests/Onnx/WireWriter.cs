using System.Text;

namespace NanoDet.Detection.Tests.Onnx;

/// <summary>Writes ONNX files field by field, right ones and wrong ones. Field numbers are those of onnx.proto.</summary>
internal sealed class WireWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] ToBytes() => [.. _bytes];

    public WireWriter Number(int field, long value)
    {
        Varint((uint)field << 3);
        Varint((ulong)value);
        return this;
    }

    public WireWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public WireWriter Message(int field, WireWriter message) => Bytes(field, message.ToBytes());

    public WireWriter Bytes(int field, byte[] value)
    {
        Varint(((uint)field << 3) | 2);
        Varint((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    public WireWriter Node(string operation, string[] inputs, string[] outputs, params WireWriter[] attributes)
    {
        var node = new WireWriter().Text(4, operation).Text(3, outputs[0]);
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        foreach (var output in outputs)
        {
            node.Text(2, output);
        }

        foreach (var attribute in attributes)
        {
            node.Message(5, attribute);
        }

        return Message(1, node);
    }

    public static WireWriter Int(string name, long value) => new WireWriter().Text(1, name).Number(3, value).Number(20, 2);

    public static WireWriter Ints(string name, params long[] values)
    {
        var attribute = new WireWriter().Text(1, name).Number(20, 7);
        Array.ForEach(values, value => attribute.Number(8, value));
        return attribute;
    }

    public WireWriter Weight(string name, long[] shape, float[] values)
        => Message(5, Tensor(name, shape, 1).Bytes(9, [.. values.SelectMany(BitConverter.GetBytes)]));

    public WireWriter Weight(string name, long[] shape, long[] values)
        => Message(5, Tensor(name, shape, 7).Bytes(9, [.. values.SelectMany(BitConverter.GetBytes)]));

    public static WireWriter Tensor(string name, long[] shape, int type)
    {
        var tensor = new WireWriter().Number(2, type).Text(8, name);
        Array.ForEach(shape, side => tensor.Number(1, side));
        return tensor;
    }

    public WireWriter Input(string name, params long[] shape) => Message(11, Value(name, shape, 1));

    public WireWriter Output(string name, params long[] shape) => Message(12, Value(name, shape, 1));

    public static WireWriter Value(string name, long[] shape, int type)
    {
        var sides = new WireWriter();
        foreach (var side in shape)
        {
            sides.Message(1, side < 0 ? new WireWriter().Text(2, "open") : new WireWriter().Number(1, side));
        }

        return new WireWriter().Text(1, name)
            .Message(2, new WireWriter().Message(1, new WireWriter().Number(1, type).Message(2, sides)));
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
    }
}
