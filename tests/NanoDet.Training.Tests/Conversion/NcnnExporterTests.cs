using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Training.Export.Ncnn;
using NanoDet.Training.Tests.Export;
using NanoDet.Training.Tests.Loop;
using NanoDet.Training.Tests.Networks;
using NanoDet.Training.Weights.Deployed;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Conversion;

public sealed class NcnnExporterTests
{
    private const int Side = 96;

    [Theory]
    [InlineData("NanoDet-Plus")]
    [InlineData("NanoDet")]
    [InlineData("RepVGG")]
    [InlineData("EfficientNetLite")]
    [InlineData("PAN with BN, NanoDetHead")]
    [InlineData("GhostPAN, NanoDetPlusHead of Conv")]
    [InlineData("HardSwish")]
    [InlineData("SiLU")]
    [InlineData("GELU")]
    [InlineData("PReLU")]
    [InlineData("ConvNeXt")]
    [InlineData("GroupNorm")]
    public void The_layers_of_ncnn_compute_what_the_network_computes(string kind)
    {
        using var network = ConvertedNetwork.Create(Configuration(kind));
        var model = NcnnExporter.Export(network, ExportedModel.Metadata(network, Side, Side));
        using var picture = arange(3 * Side * Side).mul(0.37).sin().mul(2).reshape(3, Side, Side);

        var found = NcnnInterpreter.Run(model.Param, model.Bin, picture);

        var expected = ExportedModel.RunTorch(network, picture.data<float>().ToArray(), 1, Side, Side);
        Assert.InRange(ConvertedNetwork.Difference(expected, found), 0, 1e-4 * Math.Max(1, expected.Max(float.Abs)));
        Assert.Equal(model.Param, NcnnExporter.Export(network, ExportedModel.Metadata(network, Side, Side)).Param);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Attention_computes_in_layers_of_ncnn_what_the_network_computes(bool isHalf)
    {
        const int Side = SmallTraining.Side;
        using var network = ConvertedNetwork.Create(SmallTraining.WithAttention(1).Model);
        using var picture = arange(3 * Side * Side).mul(0.37).sin().mul(2).reshape(3, Side, Side);
        var expected = ExportedModel.RunTorch(network, picture.data<float>().ToArray(), 1, Side, Side);

        var model = NcnnExporter.Export(network, ExportedModel.Metadata(network, Side, Side), isHalf);

        Assert.InRange(ConvertedNetwork.Difference(expected, NcnnInterpreter.Run(model.Param, model.Bin, picture)), 0, (isHalf ? 0.05 : 1e-4) * Math.Max(1, expected.Max(float.Abs)));
        foreach (var type in new[] { "LayerNorm", "InnerProduct", "MatMul", "Softmax", "MemoryData" })
        {
            Assert.Contains($"\n{type} ", model.Param, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("PReLU", "PReLU")]
    [InlineData("ConvNeXt", "LayerNorm")]
    [InlineData("GroupNorm", "GroupNorm")]
    public void Weights_outside_of_convolutions_are_told_when_the_file_is_read_back(string kind, string layer)
    {
        using var network = ConvertedNetwork.Create(Configuration(kind));
        var model = NcnnExporter.Export(network, ExportedModel.Metadata(network, Side, Side));

        var diagnostic = Assert.Throws<NanoDetException>(() => NcnnNetworkReader.Read("a.param", model.Param, model.Bin)).Diagnostic;

        Assert.Equal(("NDB4111", $"The weights cannot be taken out of the file: it has a layer '{layer}', and only the weights of convolutions can be taken out"), (diagnostic.Code, diagnostic.Message));
    }

    private static ModelConfiguration Configuration(string kind) => kind switch
    {
        "NanoDet-Plus" => SmallTraining.Configuration(1).Model,
        "NanoDet" => SmallTraining.Legacy(1).Model,
        "RepVGG" => SmallTraining.With(new RepVggConfiguration("A0"), 1).Model,
        "ConvNeXt" => SmallTraining.With(new TimmConfiguration("convnext_atto") { OutStages = [1, 2, 3] }, 1).Model,
        "GroupNorm" => OtherParts.Of("PAN, GFLHead"),
        "EfficientNetLite" => SmallTraining.With(new EfficientNetLiteConfiguration("efficientnet_lite0") { OutStages = [2, 4, 6], Activation = Activation.ReLU6 }, 1).Model,
        _ when kind.Contains(", ", StringComparison.Ordinal) => OtherParts.Of(kind),
        _ => Activated(Enum.Parse<Activation>(kind)),
    };

    private static ModelConfiguration Activated(Activation activation)
    {
        var plus = SmallTraining.Configuration(1).Model;
        return plus with { Backbone = plus.Backbone with { Activation = activation }, Neck = plus.Neck with { Activation = activation }, Head = plus.Head with { Activation = activation } };
    }
}
