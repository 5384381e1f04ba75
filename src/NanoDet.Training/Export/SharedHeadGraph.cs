using System.Collections.Immutable;
using NanoDet.Training.Models.Heads;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Export;

/// <summary>Writes a head whose convolutions all feature maps share: their weights are in the file once.</summary>
internal static class SharedHeadGraph
{
    /// <summary>Writes class logits and distance logits of one feature map.</summary>
    public static (Value Classes, Value Distances) Predict(this OnnxGraph graph, SharedConvHead head, Value map, int level)
    {
        var distances = graph.Chain("reg", level, map, head.RegConvs, head.GflReg);
        using var noGradients = no_grad();
        return (
            graph.Chain("cls", level, map, head.ClsConvs, head.GflCls),
            graph.Map("Mul", $"head.scales.{level}", distances, [], [head.Scales[level].Factor.cpu().item<float>()]));
    }

    private static Value Chain(this OnnxGraph graph, string kind, int level, Value map, ImmutableArray<ConvModule> convolutions, Conv2d predictor)
    {
        foreach (var (i, layer) in convolutions.Index())
        {
            var (path, name) = ($"head.{level}.{kind}_convs.{i}", $"head.{kind}_convs.{i}");
            map = graph.Convolve($"{path}.conv", map, new FoldedConvolution(layer.Convolution, null), layer: Layer($"{name}.conv"));
            map = graph.Layer($"{path}.act", graph.Normalize($"{path}.gn", map, (GroupNorm)layer.Norm!), layer.Activation!);
        }

        return graph.Convolve($"head.{level}.gfl_{kind}", map, new FoldedConvolution(predictor, null), layer: Layer($"head.gfl_{kind}"));

        // With 8 bits, each map has a scale of its own, and so has a bias.
        string? Layer(string shared) => graph.IsArranged ? null : shared;
    }
}
