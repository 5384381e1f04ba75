using NanoDet.Training.Models.Heads;
using NanoDet.Training.Models.Necks;
using NanoDet.Training.Networks;
using static TorchSharp.torch;

namespace NanoDet.Training.Export;

/// <summary>Writes the parts of a network in the order in which its <c>forward</c> runs.</summary>
internal static class NetworkGraph
{
    /// <summary>Writes what detection needs: backbone, neck and head, but not the guidance module of NanoDet-Plus.</summary>
    /// <returns>The name of the predictions, [batch, priors, columns], sigmoid applied to the classes.</returns>
    public static string Network(this OnnxGraph graph, DetectionNetwork network, Value image, string output)
        => graph.Head(network.Head, graph.Neck(network.Neck, graph.Backbone(network.Backbone, image)), output);

    private static Value[] Neck(this OnnxGraph graph, nn.Module<Tensor[], Tensor[]> neck, Value[] inputs) => neck switch
    {
        GhostPAN ghost => graph.Neck(ghost, inputs),
        PAN pan => graph.Neck(pan, inputs),
        TAN tan => graph.Neck(tan, inputs),
        FPN fpn => graph.TopDown(inputs, fpn),
        _ => throw Unknown(neck),
    };

    private static Value[] Neck(this OnnxGraph graph, GhostPAN neck, Value[] inputs)
    {
        var reduced = inputs.Select((input, i) => graph.Layer($"fpn.reduce_layers.{i}", input, neck.ReduceLayers[i])).ToArray();
        var inner = reduced.ToArray();
        for (var i = inner.Length - 1; i > 0; i--)
        {
            var block = inner.Length - 1 - i;
            var larger = graph.Resize($"fpn.upsample.{block}", inner[i], 2);
            var join = graph.ConcatenateChannels($"fpn.top_down_blocks.{block}.join", larger, reduced[i - 1]);
            inner[i - 1] = graph.Layer($"fpn.top_down_blocks.{block}", join, neck.TopDownBlocks[block]);
        }

        var outputs = new List<Value> { inner[0] };
        for (var i = 1; i < inner.Length; i++)
        {
            var smaller = graph.Layer($"fpn.downsamples.{i - 1}", outputs[^1], neck.Downsamples[i - 1]);
            var join = graph.ConcatenateChannels($"fpn.bottom_up_blocks.{i - 1}.join", smaller, inner[i]);
            outputs.Add(graph.Layer($"fpn.bottom_up_blocks.{i - 1}", join, neck.BottomUpBlocks[i - 1]));
        }

        for (var i = 0; i < neck.ExtraLevelInConvs.Length; i++)
        {
            var fromInput = graph.Layer($"fpn.extra_lvl_in_conv.{i}", reduced[^1], neck.ExtraLevelInConvs[i]);
            var fromOutput = graph.Layer($"fpn.extra_lvl_out_conv.{i}", outputs[^1], neck.ExtraLevelOutConvs[i]);
            outputs.Add(graph.Combine("Add", $"fpn.extra_lvl.{i}.sum", fromInput, fromOutput));
        }

        return [.. outputs];
    }

    private static Value[] Neck(this OnnxGraph graph, PAN neck, Value[] inputs)
    {
        var maps = graph.TopDown(inputs, neck);
        for (var i = 1; i < maps.Length; i++)
        {
            maps[i] = graph.Combine("Add", $"fpn.bottom_up.{i}.sum", maps[i], graph.Resize($"fpn.bottom_up.{i}.smaller", maps[i - 1], 0.5));
        }

        return maps;
    }

    private static Value[] TopDown(this OnnxGraph graph, Value[] inputs, FPN neck)
    {
        var maps = neck.LateralConvs.Select((lateral, i) => graph.Layer($"fpn.lateral_convs.{i}", inputs[i + neck.StartLevel], lateral)).ToArray();
        for (var i = maps.Length - 1; i > 0; i--)
        {
            maps[i - 1] = graph.Combine("Add", $"fpn.top_down.{i - 1}.sum", maps[i - 1], graph.Resize($"fpn.top_down.{i - 1}.larger", maps[i], 2));
        }

        return maps;
    }

    private static Value[] Neck(this OnnxGraph graph, TAN neck, Value[] inputs)
    {
        var maps = inputs.Select((input, i) => graph.Layer($"fpn.lateral_convs.{i}", input, neck.LateralConvs[i])).ToArray();
        var middle = graph.ConcatenateChannels("fpn.join.first", graph.Resize("fpn.first.smaller", maps[0], 0.5), maps[1]);
        middle = graph.ConcatenateChannels("fpn.join", middle, graph.Resize("fpn.last.larger", maps[2], 2));
        middle = graph.Transformer("fpn.transformer", middle, neck.Transformer, neck.PositionEmbedding);
        return
        [
            graph.Combine("Add", "fpn.first.sum", maps[0], graph.Resize("fpn.middle.larger", middle, 2)),
            graph.Combine("Add", "fpn.middle.sum", maps[1], middle),
            graph.Combine("Add", "fpn.last.sum", maps[2], graph.Resize("fpn.middle.smaller", middle, 0.5)),
        ];
    }

