using System.Runtime.InteropServices;
using NanoDet.Training.Export.Schema;
using DataType = NanoDet.Training.Export.Schema.TensorProto.Types.DataType;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>The constants of an ONNX file, and the whole numbers that its nodes compute from sizes; an export that was not simplified computes many.</summary>
/// <param name="graph">The graph.</param>
internal sealed class OnnxConstants(GraphProto graph)
{
    private const int MostNumbers = 64;

    private readonly Dictionary<string, TensorProto> _tensors = graph.Initializer.GroupBy(tensor => tensor.Name, StringComparer.Ordinal)
        .ToDictionary(tensors => tensors.Key, tensors => tensors.Last(), StringComparer.Ordinal);

    private readonly Dictionary<string, long?[]> _computed = new(StringComparer.Ordinal);

    /// <summary>Whether a value is a constant, or is computed from sizes alone.</summary>
    public bool Has(string value) => _tensors.ContainsKey(value) || _computed.ContainsKey(value);

    /// <summary>A constant; null if it is none.</summary>
    public TensorProto? Tensor(string value) => _tensors.GetValueOrDefault(value);

    /// <summary>A short constant of floating-point numbers; null for anything else.</summary>
    public float[]? Singles(string value)
    {
        if (Tensor(value) is not { } tensor)
        {
            return null;
        }

        float[]? numbers = (DataType)tensor.DataType switch
        {
            DataType.Float when tensor.FloatData.Count > 0 => tensor.FloatData.Count <= MostNumbers ? [.. tensor.FloatData] : null,
            DataType.Float when tensor.RawData.Length <= MostNumbers * sizeof(float) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray(),
            DataType.Float16 when tensor.RawData.Length <= MostNumbers * 2 => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(tensor.RawData.Span).ToArray(), number => (float)number),
            _ => null,
        };
        return numbers;
    }

    /// <summary>A short list of whole numbers, each null if it is not known; null for anything else.</summary>
    public long?[]? Numbers(string value) => _computed.TryGetValue(value, out var numbers) ? numbers
        : Tensor(value) is not { DataType: (int)DataType.Int64 } tensor ? null
        : tensor.Int64Data.Count > 0 ? tensor.Int64Data.Count <= MostNumbers ? [.. tensor.Int64Data.Select(number => (long?)number)] : null
        : tensor.RawData.Length <= MostNumbers * sizeof(long) ? [.. MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray().Select(number => (long?)number)] : null;

    /// <summary>Takes a node that gives a constant, or computes with sizes.</summary>
    /// <param name="node">The node.</param>
    /// <param name="channels">The number of channels of a value; null if it is not known.</param>
    /// <returns>Whether it is such a node.</returns>
    public bool Take(NodeProto node, Func<string, long?> channels)
    {
        if (node.Output is not [var output])
        {
            return false;
        }

        if (Constant(node) is { } constant)
        {
            _tensors[output] = constant;
            return true;
        }

        if (node is { OpType: "Shape", Input: [var map] })
        {
            // Only maps are asked for their sizes: [batch, channels, height, width].
            _computed[output] = [null, channels(map), null, null];
            return true;
        }

        if (node.Input.Count == 0 || !node.Input.All(Has))
        {
            return false;
        }

        _computed[output] = Compute(node, [.. node.Input.Select(input => Numbers(input) ?? [])]) is { Length: <= MostNumbers } result ? result : [];
        return true;
    }

    private TensorProto? Constant(NodeProto node) => node switch
    {
        { OpType: "Constant" } => node.Attribute.FirstOrDefault(attribute => attribute.Name == "value")?.T,
        { OpType: "Cast" or "Identity", Input: [var copied] } => Tensor(copied),
        _ => null,
    };

    private static long?[] Compute(NodeProto node, long?[][] inputs) => (node.OpType, inputs) switch
    {
        ("Gather", [var numbers, [{ } at]]) when at >= -numbers.Length && at < numbers.Length => [numbers[at < 0 ? at + numbers.Length : at]],
        ("Slice", [var numbers, [{ } start], [{ } end], ..]) when start >= 0 && end >= start => [.. numbers.Skip((int)Math.Min(start, MostNumbers)).Take((int)Math.Min(end - start, MostNumbers))],
        ("Concat", _) => [.. inputs.SelectMany(numbers => numbers)],
        ("Unsqueeze" or "Squeeze" or "Cast" or "Identity" or "Floor", [var numbers, ..]) => numbers,
        ("Add", [[var a], [var b]]) => [a + b],
        ("Sub", [[var a], [var b]]) => [a - b],
        ("Mul", [[var a], [var b]]) => [a * b],
        ("Div", [[var a], [var b]]) => [b is 0 or -1 ? null : a / b],
        _ => [],
    };
}
