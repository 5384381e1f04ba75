using NanoDet.Training.Models.Backbones;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Necks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Export;

/// <summary>Writes layers with one input and one output feature map.</summary>
internal static class LayerGraph
{
    /// <summary>Writes a layer and its parts.</summary>
    /// <param name="graph">The graph to write to.</param>
    /// <param name="path">The module's name in the network.</param>
    /// <param name="x">The input.</param>
    /// <param name="module">The layer.</param>
    public static Value Layer(this OnnxGraph graph, string path, Value x, nn.Module module) => module switch
    {
        Sequential sequence => graph.Sequence(path, x, sequence),
        ConvModule layer => graph.Convolution(path, x, layer),
        DepthwiseConvModule layer => graph.Convolution(path, x, layer),
        ShuffleV2Block block => graph.Block(path, x, block),
        RepVggBlock block => graph.Activation($"{path}.act", graph.Convolve($"{path}.conv", x, FoldedConvolution.Of(block)), block.Activation),
        MBConvBlock block => graph.Block(path, x, block),
        CspBlock block => graph.Block(path, x, block),
        ResNetBlock block => graph.Block(path, x, block),
        InvertedResidual block => graph.Block(path, x, block),
        GhostNetBlock block => graph.Block(path, x, block),
        SqueezeExcite squeeze => graph.Squeeze(path, x, squeeze),
        ConvNextStage stage => graph.Stage(path, x, stage),
        ChannelNorm norm => graph.Normalize(path, x, norm),
        TinyResBlock block => graph.Block(path, x, block),
        GhostBlocks blocks => graph.Blocks(path, x, blocks),
        GhostBottleneck bottleneck => graph.Bottleneck(path, x, bottleneck),
        GhostModule ghost => graph.Ghost(path, x, ghost),
        MaxPool2d pool => graph.MaxPool(path, x, pool.kernel_size[0], pool.stride[0], pool.padding[0]),
        _ => graph.Activation(path, x, module),
    };

    private static Value Sequence(this OnnxGraph graph, string path, Value x, Sequential sequence)
    {
        var layers = sequence.named_children().ToList();
        for (var i = 0; i < layers.Count; i++)
        {
            var (name, module) = layers[i];
            if (module is Conv2d convolution)
            {
                var normalization = i + 1 < layers.Count ? layers[i + 1].module as BatchNorm2d : null;
                x = graph.Convolve($"{path}.{name}", x, new FoldedConvolution(convolution, normalization));
                i += normalization is null ? 0 : 1;
            }
            else
            {
                x = graph.Layer($"{path}.{name}", x, module);
            }
        }

        return x;
    }

    private static Value Convolution(this OnnxGraph graph, string path, Value x, ConvModule layer)
    {
        var normalization = layer.Norm switch
        {
            null => null,
            BatchNorm2d batch => batch,
            var other => throw Unknown(path, other),
        };
        x = graph.Convolve($"{path}.conv", x, new FoldedConvolution(layer.Convolution, normalization));
        return layer.Activation is null ? x : graph.Activation($"{path}.act", x, layer.Activation);
    }

    private static Value Convolution(this OnnxGraph graph, string path, Value x, DepthwiseConvModule layer)
    {
        x = graph.Convolve($"{path}.depthwise", x, new FoldedConvolution(layer.Depthwise, layer.DepthwiseNorm));
        x = layer.Activation is null ? x : graph.Activation($"{path}.depthwise.act", x, layer.Activation);
        x = graph.Convolve($"{path}.pointwise", x, new FoldedConvolution(layer.Pointwise, layer.PointwiseNorm));
        return layer.Activation is null ? x : graph.Activation($"{path}.pointwise.act", x, layer.Activation);
    }

    private static Value Block(this OnnxGraph graph, string path, Value x, ShuffleV2Block block)
    {
        var (first, second) = (x, x);
        if (block.Branch1 is { } branch)
        {
            first = graph.Layer($"{path}.branch1", x, branch);
        }
        else
        {
            (first, second) = graph.SplitChannels($"{path}.halves", x, x.Channels / 2);
        }

        second = graph.Layer($"{path}.branch2", second, block.Branch2);
        return graph.ShuffleHalves($"{path}.shuffle", graph.ConcatenateChannels($"{path}.join", first, second));
    }