    private static string Head(this OnnxGraph graph, DetectionHead head, Value[] maps, string output)
    {
        if (graph.IsArranged)
        {
            return graph.ArrangedHead(head, maps, output);
        }

        var levels = maps.Select((map, i) =>
        {
            var (classes, distances) = graph.Predict(head, map, i);
            classes = graph.Map("Sigmoid", $"head.{i}.scores", classes);
            var columns = graph.ConcatenateChannels($"head.{i}.join", classes, distances);
            return graph.Reshape($"head.{i}.columns", columns.Name, graph.Batch, columns.Channels, columns.Height * columns.Width);
        }).ToArray();
        return graph.Transpose(output, graph.Concatenate("head.levels", levels, 2), 0, 2, 1);
    }

    // Classes and distances have very different ranges, so they are convolutions of their own; the order of the result is that of
    // 8-bit kernels, so nothing is transposed.
    private static string ArrangedHead(this OnnxGraph graph, DetectionHead head, Value[] maps, string output)
    {
        var levels = maps.Select((map, i) => graph.Predict(head, map, i)).ToArray();
        var scores = graph.Node("Sigmoid", "head.scores", [Rows("head.classes", levels.Select(level => level.Classes))]);
        return graph.Concatenate(output, [scores, Rows("head.distances", levels.Select(level => level.Distances))], 2);

        string Rows(string name, IEnumerable<Value> parts) => graph.Concatenate(
            name,
            [.. parts.Select(part => graph.Reshape($"{part.Name}.rows", graph.Transpose($"{part.Name}.last", part.Name, 0, 2, 3, 1), graph.Batch, part.Height * part.Width, part.Channels))],
            1);
    }

    /// <summary>Writes class logits and distance logits of one feature map, as in <c>Predict</c> of the head.</summary>
    private static (Value Classes, Value Distances) Predict(this OnnxGraph graph, DetectionHead head, Value map, int level)
    {
        switch (head)
        {
            case NanoDetPlusHead plus:
                return graph.PredictBoth(head, map, level, plus.ClsConvs[level], plus.GflCls[level]);
            case NanoDetHead { ShareClsReg: true } legacy:
                return graph.PredictBoth(head, map, level, legacy.ClsConvs[level], legacy.GflCls[level]);
            case NanoDetHead legacy:
                return (
                    graph.Predict($"head.cls_convs.{level}", $"head.gfl_cls.{level}", map, legacy.ClsConvs[level], legacy.GflCls[level]),
                    graph.Predict($"head.reg_convs.{level}", $"head.gfl_reg.{level}", map, legacy.RegConvs[level], legacy.GflReg[level]));
            case SharedConvHead shared:
                return SharedHeadGraph.Predict(graph, shared, map, level);
            default:
                throw Unknown(head);
        }
    }

    private static (Value Classes, Value Distances) PredictBoth(
        this OnnxGraph graph, DetectionHead head, Value map, int level, IEnumerable<nn.Module> convolutions, TorchSharp.Modules.Conv2d predictor)
    {
        var path = $"head.gfl_cls.{level}";
        if (!graph.IsArranged)
        {
            return graph.SplitChannels($"head.{level}.parts", graph.Predict($"head.cls_convs.{level}", path, map, convolutions, predictor), head.NumClasses);
        }

        map = graph.Features($"head.cls_convs.{level}", map, convolutions);
        var folded = new FoldedConvolution(predictor, null);
        var classes = graph.Convolve($"{path}.classes", map, folded, [.. Enumerable.Range(0, head.NumClasses)]);
        return (classes, graph.Convolve($"{path}.distances", map, folded, [.. Enumerable.Range(head.NumClasses, folded.Bias.Length - head.NumClasses)]));
    }

    private static Value Predict(
        this OnnxGraph graph, string path, string predictorPath, Value map, IEnumerable<nn.Module> convolutions, TorchSharp.Modules.Conv2d predictor)
        => graph.Convolve(predictorPath, graph.Features(path, map, convolutions), new FoldedConvolution(predictor, null));

    private static Value Features(this OnnxGraph graph, string path, Value map, IEnumerable<nn.Module> convolutions)
    {
        foreach (var (i, convolution) in convolutions.Index())
        {
            map = graph.Layer($"{path}.{i}", map, convolution);
        }

        return map;
    }

    private static NotSupportedException Unknown(nn.Module module) => new($"the exporter does not know the part {module.GetType().Name}");
}
