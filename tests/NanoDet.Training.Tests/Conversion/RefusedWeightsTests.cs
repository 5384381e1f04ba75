using System.Text.Json;
using Google.Protobuf;
using NanoDet.Core.Diagnostics;
using NanoDet.Testing;
using NanoDet.Training.Conversion;
using NanoDet.Training.Export;
using NanoDet.Training.Export.Schema;
using NanoDet.Training.Models;
using NanoDet.Training.Tests.Export;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Conversion;

/// <summary>Weights of which no model can be made, or with names that are not those of their classes: nothing is written.</summary>
public sealed class RefusedWeightsTests : IDisposable
{
    private const string Small = "nanodet-plus-m-0.5x_160";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("b.onnx")]
    [InlineData("b.param")]
    public void Numbers_that_16_bits_do_not_have_are_refused_with_their_tensor(string output)
    {
        Weights("head.gfl_cls.0.weight", 70_000);

        Assert.Equal(
            ("NDB4107", "'head.gfl_cls.0.weight' of the model to write would have a number that is not a number (NaN), or is not within 65504 and so is infinite there; nothing is written. Write it with 32 bits, without --half"),
            Refuse(new WeightConversion { Input = _folder["a.safetensors"], Output = _folder[output], Network = Small, IsHalf = true }));

        ConvertedNetwork.Convert(_folder["a.safetensors"], _folder[output], Small);
        Weights("head.gfl_cls.0.weight", -65_504);
        ConvertedNetwork.Convert(_folder["a.safetensors"], _folder[output], Small, isHalf: true);
        Assert.Equal(-65_504, WeightFile.ReadAny(_folder[output]).Deployed!.Convolutions.Min(convolution => convolution.Weight.ToSingles().Min()));
    }

    [Theory]
    [InlineData("backbone.conv1.1.running_var", -5, "backbone.conv1.0.weight")]
    [InlineData("backbone.conv1.1.weight", 3e38f, "backbone.conv1.0.weight")]
    public void Weights_that_become_infinite_in_a_model_are_refused_with_their_tensor(string tensor, float number, string written)
    {
        Weights(tensor, number, all: true);
        if (number > 0)
        {
            var weights = WeightFile.Read(_folder["a.safetensors"]);
            weights.Tensors["backbone.conv1.1.running_var"] = WeightTensor.Of(new float[24], 24);
            SafetensorsWriter.Write(_folder["a.safetensors"], weights);
        }

        foreach (var output in new[] { "b.onnx", "b.param" })
        {
            var (code, message) = Refuse(new WeightConversion { Input = _folder["a.safetensors"], Output = _folder[output], Network = Small });
            Assert.Equal("NDB4107", code);
            Assert.StartsWith($"'{written}' of the model to write would have a number", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1e300, false)]
    [InlineData(-1e39, false)]
    [InlineData(double.NaN, false)]
    [InlineData(3.4e38, true)]
    [InlineData(1e-300, true)]
    public void A_double_that_is_no_single_is_not_finite(double number, bool isFinite)
        => Assert.Equal(isFinite, new WeightTensor(ElementType.Float64, [2], (byte[])[.. BitConverter.GetBytes(1d), .. BitConverter.GetBytes(number)]).IsFinite);

    [Theory]
    [InlineData(Small)]
    [InlineData("nanodet-m-0.5x")]
    public void Names_are_counted_where_only_the_form_changes(string preset)
    {
        using var network = ConvertedNetwork.Create(preset, "red", "green", "blue");
        var source = ConvertedNetwork.Write(network, _folder["a.safetensors"], "red", "green", "blue");
        ConvertedNetwork.Convert(source, _folder["a.pth"]);

        foreach (var (input, output) in new[] { ("a.pth", "b.safetensors"), ("a.safetensors", "b.pth") })
        {
            Assert.Equal(("NDB4108", "The weights have 3 classes, but --classes has 2 names"), Refuse(new WeightConversion { Input = _folder[input], Output = _folder[output], Classes = ["a", "b"] }));
        }

        ConvertedNetwork.Write(network, _folder["c.safetensors"], "red", "green");
        foreach (var output in new[] { "b.pth", "b.safetensors", "b.onnx" })
        {
            Assert.Equal(("NDB4108", "The weights have 3 classes, but the file's metadata has 2 names"), Refuse(new WeightConversion { Input = _folder["c.safetensors"], Output = _folder[output] }));
        }

        new WeightConversion { Input = _folder["c.safetensors"], Output = _folder["d.safetensors"], Classes = ["a", "b", "c"] }.Run();
        Assert.Equal("""["a","b","c"]""", WeightFile.Read(_folder["d.safetensors"]).Metadata["classes"]);
    }

    [Theory]
    [InlineData("b.onnx")]
    [InlineData("b.safetensors")]
    public void Names_that_no_model_can_have_are_refused(string output)
    {
        using var network = ConvertedNetwork.Create(Small, "red", "green", "blue");
        foreach (var (names, reason) in new (string?[], string)[]
            { (["a", "a", "c"], "'a' is listed twice"), (["a", "", "c"], "a name is empty"), (["a", " ", "c"], "a name is empty"), (["a", null, "c"], "a name is empty"), (["a", "b\u0007", "c"], "has a character that cannot be printed") })
        {
            SafetensorsWriter.Write(_folder["a.safetensors"], ModelWeights.Export(StateDict.Of(network), []) with { Metadata = new Dictionary<string, string> { ["classes"] = JsonSerializer.Serialize(names) } });

            var (code, message) = Refuse(new WeightConversion { Input = _folder["a.safetensors"], Output = _folder[output] });

            Assert.Equal("NDB4109", code);
            Assert.Contains(reason, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Weights_in_another_file_are_not_called_damaged()
    {
        using var network = ConvertedNetwork.Create(Small, "red", "green");
        var model = ModelProto.Parser.ParseFrom(OnnxExporter.Export(network, ExportedModel.Metadata(network, 64, 64) with { Classes = ["red", "green"] }));
        var tensor = model.Graph.Initializer.First(tensor => tensor.Name == "fpn.reduce_layers.0.conv.weight");
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        File.WriteAllBytes(_folder["a.onnx"], model.ToByteArray());

        Assert.Equal(
            ("NDB4111", "The weights cannot be taken out of the file: it keeps the tensor 'fpn.reduce_layers.0.conv.weight' in another file, which is not opened; save it as one file"),
            Refuse(new WeightConversion { Input = _folder["a.onnx"], Output = _folder["b.pth"] }));
    }

    private void Weights(string tensor, float number, bool all = false)
    {
        using var network = ConvertedNetwork.Create(Small, "red", "green");
        var weights = ModelWeights.Export(StateDict.Of(network), ["red", "green"]);
        var numbers = weights.Tensors[tensor].ToSingles();
        numbers.AsSpan(0, all ? numbers.Length : 1).Fill(number);
        weights.Tensors[tensor] = WeightTensor.Of(numbers, weights.Tensors[tensor].Shape.AsSpan());
        SafetensorsWriter.Write(_folder["a.safetensors"], weights);
    }

    private static (string Code, string Message) Refuse(WeightConversion conversion)
    {
        var diagnostic = Assert.Throws<NanoDetException>(() => conversion.Run()).Diagnostic;
        Assert.False(File.Exists(conversion.Output));
        return (diagnostic.Code, diagnostic.Message);
    }
}
