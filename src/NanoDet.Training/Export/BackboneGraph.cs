using NanoDet.Training.Models.Backbones;
using static TorchSharp.torch;

namespace NanoDet.Training.Export;

/// <summary>Writes backbones, in the order in which their <c>forward</c> runs.</summary>
internal static class BackboneGraph
{
    /// <summary>Writes a backbone.</summary>
    /// <returns>The feature maps of its output stages.</returns>
    public static Value[] Backbone(this OnnxGraph graph, Backbone backbone, Value image) => backbone switch
    {
        ShuffleNetV2 shuffleNet when graph.IsArranged => graph.Arranged(shuffleNet, image),
        ShuffleNetV2 shuffleNet => graph.Stages(
            backbone, graph.Layer("backbone.maxpool", graph.Layer("backbone.conv1", image, shuffleNet.Conv1), shuffleNet.MaxPool),
            shuffleNet.Stages.Select((stage, i) => (i + 2, Layers($"backbone.stage{i + 2}", stage)))),
        RepVGG repVgg => graph.Stages(
            backbone, graph.Layer("backbone.stage0", image, repVgg.Stem),
            repVgg.Stages.Select((stage, i) => (i + 1, Layers($"backbone.stage{i + 1}", stage)))),
        EfficientNetLite efficientNet => graph.Stages(
            backbone, graph.Layer("backbone.stem", image, efficientNet.Stem),
            efficientNet.Stages.Select((blocks, i) => (i, blocks.Select((block, j) => ($"backbone.blocks.{i}.{j}", (nn.Module)block))))),
        ConvNext convNext => graph.Stages(
            backbone,
            graph.Normalize("backbone.timm.stem_1", graph.Convolve("backbone.timm.stem_0", image, new FoldedConvolution(convNext.Patches, null)), convNext.PatchNorm),
            convNext.Stages.Select((stage, i) => (i, Layers($"backbone.timm.stages_{i}", stage)))),
        ResNet resNet => graph.Stages(
            backbone,
            graph.Layer("backbone.maxpool", graph.Layer(
                "backbone.act", graph.Convolve("backbone.conv1", image, new FoldedConvolution(resNet.Conv1, resNet.Norm1)), resNet.Activation), resNet.MaxPool),
            resNet.Stages.Select((stage, i) => (i + 1, Layers($"backbone.layer{i + 1}", stage)))),
        MobileNetV2 mobileNet => graph.Stages(
            backbone, graph.Layer("backbone.first_layer", image, mobileNet.FirstLayer),
            mobileNet.Stages.Select((stage, i) => (i, Layers($"backbone.stage{i}", stage)))),
        GhostNet ghostNet => graph.Stages(
            backbone,
            graph.Layer("backbone.act1", graph.Convolve("backbone.conv_stem", image, new FoldedConvolution(ghostNet.Stem, ghostNet.StemNorm)), ghostNet.Activation),
            ghostNet.Stages.Select((stage, i) => (i, Layers($"backbone.blocks.{i}", stage)))),
        CustomCspNet csp => graph.Stages(backbone, image, csp.Stages.Select((layer, i) => (i, Layers($"backbone.stages.{i}", layer)))),
        _ => throw new NotSupportedException($"the exporter does not know the backbone {backbone.GetType().Name}"),
    };

    private static Value[] Stages(
        this OnnxGraph graph, Backbone backbone, Value x, IEnumerable<(int Number, IEnumerable<(string Path, nn.Module Module)> Layers)> stages)
    {
        var outputs = new List<Value>();
        foreach (var (number, layers) in stages)
        {
            x = layers.Aggregate(x, (map, layer) => graph.Layer(layer.Path, map, layer.Module));
            if (backbone.OutStages.Contains(number))
            {
                outputs.Add(x);
            }
        }

        return [.. outputs];
    }

    private static Value[] Arranged(this OnnxGraph graph, ShuffleNetV2 backbone, Value image)
    {
        var x = graph.ArrangedStem(image, backbone);
        var outputs = new List<Value>();
        foreach (var (i, stage) in backbone.Stages.Index())
        {
            x = graph.ArrangedStage($"backbone.stage{i + 2}", x, stage);
            if (backbone.OutStages.Contains(i + 2))
            {
                outputs.Add(x);
            }
        }

        return [.. outputs];
    }

    private static IEnumerable<(string Path, nn.Module Module)> Layers(string path, nn.Module stage) => [(path, stage)];
}