    private static Value Block(this OnnxGraph graph, string path, Value x, MBConvBlock block)
    {
        var y = block.Expand is { } expand ? Activated("_expand_conv", x, expand, block.ExpandNorm!) : x;
        y = Activated("_depthwise_conv", y, block.Depthwise, block.DepthwiseNorm);
        y = graph.Convolve($"{path}._project_conv", y, new FoldedConvolution(block.Project, block.ProjectNorm));
        return block.AddsInput ? graph.Combine("Add", $"{path}.sum", y, x) : y;

        Value Activated(string name, Value input, Conv2d convolution, BatchNorm2d norm) => graph.Activation(
            $"{path}.{name}.act", graph.Convolve($"{path}.{name}", input, new FoldedConvolution(convolution, norm)), block.Activation);
    }

    private static Value Block(this OnnxGraph graph, string path, Value x, CspBlock block)
    {
        x = graph.Layer($"{path}.in_conv", x, block.InConv);
        var chain = graph.Layer($"{path}.res_out_conv", graph.Layer($"{path}.res_blocks", x, block.ResBlocks), block.ResOutConv);
        return graph.ConcatenateChannels($"{path}.join", chain, x);
    }

    private static Value Stage(this OnnxGraph graph, string path, Value x, ConvNextStage stage)
    {
        x = stage.Downsample is { } downsample
            ? graph.Convolve($"{path}.downsample.1", graph.Normalize($"{path}.downsample.0", x, stage.DownsampleNorm!), new FoldedConvolution(downsample, null))
            : x;
        return stage.Blocks.Index().Aggregate(x, (map, block) => graph.Block($"{path}.blocks.{block.Index}", map, block.Item));
    }

    // The factors at the end are other weights of the last convolution.
    private static Value Block(this OnnxGraph graph, string path, Value x, ConvNextBlock block)
    {
        var y = graph.Convolve($"{path}.conv_dw", x, new FoldedConvolution(block.Depthwise, null));
        y = graph.Convolve($"{path}.mlp.fc1", graph.Normalize($"{path}.norm", y, block.Norm), new FoldedConvolution(block.Expand, null));
        y = graph.Convolve($"{path}.mlp.fc2", graph.Activation($"{path}.mlp.act", y, block.Activation), FoldedConvolution.Of(block));
        return graph.Combine("Add", $"{path}.sum", y, x);
    }

    private static Value Block(this OnnxGraph graph, string path, Value x, ResNetBlock block)
    {
        var y = x;
        for (var i = 0; i < block.Convolutions.Length; i++)
        {
            y = graph.Convolve($"{path}.conv{i + 1}", y, new FoldedConvolution(block.Convolutions[i], block.Norms[i]));
            y = i < block.Convolutions.Length - 1 ? graph.Activation($"{path}.act{i + 1}", y, block.Activation) : y;
        }

        var shortcut = block.Downsample is { } layers ? graph.Layer($"{path}.downsample", x, layers) : x;
        return graph.Activation($"{path}.act", graph.Combine("Add", $"{path}.sum", y, shortcut), block.Activation);
    }

    private static Value Block(this OnnxGraph graph, string path, Value x, InvertedResidual block)
    {
        var y = graph.Layer($"{path}.conv", x, block.Convolutions);
        return block.AddsInput ? graph.Combine("Add", $"{path}.sum", y, x) : y;
    }

    private static Value Block(this OnnxGraph graph, string path, Value x, GhostNetBlock block)
    {
        var y = graph.Layer($"{path}.ghost1", x, block.Ghost1);
        y = block.Depthwise is { } depthwise ? graph.Convolve($"{path}.conv_dw", y, new FoldedConvolution(depthwise, block.DepthwiseNorm)) : y;
        y = graph.Layer($"{path}.ghost2", block.Squeeze is { } squeeze ? graph.Layer($"{path}.se", y, squeeze) : y, block.Ghost2);
        var shortcut = block.Shortcut is { } layers ? graph.Layer($"{path}.shortcut", x, layers) : x;
        return graph.Combine("Add", $"{path}.sum", y, shortcut);
    }

