using Microsoft.ML.OnnxRuntime;
using NanoDet.Training.Export;
using NanoDet.Training.Export.Quantization;
using NanoDet.Training.Networks;
using NanoDet.Training.Tests.Networks;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Export;

public class QuantizationTests
{
    private const int Width = 96;
    private const int Height = 64;
    private static readonly float[] Picture = ExportedModel.Picture(1, Width, Height);

    public static TheoryData<string> Widths { get; } = ["0.5x", "1.0x"];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Channels_in_another_order_compute_the_same(string width)
    {
        using var network = Network(width);
        var metadata = ExportedModel.Metadata(network, Width, Height);

        var difference = ExportedModel.LargestDifference(
            Run(OnnxExporter.Export(network, metadata)), Run(OnnxExporter.Quantizable(network, metadata).Single.ToArray()));

        Assert.True(difference <= 1e-3, $"the largest difference is {difference}");
    }

    [Fact]
    public void Eight_bits_take_a_third_of_the_room_and_stay_close()
    {
        using var network = Network("1.0x");
        var metadata = ExportedModel.Metadata(network, Width, Height);
        var quantizer = OnnxExporter.Quantizable(network, metadata);

        var model = quantizer.Quantize(Ranges(quantizer), new HashSet<string>());

        Assert.InRange(model.Length, 1, quantizer.Single.Length * 0.36);
        // Without merged operators, whose sums lose more on processors without instructions for 8 bits.
        var actual = ExportedModel.RunOnnx(model, Picture, 1, Width, Height, GraphOptimizationLevel.ORT_DISABLE_ALL);
        var expected = Run(quantizer.Single.ToArray());
        var error = Math.Sqrt(expected.Zip(actual, (a, b) => Math.Pow(a - b, 2)).Sum() / expected.Sum(value => value * value));
        Assert.InRange(error, 1e-9, 0.1);
    }

    [Fact]
    public void The_same_ranges_give_the_same_bytes_with_the_same_metadata()
    {
        using var network = Network("0.5x");
        var metadata = ExportedModel.Metadata(network, Width, Height);
        var (first, second) = (OnnxExporter.Quantizable(network, metadata), OnnxExporter.Quantizable(network, metadata));

        var model = first.Quantize(Ranges(first), new HashSet<string>());

        Assert.Equal(model, second.Quantize(Ranges(second), new HashSet<string>()));
        Assert.Equal(Metadata(OnnxExporter.Export(network, metadata)), Metadata(model));
    }

    [Fact]
    public void A_kept_convolution_keeps_its_weights_with_32_bits()
    {
        using var network = Network("0.5x");
        var quantizer = OnnxExporter.Quantizable(network, ExportedModel.Metadata(network, Width, Height));
        var ranges = Ranges(quantizer);

        var all = quantizer.Quantize(ranges, new HashSet<string>());
        var kept = quantizer.Quantize(ranges, quantizer.Convolutions.ToHashSet(StringComparer.Ordinal));

        Assert.True(kept.Length > 2 * all.Length);
        Assert.Equal(Run(quantizer.Single.ToArray()), Run(kept));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Channels_of_the_same_size_compute_the_same(string width)
    {
        using var network = Network(width);
        var quantizer = OnnxExporter.Quantizable(network, ExportedModel.Metadata(network, Width, Height));

        var equal = quantizer.Equalize(Extents(quantizer));

        Assert.Equal(quantizer.Maps, equal.Maps);
        Assert.NotEqual(quantizer.Single.ToArray(), equal.Single.ToArray());
        var difference = ExportedModel.LargestDifference(Run(quantizer.Single.ToArray()), Run(equal.Single.ToArray()));
        Assert.True(difference <= 1e-3, $"the largest difference is {difference}");
        Assert.True(Spread(equal) < Spread(quantizer), "the channels are no more alike than before");
    }

    [Fact]
    public void Maps_that_are_put_side_by_side_have_one_range()
    {
        using var network = Network("0.5x");
        var quantizer = OnnxExporter.Quantizable(network, ExportedModel.Metadata(network, Width, Height));

        var groups = quantizer.Maps.ToDictionary(map => map.Name, map => map.Group);

        Assert.Equal(groups["fpn.top_down_blocks.0.blocks.0.ghost1.primary_conv.2"], groups["fpn.top_down_blocks.0.blocks.0.ghost1.join"]);
        Assert.NotEqual(groups["fpn.reduce_layers.0.conv"], groups["fpn.reduce_layers.0.act"]);
        // Errors of negative numbers matter less where an activation makes them small, also behind a pooling.
        Assert.Equal(0.1f, quantizer.Maps.Single(map => map.Name == "backbone.conv1.0").NegativeSlope);
        Assert.Equal("backbone.maxpool", quantizer.Maps.Single(map => map.Name == "backbone.conv1.2").Before);
    }

    [Fact]
    public void Biases_make_up_for_what_rounding_adds_on_average()
    {
        using var network = Network("0.5x");
        var quantizer = OnnxExporter.Quantizable(network, ExportedModel.Metadata(network, Width, Height));
        var ranges = Ranges(quantizer);
        var first = quantizer.Convolutions[0];
        var others = quantizer.Convolutions.Skip(1).ToHashSet(StringComparer.Ordinal);
        float[] exact = [0.5f, 0.5f, 0.5f];
        var means = new Dictionary<string, ChannelMeans> { ["data"] = new(exact, [.. exact.Select(value => value + 0.25f)]) };

        // As if every pixel were a quarter too bright: the first bias takes the sum of its kernel back, a quarter of it.
        var (plain, centred) = (First(quantizer.Quantize(ranges, others)), First(quantizer.Quantize(ranges, others, means)));

        var weight = Weights(first);
        for (var channel = 0; channel < plain.Length; channel++)
        {
            Assert.Equal(-0.25f * weight[channel], centred[channel] - plain[channel], 0.02f);
        }

        float[] Weights(string name)
        {
            var graph = NanoDet.Training.Export.Schema.ModelProto.Parser.ParseFrom(quantizer.Single.ToArray()).Graph;
            var tensor = graph.Initializer.Single(constant => constant.Name == $"{name}.weight");
            return [.. ChannelWeights.Singles(tensor).Chunk((int)(tensor.Dims[1] * tensor.Dims[2] * tensor.Dims[3])).Select(kernel => kernel.Sum())];
        }

        float[] First(byte[] model)
        {
            var graph = NanoDet.Training.Export.Schema.ModelProto.Parser.ParseFrom(model).Graph;
            var bias = graph.Initializer.Single(constant => constant.Name == $"{first}.bias");
            var scales = ChannelWeights.Singles(graph.Initializer.Single(constant => constant.Name == graph.Node.Single(node => node.Input[0] == bias.Name).Input[1]));
            var steps = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(bias.RawData.Span).ToArray();
            return [.. steps.Zip(scales, (step, scale) => step * scale)];
        }
    }

    private static Dictionary<string, float[]> Extents(OnnxQuantizer quantizer)
    {
        using var session = new InferenceSession(quantizer.Observable());
        using var input = OrtValue.CreateTensorValueFromMemory(Picture, [1, 3, Height, Width]);
        using var options = new RunOptions();
        var extents = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var map in quantizer.Maps.Where(map => map.Name != "data"))
        {
            using var outputs = session.Run(options, ["data"], [input], [map.Name]);
            var values = outputs[0].GetTensorDataAsSpan<float>().ToArray();
            extents[map.Name] = [.. values.Chunk(values.Length / (int)outputs[0].GetTensorTypeAndShape().Shape[1]).Select(channel => channel.Max(Math.Abs))];
        }

        return extents;
    }

