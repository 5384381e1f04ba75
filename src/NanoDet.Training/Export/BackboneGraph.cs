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
        ShuffleNetV2 shuffleNet => graph.Stages(
            backbone, graph.Layer("backbone.maxpool", graph.Layer("backbone.conv1", image, shuffleNet.Conv1), shuffleNet.MaxPool),
            shuffleNet.Stages.Select((stage, i) => (i + 2, $"backbone.stage{i + 2}", (nn.Module)stage))),
        RepVGG repVgg => graph.Stages(
            backbone, graph.Layer("backbone.stage0", image, repVgg.Stem),
            repVgg.Stages.Select((stage, i) => (i + 1, $"backbone.stage{i + 1}", (nn.Module)stage))),
        _ => throw new NotSupportedException($"the exporter does not know the backbone {backbone.GetType().Name}"),
    };

    private static Value[] Stages(
        this OnnxGraph graph, Backbone backbone, Value x, IEnumerable<(int Number, string Path, nn.Module Module)> stages)
    {
        var outputs = new List<Value>();
        foreach (var (number, path, module) in stages)
        {
            x = graph.Layer(path, x, module);
            if (backbone.OutStages.Contains(number))
            {
                outputs.Add(x);
            }
        }

        return [.. outputs];
    }
}