    private static Value Squeeze(this OnnxGraph graph, string path, Value x, SqueezeExcite squeeze)
    {
        var means = x with { Name = graph.Node("GlobalAveragePool", $"{path}.means", [x.Name]), Height = 1, Width = 1 };
        var reduced = graph.Map("Relu", $"{path}.act1", graph.Convolve($"{path}.conv_reduce", means, new FoldedConvolution(squeeze.Reduce, null)));
        var expanded = graph.Convolve($"{path}.conv_expand", reduced, new FoldedConvolution(squeeze.Expand, null));
        return graph.Combine("Mul", path, x, graph.Map("HardSigmoid", $"{path}.gate", expanded, ("alpha", 1 / 6f), ("beta", 0.5f)));
    }

    private static Value Block(this OnnxGraph graph, string path, Value x, TinyResBlock block)
    {
        x = graph.Layer($"{path}.in_conv", x, block.InConv);
        return graph.ConcatenateChannels($"{path}.join", graph.Layer($"{path}.mid_conv", x, block.MidConv), x);
    }

    private static Value Blocks(this OnnxGraph graph, string path, Value x, GhostBlocks blocks)
    {
        var y = graph.Layer($"{path}.blocks", x, blocks.Blocks);
        return blocks.ReduceConv is { } residual
            ? graph.Combine("Add", $"{path}.sum", y, graph.Layer($"{path}.reduce_conv", x, residual))
            : y;
    }

    private static Value Bottleneck(this OnnxGraph graph, string path, Value x, GhostBottleneck bottleneck)
    {
        var y = graph.Layer($"{path}.ghost2", graph.Layer($"{path}.ghost1", x, bottleneck.Ghost1), bottleneck.Ghost2);
        var shortcut = bottleneck.Shortcut is { } layers ? graph.Layer($"{path}.shortcut", x, layers) : x;
        return graph.Combine("Add", $"{path}.sum", y, shortcut);
    }

    private static Value Ghost(this OnnxGraph graph, string path, Value x, GhostModule ghost)
    {
        var primary = graph.Layer($"{path}.primary_conv", x, ghost.PrimaryConv);
        return graph.ConcatenateChannels($"{path}.join", primary, graph.Layer($"{path}.cheap_operation", primary, ghost.CheapOperation));
    }

    private static Value Activation(this OnnxGraph graph, string path, Value x, nn.Module module)
    {
        switch (module)
        {
            case ReLU:
                return graph.Map("Relu", path, x);
            case LeakyReLU leaky:
                return graph.Map("LeakyRelu", path, x, ("alpha", (float)leaky.negative_slope));
            case ReLU6:
                graph.Node("Clip", path, [x.Name, graph.Constant($"{path}.low", [], [0]), graph.Constant($"{path}.high", [], [6])]);
                return x with { Name = path };
            case SELU:
                return graph.Map("Selu", path, x);
            case ELU elu:
                return graph.Map("Elu", path, x, ("alpha", (float)elu.alpha));
            case PReLU prelu:
                using (no_grad())
                {
                    return graph.Map("PRelu", path, x, [prelu.num_parameters, 1, 1], prelu.weight.cpu().data<float>().ToArray());
                }

            case SiLU:
                return graph.Combine("Mul", path, x, graph.Map("Sigmoid", $"{path}.gate", x));
            case Hardswish:
                return graph.Combine("Mul", path, x, graph.Map("HardSigmoid", $"{path}.gate", x, ("alpha", 1 / 6f), ("beta", 0.5f)));
            case GELU:
                // x / 2 (1 + erf(x / sqrt 2))
                var erf = graph.Map("Erf", $"{path}.erf", graph.Map("Mul", $"{path}.scaled", x, [], [float.Sqrt(0.5f)]));
                var half = graph.Map("Mul", $"{path}.half", x, [], [0.5f]);
                return graph.Combine("Mul", path, half, graph.Map("Add", $"{path}.gate", erf, [], [1]));
            default:
                throw Unknown(path, module);
        }
    }

    private static NotSupportedException Unknown(string path, nn.Module module)
        => new($"the exporter does not know the layer {path}, a {module.GetType().Name}");
}
