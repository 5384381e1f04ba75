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
