using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Testing;
using NanoDet.Training.Conversion;
using NanoDet.Training.Export;
using NanoDet.Training.Networks;
using NanoDet.Training.Tests.Export;
using NanoDet.Training.Tests.Loop;
using NanoDet.Training.Tests.Networks;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Conversion;

public sealed class WeightConversionTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nanodet-plus-m-0.5x_160", "a.param")]
    [InlineData("nanodet-plus-m-0.5x_160", "a.onnx")]
    [InlineData("nanodet-m-0.5x", "a.param")]
    [InlineData("nanodet-m-0.5x", "a.onnx")]
    public void A_network_that_was_made_for_detection_comes_back_and_computes_the_same(string preset, string made)
    {
        using var network = ConvertedNetwork.Create(preset, "red", "green");
        var expected = ConvertedNetwork.Predict(network);
        var source = ConvertedNetwork.Write(network, _folder["a.safetensors"], "red", "green");

        var deployed = ConvertedNetwork.Convert(source, _folder[made], preset);
        var (report, found, _, _) = new WeightConversion { Input = deployed, Output = _folder["back.pth"] }.Run();

        Assert.True(ConvertedNetwork.Difference(expected, ConvertedNetwork.Predict(_folder["back.pth"], preset, "red", "green")) < 1e-4 * Math.Max(1, expected.Max(float.Abs)));
        // Presets of one network in several sizes are one network.
        Assert.StartsWith(preset.Split('_')[0], found, StringComparison.Ordinal);
        Assert.All(report.Rows.Where(row => row.Outcome == WeightOutcome.Loaded), row => Assert.StartsWith(
            row.Name.Contains(".running_", StringComparison.Ordinal) ? "it changes nothing" : "from ", row.Reason, StringComparison.Ordinal));
        Assert.Contains(report.Rows, row => row is { Name: "backbone.stage2.0.branch1.1.bias", Reason: "from backbone.stage2.0.branch1.0" });
        Assert.DoesNotContain(report.Rows, row => row.Outcome is WeightOutcome.Skipped or WeightOutcome.KnownClasses);
    }

    [Fact]
    public void Sixteen_bits_halve_a_file_for_phones_and_round_what_it_computes()
    {
        const string Preset = "nanodet-plus-m-0.5x_160";
        using var network = ConvertedNetwork.Create(Preset, "red", "green");
        var source = ConvertedNetwork.Write(network, _folder["a.safetensors"], "red", "green");
        ConvertedNetwork.Convert(source, _folder["a.param"], Preset);
        ConvertedNetwork.Convert(source, _folder["half.param"], Preset, isHalf: true);
        ConvertedNetwork.Convert(_folder["half.param"], _folder["half.safetensors"]);

        Assert.Equal(File.ReadAllText(_folder["a.param"]), File.ReadAllText(_folder["half.param"]));
        Assert.InRange(new FileInfo(_folder["half.bin"]).Length, new FileInfo(_folder["a.bin"]).Length / 2, new FileInfo(_folder["a.bin"]).Length * 6 / 10);
        var difference = ConvertedNetwork.Difference(ConvertedNetwork.Predict(network), ConvertedNetwork.Predict(_folder["half.safetensors"], Preset, "red", "green"));
        Assert.InRange(difference, 1e-6, 0.05);
    }

    [Fact]
    public void Names_alone_change_without_a_network_and_the_bytes_of_the_numbers_stay()
    {
        using var network = ConvertedNetwork.Create("nanodet-m-0.5x", "red", "green");
        var source = ConvertedNetwork.Write(network, _folder["a.safetensors"], "red", "green");
        ConvertedNetwork.Convert(source, _folder["a.pth"]);
        ConvertedNetwork.Convert(_folder["a.pth"], _folder["b.safetensors"]);
        ConvertedNetwork.Convert(_folder["a.pth"], _folder["again.pth"]);

        var (before, after) = (WeightFile.Read(source).Tensors, WeightFile.Read(_folder["b.safetensors"]).Tensors);
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        Assert.All(before, entry => Assert.Equal((entry.Value.Type, Convert.ToHexString(entry.Value.Data.Span)), (after[entry.Key].Type, Convert.ToHexString(after[entry.Key].Data.Span))));
        Assert.Equal(File.ReadAllBytes(_folder["a.pth"]), File.ReadAllBytes(_folder["again.pth"]));
    }

    [Fact]
    public void Of_a_checkpoint_the_moving_average_is_the_model()
    {
        SafetensorsWriter.Write(_folder["checkpoint.safetensors"], new WeightSet(
            new() { ["model.a"] = WeightTensor.Of([1], 1), ["avg_model.a"] = WeightTensor.Of([2], 1), ["optimizer.a"] = WeightTensor.Of([3], 1) }, new Dictionary<string, string>()));

        var (report, network, _, _) = new WeightConversion { Input = _folder["checkpoint.safetensors"], Output = _folder["a.pth"] }.Run();

        Assert.Null(network);
        Assert.Equal([2f], Assert.Single(WeightFile.Read(_folder["a.pth"]).Tensors).Value.ToSingles());
        Assert.Equal((1, 2), (report.Count(WeightOutcome.Loaded), report.Count(WeightOutcome.Skipped)));
    }

    [Fact]
    public void Every_type_of_number_is_written_for_PyTorch_and_read_again()
    {
        var tensors = new OrderedDictionary<string, WeightTensor>();
        foreach (var type in Enum.GetValues<ElementType>())
        {
            tensors[$"{type}"] = new WeightTensor(type, [2, 3], Enumerable.Range(1, 6 * WeightTensor.SizeOf(type)).Select(i => (byte)(i % 2)).ToArray());
        }

        tensors["number"] = new WeightTensor(ElementType.Int64, [], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
        TorchWriter.Write(_folder["a.pth"], new WeightSet(tensors, new Dictionary<string, string>()));

        var read = WeightFile.Read(_folder["a.pth"]).Tensors;

        Assert.Equal(tensors.Keys, read.Keys);
        Assert.All(tensors, entry => Assert.Equal(
            (entry.Value.Type, string.Join(',', entry.Value.Shape), Convert.ToHexString(entry.Value.Data.Span)),
            (read[entry.Key].Type, string.Join(',', read[entry.Key].Shape), Convert.ToHexString(read[entry.Key].Data.Span))));
    }

    [Theory]
    [InlineData("RepVGG")]
    [InlineData("RepVGG, fused")]
    [InlineData("EfficientNetLite")]
    [InlineData("NanoDet-Plus")]
    [InlineData("PAN with BN, NanoDetHead")]
    [InlineData("GhostPAN, NanoDetPlusHead of Conv")]
    public void An_exported_model_is_what_a_training_can_begin_with(string kind)
    {
        var configuration = (kind switch
        {
            "RepVGG" => SmallTraining.With(new RepVggConfiguration("A0"), 1),
            "RepVGG, fused" => SmallTraining.With(new RepVggConfiguration("A0") { Deploy = true }, 1),
            "EfficientNetLite" => SmallTraining.With(new EfficientNetLiteConfiguration("efficientnet_lite0") { OutStages = [2, 4, 6], Activation = Activation.ReLU6 }, 1),
            "NanoDet-Plus" => SmallTraining.Configuration(1),
            _ => SmallTraining.Configuration(1) with { Model = OtherParts.Of(kind) },
        }).Model;
        using var trained = ConvertedNetwork.Create(configuration);
        using var model = NetworkFactory.Create(configuration, seed: 8);
        File.WriteAllBytes(_folder["a.onnx"], OnnxExporter.Export(trained, ExportedModel.Metadata(trained, 64, 64) with { Classes = ["red", "green"] }));

        var report = ModelWeights.Load("a.onnx", WeightFile.Read(_folder["a.onnx"]), model, ["red", "green"]);

        var expected = ConvertedNetwork.Predict(trained);
        Assert.InRange(ConvertedNetwork.Difference(expected, ConvertedNetwork.Predict(model)), 0, 1e-4 * Math.Max(1, expected.Max(float.Abs)));
        Assert.All(
            report.Rows.Where(row => row.Outcome == WeightOutcome.Renewed),
            row => Assert.Matches("^aux_|num_batches_tracked$|distribution_project|gfl_reg|rbr_(1x1|identity)", row.Name));
    }

    [Fact]
    public void A_network_with_weights_outside_of_convolutions_is_not_given_back_in_part()
    {
        var configuration = SmallTraining.With(new TimmConfiguration("convnext_atto") { OutStages = [1, 2, 3] }, 1).Model;
        using var network = ConvertedNetwork.Create(configuration);
        File.WriteAllBytes(_folder["a.onnx"], OnnxExporter.Export(network, ExportedModel.Metadata(network, 64, 64)));

        var exception = Assert.Throws<NanoDetException>(() => ModelWeights.Load("a.onnx", WeightFile.Read(_folder["a.onnx"]), network, ["red", "green"]));

        Assert.Equal("NDB4111", exception.Diagnostic.Code);
    }

    [Fact]
    public void Classes_that_the_model_does_not_know_start_fresh_from_an_exported_model_too()
    {
        using var trained = ConvertedNetwork.Create("nanodet-m-0.5x", "red", "green");
        File.WriteAllBytes(_folder["a.onnx"], OnnxExporter.Export(trained, ExportedModel.Metadata(trained, 64, 64) with { Classes = ["red", "green"] }));
        using var model = ConvertedNetwork.Create("nanodet-m-0.5x", "blue", "green", "red");

        var report = ModelWeights.Load("a.onnx", WeightFile.Read(_folder["a.onnx"]), model, ["blue", "green", "red"]);

        Assert.Contains(report.Rows, row => row is { Name: "head.gfl_cls.0.weight", Outcome: WeightOutcome.KnownClasses, Reason: "the file has 2 of the 3 classes" });
        Assert.Equal(0, report.Count(WeightOutcome.Skipped));
    }

    [Fact]
    public void A_file_of_another_network_is_told_at_the_first_convolution_that_is_missing()
    {
        using var trained = ConvertedNetwork.Create("nanodet-plus-m-0.5x_160", "red", "green");
        ConvertedNetwork.Convert(ConvertedNetwork.Write(trained, _folder["a.safetensors"], "red", "green"), _folder["a.param"], "nanodet-plus-m-0.5x_160");

        var named = Assert.Throws<NanoDetException>(() => new WeightConversion { Input = _folder["a.param"], Output = _folder["b.pth"], Network = "nanodet-m-0.5x" }.Run());
        Assert.Equal("NDB4110", named.Diagnostic.Code);
        Assert.Contains("'fpn.lateral_convs.0.conv' (1x1 from 48 to 96 channels, stride 1)", named.Diagnostic.Message, StringComparison.Ordinal);

        // The input of the neck's first convolution comes from elsewhere; its shape is right.
        var lines = File.ReadAllLines(_folder["a.param"]);
        var (first, second) = (Array.FindIndex(lines, line => line.Contains(" fpn.top_down_blocks.0.", StringComparison.Ordinal) && line.StartsWith("Convolution ", StringComparison.Ordinal)), 0);
        second = Array.FindIndex(lines, line => line.StartsWith("Input", StringComparison.Ordinal));
        var words = lines[first].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        words[4] = "data";
        lines[first] = string.Join(' ', words);
        Assert.True(second >= 0);
        File.WriteAllLines(_folder["a.param"], lines);

        var searched = Assert.Throws<NanoDetException>(() => new WeightConversion { Input = _folder["a.param"], Output = _folder["b.pth"] }.Run());
        Assert.Equal("NDB4112", searched.Diagnostic.Code);
        Assert.False(File.Exists(_folder["b.pth"]));
    }

    [Fact]
    public void Weights_that_are_not_there_as_they_were_trained_are_refused()
    {
        using var trained = ConvertedNetwork.Create("nanodet-plus-m-0.5x_160", "red", "green");
        ConvertedNetwork.Convert(ConvertedNetwork.Write(trained, _folder["a.safetensors"], "red", "green"), _folder["a.param"], "nanodet-plus-m-0.5x_160");
        var (text, bytes) = (File.ReadAllText(_folder["a.param"]), File.ReadAllBytes(_folder["a.bin"]));

        Assert.Equal("NDB4111", Read(text.Replace(" 5=1 6=", " 5=1 8=2 6=", StringComparison.Ordinal), bytes));
        Assert.Equal("NDB4111", Read(text, [0x38, 0x4B, 0x0D, 0, .. bytes[4..]]));
        Assert.Equal("NDB4111", Read(text.Replace("Sigmoid ", "InnerProduct ", StringComparison.Ordinal), bytes));
        Assert.Equal("NDB4111", Read(text.Replace(" 1=3 3=2 4=1 ", " 1=3 11=5 3=2 4=1 ", StringComparison.Ordinal), bytes));
        Assert.Equal("NDB4101", Read(text, bytes[..^4]));
        Assert.Equal("NDB4101", Read("7767517\n1 1\nMemoryData c 0 1 c 0=-1\n", []));
        File.WriteAllText(_folder["b.param"], "7767517\n3 3\nInput data 0 1 data\nMemoryData c 0 1 c 0=2 1=3\nConvolution a 1 1 data a 0=1 1=1 5=1 6=1\n");
        File.WriteAllBytes(_folder["b.bin"], [.. new byte[24 + 4], .. BitConverter.GetBytes(5f), .. BitConverter.GetBytes(7f)]);
        var convolution = Assert.Single(WeightFile.ReadAny(_folder["b.param"]).Deployed!.Convolutions);
        Assert.Equal((5f, 7f), (Assert.Single(convolution.Weight.ToSingles()), Assert.Single(convolution.Bias)));
        Assert.Equal("NDB4101", Read(text, [.. bytes, 0]));
        Assert.Equal("NDB4101", Read(text[..(text.Length / 2)], bytes));
        Assert.Equal("NDB4101", Read("7767517\n1 1\nInput data 0 9999999 data", bytes));
        File.Delete(_folder["b.bin"]);
        Assert.Equal("NDB4100", Assert.Throws<NanoDetException>(() => WeightFile.ReadAny(_folder["b.param"])).Diagnostic.Code);

        using var quantizable = ConvertedNetwork.Create("nanodet-plus-m-0.5x_160", "red", "green");
        var unfolded = OnnxExporter.Export(quantizable, ExportedModel.Metadata(quantizable, 64, 64));
        File.WriteAllBytes(_folder["a.onnx"], Replace(unfolded, "MaxPool"u8, "QuantMP"u8));
        Assert.NotNull(WeightFile.Read(_folder["a.onnx"]).Deployed);
        File.WriteAllBytes(_folder["a.onnx"], Replace(unfolded, "backbone.conv1.0.weight"u8, "backbone.conv1.0.w_ight"u8, last: true));
        Assert.Equal("NDB4111", Assert.Throws<NanoDetException>(() => WeightFile.Read(_folder["a.onnx"])).Diagnostic.Code);
        File.WriteAllBytes(_folder["a.onnx"], unfolded[..(unfolded.Length / 2)]);
        Assert.Equal("NDB4101", Assert.Throws<NanoDetException>(() => WeightFile.Read(_folder["a.onnx"])).Diagnostic.Code);

        string Read(string param, byte[] bin)
        {
            File.WriteAllText(_folder["b.param"], param);
            File.WriteAllBytes(_folder["b.bin"], bin);
            return Assert.Throws<NanoDetException>(() => WeightFile.ReadAny(_folder["b.bin"])).Diagnostic.Code;
        }
    }

    private static byte[] Replace(byte[] content, ReadOnlySpan<byte> old, ReadOnlySpan<byte> other, bool last = false)
    {
        byte[] copy = [.. content];
        var place = last ? copy.AsSpan().LastIndexOf(old) : copy.AsSpan().IndexOf(old);
        Assert.True(place >= 0);
        other.CopyTo(copy.AsSpan(place));
        return copy;
    }
}
