using System.Buffers.Binary;
using Google.Protobuf;
using NanoDet.Training.Export.Schema;
using DataType = NanoDet.Training.Export.Schema.TensorProto.Types.DataType;

namespace NanoDet.Training.Export;

// Converts the graph so far to 16-bit numbers.
internal sealed partial class OnnxGraph
{
    private const float LargestHalf = 65504;

    /// <summary>Converts everything written so far to 16 bits; inputs and the result keep 32 bits.</summary>
    /// <param name="result">The result.</param>
    public void HalvePrecision(string result)
    {
        // The factors of Resize always have 32 bits.
        var factors = _graph.Node.Where(node => node.OpType == "Resize").SelectMany(node => node.Input.Skip(1)).ToHashSet(StringComparer.Ordinal);
        foreach (var tensor in _graph.Initializer.Where(tensor => tensor.DataType == (int)DataType.Float && !factors.Contains(tensor.Name)))
        {
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(Halve(tensor.RawData.Span));
            tensor.DataType = (int)DataType.Float16;
        }

        foreach (var (i, input) in _graph.Input.Index())
        {
            var half = Rename(input.Name);
            _graph.Node.Insert(i, Cast(input.Name, half, DataType.Float16));
        }

        var halfResult = Rename(result);
        var producer = _graph.Node.Single(node => node.Output.Contains(result));
        producer.Output[producer.Output.IndexOf(result)] = halfResult;
        _graph.Node.Add(Cast(halfResult, result, DataType.Float));
    }

    private static NodeProto Cast(string from, string to, DataType type)
    {
        var node = new NodeProto { OpType = "Cast", Name = $"{from}.cast" };
        node.Input.Add(from);
        node.Output.Add(to);
        node.Attribute.Add(Number("to", (long)type));
        return node;
    }

    /// <summary>Replaces a value with a value of another name in the inputs of all nodes.</summary>
    private string Rename(string name)
    {
        var half = $"{name}.half";
        Declare(half);
        foreach (var inputs in _graph.Node.Select(node => node.Input))
        {
            for (var i = 0; i < inputs.Count; i++)
            {
                inputs[i] = inputs[i] == name ? half : inputs[i];
            }
        }

        return half;
    }

    private static byte[] Halve(ReadOnlySpan<byte> singles)
    {
        var halves = new byte[singles.Length / 2];
        for (var i = 0; i < singles.Length / sizeof(float); i++)
        {
            var value = BinaryPrimitives.ReadSingleLittleEndian(singles[(i * sizeof(float))..]);
            BinaryPrimitives.WriteHalfLittleEndian(halves.AsSpan(i * 2), (Half)Math.Clamp(value, -LargestHalf, LargestHalf));
        }

        return halves;
    }
}
