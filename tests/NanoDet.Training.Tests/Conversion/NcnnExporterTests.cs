using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Training.Export.Ncnn;
using NanoDet.Training.Networks;
using NanoDet.Training.Tests.Export;
using NanoDet.Training.Tests.Loop;
using NanoDet.Training.Tests.Networks;
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

    [Fact]
    public void An_operation_that_ncnn_does_not_have_is_told()
    {
        var configuration = SmallTraining.Legacy(1).Model;
        using var network = NetworkFactory.Create(configuration with { Backbone = configuration.Backbone with { Activation = Activation.GELU } }, seed: 1);

        var exception = Assert.Throws<NanoDetException>(() => NcnnExporter.Export(network, ExportedModel.Metadata(network, Side, Side)));

        Assert.Equal("NDB5006", exception.Diagnostic.Code);
    }

    private static ModelConfiguration Configuration(string kind) => kind switch
    {
        "NanoDet-Plus" => SmallTraining.Configuration(1).Model,
        "NanoDet" => SmallTraining.Legacy(1).Model,
        "RepVGG" => SmallTraining.With(new RepVggConfiguration("A0"), 1).Model,
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
