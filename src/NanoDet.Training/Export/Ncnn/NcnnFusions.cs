using System.Globalization;
using System.Runtime.InteropServices;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Export.Ncnn;

/// <summary>
/// Finds what the exporter writes with several nodes of ONNX, because its operator set has no single one, and ncnn computes with one
/// layer. No other node takes what the inner nodes make.
/// </summary>
internal sealed class NcnnFusions
{
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _constants;
    private readonly Dictionary<NodeProto, NcnnFusion> _last = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<NodeProto> _inner = new(ReferenceEqualityComparer.Instance);

    /// <summary>Finds them.</summary>
    /// <param name="graph">The graph of an export.</param>
    public NcnnFusions(GraphProto graph)
    {
        _constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var node in graph.Node)
        {
            foreach (var output in node.Output)
            {
                _producers[output] = node;
            }

            if ((Shuffle(node) ?? Gelu(node) ?? Normalization(node) ?? GroupNormalization(node) ?? Product(node)) is { } fusion)
            {
                _last[node] = fusion;
                _inner.UnionWith(fusion.Inner);
            }
        }
    }

    /// <summary>The layer that is written in the place of a node; null if the node is none of the last.</summary>
    public NcnnFusion? At(NodeProto node) => _last.GetValueOrDefault(node);

    /// <summary>Whether a node is part of a layer that is written in the place of a later one.</summary>
    public bool IsInner(NodeProto node) => _inner.Contains(node);

    private NcnnFusion? Shuffle(NodeProto node)
        => node.OpType == "Reshape" && Producer(node, "Transpose") is { } turn && turn.Attribute[0].Ints is [0, 2, 1, 3, 4] && Producer(turn, "Reshape") is { } halves
            ? new NcnnFusion("ShuffleChannel", halves.Input[0], [halves, turn], "0=2")
            : null;

    /// <summary>x / 2 (1 + erf(x / sqrt 2)).</summary>
    private NcnnFusion? Gelu(NodeProto node)
        => node is { OpType: "Mul", Input: [var left, var right] } && _producers.GetValueOrDefault(left) is { } half
            && _producers.GetValueOrDefault(right) is { OpType: "Add" } gate && Producer(gate, "Erf") is { } erf && Producer(erf, "Mul") is { } scaled
            ? new NcnnFusion("GELU", half.Input[0], [scaled, erf, half, gate], "0=0")
            : null;

    /// <summary>The normalisation of the last dimension, or of the channels of each pixel.</summary>
    private NcnnFusion? Normalization(NodeProto node)
    {
        if (node.OpType != "Add" || Producer(node, "Mul") is not { } scaled || Producer(scaled, "Div") is not { } normal || Producer(normal, "Sub") is not { } centred
            || _producers[normal.Input[1]] is not { OpType: "Sqrt" } deviation || Producer(deviation, "Add") is not { } raised
            || Producer(raised, "ReduceMean") is not { } variance || Producer(variance, "Mul") is not { } square)
        {
            return null;
        }

        var mean = _producers[centred.Input[1]];
        var weight = Values(scaled.Input[1]);
        return new NcnnFusion(
            "LayerNorm", centred.Input[0], [mean, centred, square, variance, raised, deviation, normal, scaled],
            string.Create(CultureInfo.InvariantCulture, $"0={weight.Length} 1={Values(raised.Input[1])[0]:R} 2=1"))
        {
            Numbers = [.. weight, .. Values(node.Input[1])],
            ChannelsInnermost = _constants[scaled.Input[1]].Dims.Count == 3,
        };
    }

    private NcnnFusion? GroupNormalization(NodeProto node)
    {
        if (node.OpType != "Add" || Producer(node, "Mul") is not { } scaled || Producer(scaled, "Reshape") is not { } maps
            || Producer(maps, "InstanceNormalization") is not { } normal || Producer(normal, "Reshape") is not { } groups)
        {
            return null;
        }

        var weight = Values(scaled.Input[1]);
        return new NcnnFusion(
            "GroupNorm", groups.Input[0], [groups, normal, maps, scaled],
            string.Create(CultureInfo.InvariantCulture, $"0={Values(normal.Input[1]).Length} 1={weight.Length} 2={normal.Attribute.Single(attribute => attribute.Name == "epsilon").F:R} 3=1"))
        {
            Numbers = [.. weight, .. Values(node.Input[1])],
        };
    }

    /// <summary>The product of each row with a matrix, and a bias.</summary>
    private NcnnFusion? Product(NodeProto node)
    {
        if (node.OpType != "Add" || Producer(node, "MatMul") is not { } product || !_constants.TryGetValue(product.Input[1], out var matrix))
        {
            return null;
        }

        var (rows, columns) = ((int)matrix.Dims[0], (int)matrix.Dims[1]);
        var values = Values(matrix.Name);
        var kernels = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            kernels[(i % columns * rows) + (i / columns)] = values[i];
        }

        return new NcnnFusion("InnerProduct", product.Input[0], [product], FormattableString.Invariant($"0={columns} 1=1 2={kernels.Length}"))
        {
            Kernels = kernels,
            Numbers = Values(node.Input[1]),
        };
    }

    /// <summary>The node that makes the first input of another one, if it is of a type.</summary>
    private NodeProto? Producer(NodeProto node, string type) => _producers.GetValueOrDefault(node.Input[0]) is { } producer && producer.OpType == type ? producer : null;

    private float[] Values(string name) => MemoryMarshal.Cast<byte, float>(_constants[name].RawData.Span).ToArray();
}
