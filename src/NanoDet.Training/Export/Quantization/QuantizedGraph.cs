using System.Buffers.Binary;
using Google.Protobuf;
using NanoDet.Training.Export.Schema;
using DataType = NanoDet.Training.Export.Schema.TensorProto.Types.DataType;

namespace NanoDet.Training.Export.Quantization;

/// <summary>Rewrites a graph so that it computes with 8 bits.</summary>
internal sealed class QuantizedGraph
{
    // The first operator set in which DequantizeLinear has a scale for each channel, and the format that goes with it.
    private const int OperatorSet = 13;
    private const int IrVersion = 7;

    // Leaves room in 32 bits for the products.
    private const float LargestBias = 1 << 30;

    private readonly ModelProto _model;
    private readonly QuantizableGraph _parts;
    private readonly IReadOnlyDictionary<string, ActivationRange> _ranges;
    private readonly IReadOnlySet<string> _kept;
    private readonly IReadOnlyDictionary<string, ChannelMeans>? _means;
    private readonly Dictionary<string, TensorProto> _constants;
    private readonly Dictionary<string, (string Scale, string Zero)> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _dequantized = new(StringComparer.Ordinal);
    private int _names;

    /// <summary>Takes the model, which is changed.</summary>
    public QuantizedGraph(
        ModelProto model,
        QuantizableGraph parts,
        IReadOnlyDictionary<string, ActivationRange> ranges,
        IReadOnlySet<string> kept,
        IReadOnlyDictionary<string, ChannelMeans>? means)
    {
        (_model, _parts, _ranges, _kept, _means) = (model, parts, ranges, kept, means);
        _constants = model.Graph.Initializer.ToDictionary(tensor => tensor.Name);
    }

    /// <summary>Rewrites.</summary>
    public void Write()
    {
        var graph = _model.Graph;
        var nodes = graph.Node.ToList();
        var quantized = _parts.Tensors.ToHashSet(StringComparer.Ordinal);
        graph.Node.Clear();
        foreach (var input in graph.Input.Select(input => input.Name).Where(quantized.Contains))
        {
            Pair(input);
        }

        foreach (var node in nodes)
        {
            if (node.OpType == "Conv" && !_kept.Contains(node.Name))
            {
                Weights(node);
            }

            for (var i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = _dequantized.GetValueOrDefault(node.Input[i], node.Input[i]);
            }

            graph.Node.Add(node);
            foreach (var output in node.Output.Where(quantized.Contains).ToList())
            {
                Pair(output);
            }
        }

        Upgrade();
    }

    // Short, because there are hundreds, which would take a tenth of the file.
    private string NewName() => FormattableString.Invariant($"q/{_names++}");

    private static NodeProto Node(string operation, string output, params ReadOnlySpan<string> inputs)
    {
        var node = new NodeProto { OpType = operation };
        foreach (var input in inputs)
        {
            node.Input.Add(input);
        }

        node.Output.Add(output);
        return node;
    }

    private void Pair(string tensor)
    {
        var root = _parts.Root(tensor);
        if (!_steps.TryGetValue(root, out var steps))
        {
            var range = _ranges[root];
            steps = _steps[root] = (Constant(DataType.Float, [], Bytes([range.Scale])), Constant(DataType.Uint8, [], [range.Zero]));
        }

        var (quantized, dequantized) = (NewName(), NewName());
        _model.Graph.Node.Add(Node("QuantizeLinear", quantized, tensor, steps.Scale, steps.Zero));
        _model.Graph.Node.Add(Node("DequantizeLinear", dequantized, quantized, steps.Scale, steps.Zero));
        _dequantized[tensor] = dequantized;
    }

    private void Weights(NodeProto node)
    {
        var (weight, bias) = (_constants[node.Input[1]], _constants[node.Input[2]]);
        var input = _ranges[_parts.Root(node.Input[0])].Scale;
        var offsets = ChannelWeights.Singles(bias);

        // The bias has the scale of the sums, and must fit into them: beside a far larger one, the weights do not matter.
        var weights = new ChannelWeights(weight, [.. offsets.Select(value => Math.Abs(value) / input / LargestBias)]);
        if (_means?.GetValueOrDefault(node.Input[0]) is { } means)
        {
            weights.Center(offsets, weight, means);
        }

        var sums = new byte[weights.Scales.Length * sizeof(int)];
        var sumScales = new float[weights.Scales.Length];
        foreach (var (i, value) in offsets.Index())
        {
            sumScales[i] = input * weights.Scales[i];
            BinaryPrimitives.WriteInt32LittleEndian(sums.AsSpan(i * sizeof(int)), (int)Math.Round(value / (double)sumScales[i]));
        }

        Replace(weight, DataType.Int8, weights.Values);
        Replace(bias, DataType.Int32, sums);
        node.Input[1] = Channels(weight.Name, weights.Scales, DataType.Int8, new byte[weights.Scales.Length]);
        node.Input[2] = Channels(bias.Name, sumScales, DataType.Int32, null);
    }

    private string Channels(string tensor, float[] scales, DataType type, byte[]? zeros)
    {
        var name = NewName();
        var node = Node("DequantizeLinear", name, tensor, Constant(DataType.Float, [scales.Length], Bytes(scales)));
        if (zeros is not null)
        {
            node.Input.Add(Constant(type, [zeros.Length], zeros));
        }

        node.Attribute.Add(OnnxGraph.Number("axis", 0));
        _model.Graph.Node.Add(node);
        return name;
    }

    // Since operator set 13 the sizes of Split's parts are an input.
    private void Upgrade()
    {
        foreach (var node in _model.Graph.Node.Where(node => node.OpType == "Split"))
        {
            var sizes = node.Attribute.Single(attribute => attribute.Name == "split");
            node.Attribute.Remove(sizes);
            var bytes = new byte[sizes.Ints.Count * sizeof(long)];
            for (var i = 0; i < sizes.Ints.Count; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), sizes.Ints[i]);
            }

            node.Input.Add(Constant(DataType.Int64, [sizes.Ints.Count], bytes));
        }

        _model.IrVersion = IrVersion;
        _model.OpsetImport.Single().Version = OperatorSet;
    }

    private static byte[] Bytes(ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return bytes;
    }

    private static void Replace(TensorProto tensor, DataType type, byte[] bytes)
        => (tensor.DataType, tensor.RawData) = ((int)type, UnsafeByteOperations.UnsafeWrap(bytes));

    private string Constant(DataType type, ReadOnlySpan<long> shape, byte[] bytes)
    {
        var name = NewName();
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        foreach (var side in shape)
        {
            tensor.Dims.Add(side);
        }

        _model.Graph.Initializer.Add(tensor);
        return name;
    }
}
