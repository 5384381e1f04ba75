using Google.Protobuf;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Testing;
using NanoDet.Training.Conversion;
using NanoDet.Training.Export;
using NanoDet.Training.Export.Ncnn;
using NanoDet.Training.Export.Schema;
using NanoDet.Training.Tests.Export;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Conversion;

/// <summary>Files with the convolutions of a network that compute something else between them, and files that say the same in other words.</summary>
public sealed class OtherOperationsTests : IDisposable
{
    private const string Small = "nanodet-plus-m-0.5x_160";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("another slope", "'backbone.conv1.2' is ReLU (0.3), and 'backbone.conv1.2' of the network is ReLU (0.1)")]
    [InlineData("another activation", "'backbone.conv1.2' is ReLU (0), and 'backbone.conv1.2' of the network is ReLU (0.1)")]
    [InlineData("one activation less", "'backbone.stage2.0.branch1.4' of the network is ReLU (0.1)")]
    [InlineData("another pooling", "'backbone.maxpool' is AveragePool")]
    [InlineData("larger steps", "'backbone.maxpool' is MaxPool (3, 3, 1, 1,")]
    [InlineData("nearest pixels", "'fpn.upsample.0' is Resize, coordinate_transformat")]
    [InlineData("other corners", "'fpn.upsample.0' is Resize (2, 1, 2, 2), and 'fpn.upsample.0' of the network is Resize (2, 0, 2, 2)")]
    [InlineData("another order", "'backbone.stage2.0.branch2.5' is the convolution")]
    [InlineData("another half", "'backbone.stage2.1.halves' is")]
    [InlineData("other groups", "is ShuffleChannel (4), and")]
    [InlineData("other distances", "the first channels, but not the last (33)")]
    [InlineData("no scores", "'head.0.parts' is the first channels, but not the last (32), and 'head.0.scores' of the network is Sigmoid")]
    [InlineData("a softmax", "'more' is Softmax (2), and 'output' of the network is Transpose (0, 2, 1)")]
    public void An_ONNX_model_that_computes_something_else_is_refused_at_the_node(string change, string said)
    {
        var model = Model();
        Change(model.Graph, change);
        File.WriteAllBytes(_folder["a.onnx"], model.ToByteArray());

        Refuse("a.onnx", said);
    }

    [Theory]
    [InlineData("ReLU ", " 0=0.1", " 0=0.3", "'backbone.conv1.2' is ReLU (0.3), and 'backbone.conv1.2' of the network is ReLU (0.1)")]
    [InlineData("ReLU ", " 0=0.1", "", "'backbone.conv1.2' is ReLU (0), and 'backbone.conv1.2' of the network is ReLU (0.1)")]
    [InlineData("Pooling ", " 0=0", " 0=1", "'backbone.maxpool' is Pooling")]
    [InlineData("Pooling ", " 5=1", "", "'backbone.maxpool' is MaxPool")]
    [InlineData("Interp ", " 0=2", " 0=1", "'fpn.upsample.0' is Interp")]
    [InlineData("ShuffleChannel ", " 0=2", " 0=4", "is ShuffleChannel (4), and")]
    [InlineData("Slice ", "2,24,24", "2,20,28", "is the last channels (28), and")]
    [InlineData("Slice ", "2,2,32", "2,1,33", "but not the last (33)")]
    [InlineData("Sigmoid ", "Sigmoid ", "TanH ", "'head.0.scores' is Tanh, and 'head.0.scores' of the network is Sigmoid")]
    [InlineData("BinaryOp ", " 0=0", " 0=2", "is Mul, and")]
    [InlineData("Convolution ", " 5=1", " 5=1 9=1", "'backbone.conv1.0' is ReLU (0), and")]
    public void A_model_for_ncnn_that_computes_something_else_is_refused_at_the_layer(string layer, string old, string other, string said)
    {
        var lines = Ncnn();
        var line = Array.FindIndex(lines, line => line.StartsWith(layer, StringComparison.Ordinal) && line.Contains(old, StringComparison.Ordinal));
        lines[line] = lines[line].Replace(old, other, StringComparison.Ordinal);
        File.WriteAllLines(_folder["a.param"], lines);

        Refuse("a.param", said);
    }

    [Theory]
    [InlineData(Activation.ReLU)]
    [InlineData(Activation.ReLU6)]
    [InlineData(Activation.SiLU)]
    public void An_activation_is_part_of_the_network(Activation activation)
    {
        var configuration = Preset.Create(Small, ["red", "green"])!.Model;
        var backbone = (ShuffleNetV2Configuration)configuration.Backbone;
        using var network = ConvertedNetwork.Create(configuration with { Backbone = backbone with { Activation = activation } });
        var metadata = ExportedModel.Metadata(network, 160, 160) with { Classes = ["red", "green"] };
        File.WriteAllBytes(_folder["a.onnx"], OnnxExporter.Export(network, metadata));
        Write(NcnnExporter.Export(network, metadata));

        Refuse("a.onnx", "of the network is ReLU (0.1)");
        Refuse("a.param", "of the network is ReLU (0.1)");
        using var same = ConvertedNetwork.Create(configuration with { Backbone = backbone with { Activation = activation } }, seed: 4);
        ModelWeights.Load("a.param", WeightFile.ReadAny(_folder["a.param"]), same, ["red", "green"]);
        Assert.InRange(ConvertedNetwork.Difference(ConvertedNetwork.Predict(network), ConvertedNetwork.Predict(same)), 0, 1e-3f);
    }

    [Fact]
    public void The_nearest_preset_is_told_where_none_computes_the_same()
    {
        var model = Model();
        Change(model.Graph, "another activation");
        model.MetadataProps.Clear();
        File.WriteAllBytes(_folder["a.onnx"], model.ToByteArray());

        var searched = Assert.Throws<NanoDetException>(() => new WeightConversion { Input = _folder["a.onnx"], Output = _folder["b.onnx"] }.Run()).Diagnostic;

        Assert.Equal("NDB4112", searched.Code);
        Assert.Contains($"The nearest is {Small}. The file is of another network: its node 'backbone.conv1.2' is ReLU (0), and", searched.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["b.onnx"]));
    }

    [Theory]
    [InlineData("slices")]
    [InlineData("constant nodes")]
    [InlineData("other names")]
    [InlineData("outputs of each stride")]
    [InlineData("16 bits")]
    [InlineData("decoding inside")]
    [InlineData("sums the other way round")]
    public void The_same_in_other_words_is_the_same_network(string form)
    {
        var model = Model(form == "16 bits" ? ExportPrecision.Half : ExportPrecision.Single);
        Rewrite(ref model, form);
        File.WriteAllBytes(_folder["a.onnx"], model.ToByteArray());

        var (report, network, _, _) = new WeightConversion { Input = _folder["a.onnx"], Output = _folder["b.pth"] }.Run();

        Assert.Equal(Small, network);
        Assert.Equal(0, report.Count(WeightOutcome.Skipped));
    }

    [Fact]
    public void A_model_that_the_tools_of_ncnn_have_made_smaller_is_the_same_network()
    {
        // They make activations a part of the convolution, slices become crops, sums Eltwise, and sizes may be left open.
        var lines = Ncnn().ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            lines[i] = lines[i].Replace("=2,24,24 ", "=2,-233,-233 ", StringComparison.Ordinal);
            lines[i] = lines[i].StartsWith("BinaryOp", StringComparison.Ordinal) ? lines[i].Replace("BinaryOp", "Eltwise", StringComparison.Ordinal).Replace(" 0=0", " 0=1", StringComparison.Ordinal) : lines[i];
            if (i > 0 && lines[i].StartsWith("ReLU", StringComparison.Ordinal) && lines[i - 1].StartsWith("Convolution", StringComparison.Ordinal))
            {
                var (relu, convolution) = (Words(lines[i]), Words(lines[i - 1]));
                lines[i - 1] = string.Join(' ', [.. convolution[..5], relu[5], .. convolution[6..], "9=2", "-23310=1,1.000000e-01"]);
                lines.RemoveAt(i--);
            }
        }

        lines[1] = $"{lines.Count - 2} 1";
        File.WriteAllLines(_folder["a.param"], lines);

        Assert.Equal(Small, new WeightConversion { Input = _folder["a.param"], Output = _folder["b.pth"] }.Run().Network);

        static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Theory]
    [InlineData("a.onnx")]
    [InlineData("a.param")]
    [InlineData("a.safetensors")]
    public void Another_reg_max_is_another_network(string name)
    {
        var configuration = Preset.Create(Small, ["red", "green", "blue"])!.Model;
        using var network = ConvertedNetwork.Create(configuration with { Head = configuration.Head with { RegMax = 10 }, AuxiliaryHead = configuration.AuxiliaryHead! with { RegMax = 10 } });
        var metadata = ExportedModel.Metadata(network, 160, 160) with { Classes = ["red", "green", "blue"], RegMax = 10 };
        File.WriteAllBytes(_folder["a.onnx"], OnnxExporter.Export(network, metadata));
        Write(NcnnExporter.Export(network, metadata));
        ConvertedNetwork.Write(network, _folder["a.safetensors"]);

        var diagnostic = Assert.Throws<NanoDetException>(() => new WeightConversion { Input = _folder[name], Output = _folder["b.onnx"], Network = Small }.Run()).Diagnostic;

        Assert.Equal(name == "a.safetensors" ? "NDB5003" : "NDB4110", diagnostic.Code);
        Assert.False(File.Exists(_folder["b.onnx"]));
    }

    [Theory]
    [InlineData("nanodet.reg_max", "10", "its metadata says reg_max 10, and the network has 7")]
    [InlineData("nanodet.strides", "[8,16,32]", "its metadata says strides 8, 16, 32, and the network has 8, 16, 32, 64")]
    [InlineData("nanodet.prior", "center", "its metadata says that priors are in the middle of their cells")]
    public void Metadata_that_contradicts_the_network_is_another_network(string key, string value, string said)
    {
        var model = Model();
        model.MetadataProps.Single(property => property.Key == key).Value = value;
        File.WriteAllBytes(_folder["a.onnx"], model.ToByteArray());

        Refuse("a.onnx", said);
    }

    [Fact]
    public void What_names_alone_do_not_say_is_told_as_assumed()
    {
        using var network = ConvertedNetwork.Create(Small, "red", "green");
        var weights = ConvertedNetwork.Write(network, _folder["a.safetensors"], "red", "green");

        Assert.Equal(
            $"activations, and whatever else has no weights: assumed from {Small}, because the file does not say it; --network names another network",
            new WeightConversion { Input = weights, Output = _folder["a.onnx"] }.Run().Assumed);
        Assert.Null(new WeightConversion { Input = weights, Output = _folder["b.onnx"], Network = Small }.Run().Assumed);
        Assert.Null(new WeightConversion { Input = _folder["b.onnx"], Output = _folder["c.onnx"] }.Run().Assumed);
    }

    private void Refuse(string name, string said)
    {
        var named = Assert.Throws<NanoDetException>(() => new WeightConversion { Input = _folder[name], Output = _folder["b.onnx"], Network = Small }.Run()).Diagnostic;
        Assert.Equal("NDB4110", named.Code);
        Assert.Contains(said, named.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["b.onnx"]));
    }

    private static void Change(GraphProto graph, string change)
    {
        NodeProto First(string operation) => graph.Node.First(node => node.OpType == operation);
        switch (change)
        {
            case "another slope":
                First("LeakyRelu").Attribute[0].F = 0.3f;
                break;
            case "another activation":
                var leaky = First("LeakyRelu");
                leaky.OpType = "Relu";
                leaky.Attribute.Clear();
                break;
            case "one activation less":
                var last = graph.Node.Single(node => node.Name == "backbone.stage2.0.branch1.4");
                foreach (var node in graph.Node)
                {
                    Replace(node, last.Output[0], last.Input[0]);
                }

                break;
            case "another pooling":
                First("MaxPool").OpType = "AveragePool";
                break;
            case "larger steps":
                First("MaxPool").Attribute.Single(attribute => attribute.Name == "strides").Ints[0] = 1;
                First("MaxPool").Attribute.Single(attribute => attribute.Name == "strides").Ints[1] = 1;
                break;
            case "nearest pixels":
                First("Resize").Attribute.Single(attribute => attribute.Name == "mode").S = ByteString.CopyFromUtf8("nearest");
                break;
            case "other corners":
                First("Resize").Attribute[0].S = ByteString.CopyFromUtf8("align_corners");
                break;
            case "another order":
                var join = graph.Node.Single(node => node.Name == "backbone.stage2.0.join");
                (join.Input[0], join.Input[1]) = (join.Input[1], join.Input[0]);
                break;
            case "another half":
                var halves = graph.Node.Single(node => node.Name == "backbone.stage2.1.halves");
                (halves.Output[0], halves.Output[1]) = (halves.Output[1], halves.Output[0]);
                break;
            case "other groups":
                graph.Initializer.Single(tensor => tensor.Name == "backbone.stage2.0.shuffle.halves.shape").RawData = ByteString.CopyFrom([.. new long[] { 1, 4, 12, 40, 40 }.SelectMany(BitConverter.GetBytes)]);
                break;
            case "other distances":
                var sizes = graph.Node.Single(node => node.Name == "head.0.parts").Attribute.Single(attribute => attribute.Name == "split").Ints;
                (sizes[0], sizes[1]) = (1, 33);
                break;
            case "no scores":
                Replace(graph.Node.Single(node => node.Name == "head.0.join"), "head.0.scores", "head.0.parts.first");
                break;
            case "a softmax":
                graph.Node.Add(new NodeProto { OpType = "Softmax", Name = "more", Input = { "output" }, Output = { "more" }, Attribute = { OnnxGraph.Number("axis", 2L) } });
                graph.Output[0].Name = "more";
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change));
        }
    }

    private static void Rewrite(ref ModelProto model, string form)
    {
        var graph = model.Graph;
        switch (form)
        {
            case "slices":
                foreach (var split in graph.Node.Where(node => node.OpType == "Split").ToArray())
                {
                    var (at, first) = (graph.Node.IndexOf(split), split.Attribute.Single(attribute => attribute.Name == "split").Ints[0]);
                    graph.Node.RemoveAt(at);
                    graph.Node.Insert(at, Slice(split.Input[0], split.Output[0], 0, first));
                    graph.Node.Insert(at, Slice(split.Input[0], split.Output[1], first, int.MaxValue));
                }

                break;
            case "constant nodes":
                foreach (var tensor in graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Int64 || tensor.Name.EndsWith(".scales", StringComparison.Ordinal)).ToArray())
                {
                    graph.Initializer.Remove(tensor);
                    graph.Node.Insert(0, new NodeProto { OpType = "Constant", Output = { tensor.Name }, Attribute = { new AttributeProto { Name = "value", T = tensor } } });
                }

                break;
            case "other names":
                foreach (var (i, node) in graph.Node.Index())
                {
                    node.Name = $"n{i}";
                }

                break;
            case "outputs of each stride":
                graph.Output.Clear();
                foreach (var level in Enumerable.Range(0, 4))
                {
                    graph.Output.Add(new ValueInfoProto { Name = $"head.{level}.scores" });
                    graph.Node.Add(new NodeProto { OpType = "Transpose", Name = $"d{level}", Input = { $"head.{level}.parts.second" }, Output = { $"d{level}" }, Attribute = { OnnxGraph.Numbers("perm", 0, 2, 3, 1) } });
                    graph.Output.Add(new ValueInfoProto { Name = $"d{level}" });
                }

                break;
            case "decoding inside":
                using (var network = ConvertedNetwork.Create(Small, "red", "green"))
                {
                    model = ModelProto.Parser.ParseFrom(OnnxExporter.WithDetections(model.ToByteArray(), ExportedModel.Metadata(network, 160, 160) with { Classes = ["red", "green"] }));
                }

                break;
            case "sums the other way round":
                foreach (var node in graph.Node.Where(node => node.OpType == "Add"))
                {
                    (node.Input[0], node.Input[1]) = (node.Input[1], node.Input[0]);
                }

                break;
        }

        static NodeProto Slice(string input, string output, long start, long end) => new()
        {
            OpType = "Slice",
            Name = output,
            Input = { input },
            Output = { output },
            Attribute = { OnnxGraph.Numbers("starts", start), OnnxGraph.Numbers("ends", end), OnnxGraph.Numbers("axes", 1) },
        };
    }

    private static void Replace(NodeProto node, string old, string other)
    {
        for (var i = 0; i < node.Input.Count; i++)
        {
            node.Input[i] = node.Input[i] == old ? other : node.Input[i];
        }
    }

    private static ModelProto Model(ExportPrecision precision = default)
    {
        using var network = ConvertedNetwork.Create(Small, "red", "green");
        return ModelProto.Parser.ParseFrom(OnnxExporter.Export(network, ExportedModel.Metadata(network, 160, 160) with { Classes = ["red", "green"] }, new ExportOptions { Precision = precision }));
    }

    private string[] Ncnn()
    {
        using var network = ConvertedNetwork.Create(Small, "red", "green");
        return Write(NcnnExporter.Export(network, ExportedModel.Metadata(network, 160, 160) with { Classes = ["red", "green"] })).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private string Write(NcnnModel model)
    {
        File.WriteAllBytes(_folder["a.bin"], model.Bin);
        File.WriteAllText(_folder["a.param"], model.Param);
        return model.Param;
    }
}
