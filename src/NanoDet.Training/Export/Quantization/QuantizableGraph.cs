using System.Collections.Immutable;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Export.Quantization;

/// <summary>Which parts of a graph can compute with 8 bits.</summary>
internal sealed class QuantizableGraph
{
    private readonly Dictionary<string, NodeProto> _producers;
    private readonly ILookup<string, NodeProto> _consumers;
    private readonly HashSet<NodeProto> _region = [];
    private readonly Dictionary<string, string> _roots = new(StringComparer.Ordinal);

    /// <summary>Finds the region of convolutions and what lies between them.</summary>
    /// <param name="graph">The graph with 32-bit numbers.</param>
    /// <param name="kept">Convolutions that keep 32 bits.</param>
    public QuantizableGraph(GraphProto graph, IReadOnlySet<string> kept)
    {
        _producers = graph.Node.SelectMany(node => node.Output, (node, output) => (node, output)).ToDictionary(pair => pair.output, pair => pair.node);
        _consumers = graph.Node.SelectMany(node => node.Input.Distinct(), (node, input) => (node, input)).ToLookup(pair => pair.input, pair => pair.node);
        var (before, after) = (new HashSet<NodeProto>(), new HashSet<NodeProto>());
        foreach (var node in graph.Node.Reverse().Where(node => IsConvolution(node) || node.Output.SelectMany(output => _consumers[output]).Any(before.Contains)))
        {
            before.Add(node);
        }

        foreach (var node in graph.Node.Where(node => IsConvolution(node) || node.Input.Any(input => _producers.TryGetValue(input, out var producer) && after.Contains(producer))))
        {
            after.Add(node);
        }

        _region.UnionWith(graph.Node.Where(node => IsConvolution(node) || (IsQuantizable(node) && before.Contains(node) && after.Contains(node))));
        Tensors = [.. graph.Input.Select(input => input.Name).Concat(graph.Node.SelectMany(node => node.Output)).Where(IsQuantized)];

        foreach (var node in graph.Node.Where(node => _region.Contains(node) && IsMove(node)))
        {
            foreach (var tensor in node.Output.Concat(node.OpType == "Concat" ? node.Input.Skip(1) : []))
            {
                _roots[Root(tensor)] = Root(node.Input[0]);
            }
        }

        bool IsConvolution(NodeProto node) => node.OpType == "Conv" && !kept.Contains(node.Name);
    }

    /// <summary>The tensors that have 8 bits, in the order in which they are computed.</summary>
    public ImmutableArray<string> Tensors { get; }

    /// <summary>
    /// The tensor whose range this one has: operators that only move numbers, or put them side by side, have one range for all that they
    /// read and write, so that they change no number.
    /// </summary>
    public string Root(string tensor)
    {
        while (_roots.TryGetValue(tensor, out var root) && root != tensor)
        {
            tensor = root;
        }

        return tensor;
    }

    /// <summary>What the activation that alone follows a tensor multiplies negative numbers by; 1 without one.</summary>
    public float SlopeAfter(string tensor) => _consumers[tensor].ToList() switch
    {
        [{ OpType: "LeakyRelu" } leaky] => leaky.Attribute.Single(attribute => attribute.Name == "alpha").F,
        [{ OpType: "MaxPool" } pool] => SlopeAfter(pool.Output[0]),
        _ => 1,
    };

    /// <summary>The quantized tensor that an activation makes a tensor from; null without one.</summary>
    public string? Activated(string tensor)
        => _producers.TryGetValue(tensor, out var node) && node.OpType == "LeakyRelu" && _region.Contains(node) ? node.Input[0] : null;

    private static bool IsQuantizable(NodeProto node)
        => node.OpType is "LeakyRelu" or "Relu" or "Clip" or "Concat" or "Split" or "Reshape" or "Transpose" or "MaxPool" or "Resize" or "Add";

    private static bool IsMove(NodeProto node) => node.OpType is "Split" or "Reshape" or "Transpose" or "MaxPool" or "Resize" or "Concat";

    // An activation that only cuts off is part of the convolution: the range of its output does the same.
    private bool IsQuantized(string tensor)
        => !_consumers[tensor].All(node => node.OpType is "Relu" or "Clip")
            && ((_producers.TryGetValue(tensor, out var producer) && _region.Contains(producer))
                || _consumers[tensor].Any(node => _region.Contains(node) && node.Input.Count > 0));
}
