using NanoDet.Training.Models.Backbones;
using TorchSharp.Modules;

namespace NanoDet.Training.Export;

/// <summary>
/// Writes a stage of ShuffleNetV2 without its shuffles. They only decide which channels a block takes and which pass it by, so
/// each branch computes its channels in the order in which later blocks take them, and a channel is moved once and not in every
/// block. Branches get zeros up to a multiple of <see cref="Multiple"/> channels, for which runtimes have faster 8-bit kernels.
/// </summary>
internal static class ShuffleStageGraph
{
    private const int Multiple = 16;

    /// <summary>
    /// Writes the first convolution and the pooling. An activation that never decreases gives the same after the pooling, which leaves a
    /// quarter of the numbers.
    /// </summary>
    public static Value ArrangedStem(this OnnxGraph graph, Value x, ShuffleNetV2 backbone)
    {
        var layers = backbone.Conv1.named_children().ToList();
        var convolution = new FoldedConvolution((Conv2d)layers[0].module, (BatchNorm2d)layers[1].module);
        x = graph.Convolve($"backbone.conv1.{layers[0].name}", x, convolution, Padded(convolution));
        var (name, activation) = layers[2];
        return activation is ReLU or ReLU6 or LeakyReLU { negative_slope: >= 0 }
            ? graph.Layer($"backbone.conv1.{name}", graph.Layer("backbone.maxpool", x, backbone.MaxPool), activation)
            : graph.Layer("backbone.maxpool", graph.Layer($"backbone.conv1.{name}", x, activation), backbone.MaxPool);
    }

    /// <summary>Writes a stage; the result has channels in another order.</summary>
    public static Value ArrangedStage(this OnnxGraph graph, string path, Value x, Sequential stage)
    {
        var layers = stage.named_children().ToList();
        var blocks = layers.TakeWhile(layer => layer.module is ShuffleV2Block).ToList();
        var taken = blocks.Select(_ => new List<Value>()).Append([]).ToArray();
        foreach (var (i, (name, module)) in blocks.Index())
        {
            var block = (ShuffleV2Block)module;
            if (block.Branch1 is { } first)
            {
                Distribute($"{path}.{name}.branch1", x, first, i, 0);
            }
            else
            {
                x = Join($"{path}.{name}.input", taken[i]);
            }

            Distribute($"{path}.{name}.branch2", x, block.Branch2, i, 1);
        }

        x = Join($"{path}.output", taken[^1]);
        foreach (var (name, module) in layers.Skip(blocks.Count))
        {
            x = graph.Layer($"{path}.{name}", x, module);
        }

        return x;

        Value Join(string name, List<Value> parts) => parts is [var only] ? only : graph.ConcatenateOrdered(name, parts);

        void Distribute(string name, Value input, Sequential branch, int block, int parity)
        {
            var half = (int)branch.named_children().Select(layer => layer.module).OfType<Conv2d>().Last().out_channels;
            var groups = Enumerable.Range(0, half)
                .Select(channel => (Channel: channel, Fate: Fate((2 * channel) + parity, half, block, blocks.Count)))
                .OrderBy(entry => entry.Fate).GroupBy(entry => entry.Fate.Block).ToList();
            var padding = Enumerable.Repeat(-1, Padding(half)).ToArray();
            // Zeros go where the number of channels is then a multiple again: with those of the second branch to the next block,
            // with those of the first to the stage's result.
            var padded = parity == 0 ? groups.Count - 1 : 0;
            var y = graph.Branch(name, input, branch, [.. groups.SelectMany((group, i) => Padded(i, group.Select(entry => entry.Channel)))]);
            var orders = groups.Select((group, i) => Padded(i, group.Select(entry => entry.Fate.Place)).ToArray()).ToList();
            foreach (var (group, part) in groups.Zip(graph.SplitOrdered($"{name}.parts", y, orders)))
            {
                taken[group.Key].Add(part);
            }

            IEnumerable<int> Padded(int group, IEnumerable<int> order) => group == padded ? order.Concat(padding) : order;
        }
    }

    /// <summary>The block that takes a channel, which is the number of blocks for the stage's result, and its place among those that it takes.</summary>
    private static (int Block, int Place) Fate(int place, int half, int block, int blocks)
    {
        for (block++; block < blocks; block++)
        {
            if (place >= half)
            {
                return (block, place - half);
            }

            place *= 2;
        }

        return (blocks, place);
    }

    private static int[] Padded(FoldedConvolution convolution)
        => [.. Enumerable.Range(0, convolution.Bias.Length), .. Enumerable.Repeat(-1, Padding(convolution.Bias.Length))];

    private static int Padding(int channels) => (Multiple - (channels % Multiple)) % Multiple;

    private static Value Branch(this OnnxGraph graph, string path, Value x, Sequential branch, int[] order)
    {
        var layers = branch.named_children().ToList();
        var last = layers.FindLastIndex(layer => layer.module is Conv2d);
        foreach (var (i, (name, module)) in layers.Index())
        {
            if (module is Conv2d convolution)
            {
                var folded = new FoldedConvolution(convolution, layers[i + 1].module as BatchNorm2d);
                x = graph.Convolve($"{path}.{name}", x, folded, i == last ? order : Padded(folded));
            }
            else if (module is not BatchNorm2d)
            {
                x = graph.Layer($"{path}.{name}", x, module);
            }
        }

        return x;
    }
}