    // How much the largest channel is larger than the middle one, over all maps that channels can be changed in.
    private static double Spread(OnnxQuantizer quantizer) => Extents(quantizer)
        .Where(entry => entry.Key.StartsWith("backbone.stage", StringComparison.Ordinal))
        .Average(entry => entry.Value.Max() / Math.Max(entry.Value.Where(value => value > 0).Order().ElementAt(entry.Value.Count(value => value > 0) / 2), 1e-6));

    // The maps of a fresh network vanish with its depth; these weights keep their size, as those of a trained one do.
    private static DetectionNetwork Network(string width)
    {
        var configuration = width == "0.5x" ? NetworkConfigurations.Plus("0.5x", [48, 96, 192], 32) : NetworkConfigurations.Plus("1.0x", [116, 232, 464], 96);
        var network = NetworkFactory.Create(configuration, seed: 1);
        using var noGradients = no_grad();
        var generator = new Generator(1);
        foreach (var weight in network.parameters().Where(parameter => parameter.dim() == 4))
        {
            weight.copy_(randn(weight.shape, generator: generator) * Math.Sqrt(2.0 / (weight.shape[1] * weight.shape[2] * weight.shape[3])));
        }

        return network;
    }

    private static IEnumerable<KeyValuePair<string, string>> Metadata(byte[] model)
    {
        using var session = new InferenceSession(model);
        return session.ModelMetadata.CustomMetadataMap.OrderBy(entry => entry.Key, StringComparer.Ordinal);
    }

    private static float[] Run(byte[] model) => ExportedModel.RunOnnx(model, Picture, 1, Width, Height);

    private static Dictionary<string, ActivationRange> Ranges(OnnxQuantizer quantizer)
    {
        using var session = new InferenceSession(quantizer.Observable());
        using var input = OrtValue.CreateTensorValueFromMemory(Picture, [1, 3, Height, Width]);
        using var options = new RunOptions();
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal) { ["data"] = Picture };
        foreach (var map in quantizer.Maps.Where(map => map.Name != "data"))
        {
            using var outputs = session.Run(options, ["data"], [input], [map.Name]);
            values[map.Name] = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }

        // Maps that are put side by side have one range, so it covers them all.
        var ranges = new Dictionary<string, ActivationRange>(StringComparer.Ordinal);
        foreach (var group in quantizer.Maps.GroupBy(map => map.Group, StringComparer.Ordinal))
        {
            float[] all = [.. group.SelectMany(map => values[map.Name])];
            var histogram = new ActivationHistogram(all.Min(), all.Max());
            histogram.Add(all);
            foreach (var map in group)
            {
                ranges[map.Name] = histogram.Best(group.Max(one => one.NegativeSlope));
            }
        }

        return ranges;
    }
}
