using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Export;

/// <summary>Writes layer normalisation with plain operators: from each number the mean is taken away, then it is divided by the deviation.</summary>
internal static class LayerNormGraph
{
    /// <summary>Writes the normalisation of the last of three dimensions.</summary>
    public static string Normalize(this OnnxGraph graph, string path, string x, LayerNorm norm)
        => graph.Normalize(path, x, (norm.weight!, norm.bias!, norm.eps), 2, [norm.weight!.numel()]);

    /// <summary>Writes the normalisation of the channels of each pixel.</summary>
    public static Value Normalize(this OnnxGraph graph, string path, Value x, ChannelNorm norm)
        => x with { Name = graph.Normalize(path, x.Name, (norm.Weight, norm.Bias, ChannelNorm.Epsilon), 1, [x.Channels, 1, 1]) };

    /// <summary>Writes the normalisation of groups of channels as the original's exports do: as that of so many maps.</summary>
    public static Value Normalize(this OnnxGraph graph, string path, Value x, GroupNorm norm)
    {
        var groups = norm.num_groups;
        float[] ones = [.. Enumerable.Repeat(1f, (int)groups)];
        var parts = graph.Reshape($"{path}.groups", x.Name, graph.Batch, groups, x.Channels / groups * x.Height * x.Width);
        var normal = graph.Node(
            "InstanceNormalization", $"{path}.normal", [parts, graph.Constant($"{path}.ones", [groups], ones), graph.Constant($"{path}.zeros", [groups], new float[groups])],
            OnnxGraph.Number("epsilon", (float)norm.eps));
        var y = x with { Name = graph.Reshape($"{path}.maps", normal, graph.Batch, x.Channels, x.Height, x.Width) };
        y = graph.Map("Mul", $"{path}.scaled", y, [x.Channels, 1, 1], TensorNumbers.Of(norm.weight!));
        return graph.Map("Add", path, y, [x.Channels, 1, 1], TensorNumbers.Of(norm.bias!));
    }

    private static string Normalize(
        this OnnxGraph graph, string path, string x, (Tensor Weight, Tensor Bias, double Epsilon) norm, int dimension, ReadOnlySpan<long> shape)
    {
        var axes = OnnxGraph.Numbers("axes", dimension);
        var centred = graph.Node("Sub", $"{path}.centred", [x, graph.Node("ReduceMean", $"{path}.mean", [x], axes)]);
        var variance = graph.Node("ReduceMean", $"{path}.variance", [graph.Node("Mul", $"{path}.square", [centred, centred])], axes);
        var raised = graph.Node("Add", $"{path}.raised", [variance, graph.Constant($"{path}.eps", [], [(float)norm.Epsilon])]);
        var normal = graph.Node("Div", $"{path}.normal", [centred, graph.Node("Sqrt", $"{path}.deviation", [raised])]);
        var scaled = graph.Node("Mul", $"{path}.scaled", [normal, graph.Constant($"{path}.weight", shape, TensorNumbers.Of(norm.Weight))]);
        return graph.Node("Add", path, [scaled, graph.Constant($"{path}.bias", shape, TensorNumbers.Of(norm.Bias))]);
    }
}
