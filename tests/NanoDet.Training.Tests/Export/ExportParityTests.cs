using Microsoft.ML.OnnxRuntime;
using NanoDet.Data.Configuration;
using NanoDet.Training.Export;
using NanoDet.Training.Models;
using NanoDet.Training.Models.Backbones;
using NanoDet.Training.Models.Necks;
using NanoDet.Training.Networks;
using NanoDet.Training.Tests.Loop;
using NanoDet.Training.Tests.Networks;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Export;

public class ExportParityTests
{
    public static TheoryData<Activation> Activations { get; } = [.. Enum.GetValues<Activation>()];

    [Theory]
    [MemberData(nameof(GoldenModel.Names), MemberType = typeof(GoldenModel))]
    public void Every_model_computes_the_same_in_ONNX_Runtime(string name)
    {
        using var network = new GoldenModel(name).Network();

        // A position embedding is for one size.
        foreach (var (width, height) in network.Neck is TAN ? [(320, 320)] : new[] { (320, 320), (320, 192) })
        {
            Agrees(network, width, height, batch: 1, new ExportOptions());
            Agrees(network, width, height, batch: 4, new ExportOptions { Batch = null });
        }
    }

    /// <summary>Of these there are no vectors of the original.</summary>
    [Theory]
    [MemberData(nameof(OtherBackbones.All), MemberType = typeof(OtherBackbones))]
    public void Every_other_backbone_computes_the_same_in_ONNX_Runtime(BackboneConfiguration backbone)
    {
        using var network = NetworkFactory.Create(SmallTraining.With(backbone, epochs: 1).Model, seed: 1);
        GoldenModel.Fill(network);

        Agrees(network, 96, 64, batch: 1, new ExportOptions());
        Agrees(network, 64, 96, batch: 2, new ExportOptions { Batch = null });
    }

    [Theory]
    [MemberData(nameof(OtherParts.All), MemberType = typeof(OtherParts))]
    public void Every_neck_with_every_head_computes_the_same_in_ONNX_Runtime(string name)
    {
        using var network = NetworkFactory.Create(OtherParts.Of(name), seed: 1);
        GoldenModel.Fill(network);

        Agrees(network, 64, 64, batch: 1, new ExportOptions());
        Agrees(network, 64, 64, batch: 2, new ExportOptions { Batch = null });
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_activation_computes_the_same_in_ONNX_Runtime(Activation activation)
    {
        using var network = NetworkFactory.Create(Small(activation), seed: 1);

        Agrees(network, 64, 96, batch: 1, new ExportOptions());
    }

    [Fact]
    public void A_head_with_two_chains_of_convolutions_computes_the_same_in_ONNX_Runtime()
    {
        var configuration = NetworkConfigurations.Legacy("0.5x", [48, 96, 192], 32);
        using var network = NetworkFactory.Create(
            configuration with { Head = (NanoDetHeadConfiguration)configuration.Head with { ShareClsReg = false, PlainConvolutions = true } }, seed: 1);

        Agrees(network, 96, 64, batch: 1, new ExportOptions());
    }

    [Fact]
    public void Batch_statistics_of_a_training_are_folded_in()
    {
        using var network = NetworkFactory.Create(Small(Activation.LeakyReLU), seed: 1);
        Unsettle(network);

        Agrees(network, 64, 64, batch: 2, new ExportOptions { Batch = 2 });
    }

    [Theory]
    [InlineData("B1g4")]
    [InlineData("A0")]
    public void Three_branches_of_RepVGG_are_one_convolution_after_the_export(string name)
    {
        using var branches = new RepVggBlock(32, 32, stride: 1, RepVggShape.Of(name)!.GroupsOf(2), Activation.ReLU, fused: false);
        using var fused = new RepVggBlock(32, 32, stride: 1, RepVggShape.Of(name)!.GroupsOf(2), Activation.ReLU, fused: true);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var (i, (_, value)) in StateDict.Of(branches).Index().Where(entry => entry.Item.Value.dtype == ScalarType.Float32))
        {
            value.copy_((arange(value.numel()) * (i + 1)).sin().reshape(value.shape)).mul_(0.3).add_(value.dim() > 1 ? 0 : 1);
        }

        var convolution = FoldedConvolution.Of(branches);
        fused.Fused!.weight.copy_(tensor(convolution.Weight, [.. convolution.Shape]));
        fused.Fused.bias!.copy_(tensor(convolution.Bias));
        branches.eval();
        var picture = arange(2 * 32 * 9 * 7).cos().reshape(2, 32, 9, 7);

        var (before, after) = (branches.call(picture), fused.call(picture));

        Assert.True(before.max().item<float>() > 1);
        Assert.InRange((before - after).abs().max().item<float>(), 0, 1e-4);
        Assert.Equal(convolution.Weight, FoldedConvolution.Of(fused).Weight);
    }

    private static void Agrees(DetectionNetwork network, int width, int height, int batch, ExportOptions options)
    {
        var model = OnnxExporter.Export(network, ExportedModel.Metadata(network, width, height), options);
        var picture = ExportedModel.Picture(batch, width, height);
        var expected = ExportedModel.RunTorch(network, picture, batch, width, height);
        foreach (var level in (GraphOptimizationLevel[])[GraphOptimizationLevel.ORT_ENABLE_ALL, GraphOptimizationLevel.ORT_DISABLE_ALL])
        {
            var difference = ExportedModel.LargestDifference(expected, ExportedModel.RunOnnx(model, picture, batch, width, height, level));
            Assert.True(difference <= GoldenModel.Tolerance(expected.Max(float.Abs)), $"{width}x{height}, batch {batch}, {level}: the largest difference is {difference}");
        }
    }

    private static ModelConfiguration Small(Activation activation)
    {
        var plus = NetworkConfigurations.Plus("0.5x", [48, 96, 192], 32);
        return plus with
        {
            Backbone = plus.Backbone with { Activation = activation },
            Neck = plus.Neck with { Activation = activation },
            Head = plus.Head with { Activation = activation },
        };
    }

    // Fresh networks have means of 0 and deviations of 1, with which a forgotten normalisation would go unseen.
    private static void Unsettle(DetectionNetwork network)
    {
        using var noGradients = no_grad();
        foreach (var (name, value) in StateDict.Of(network).Where(entry => entry.Key.Contains("running_", StringComparison.Ordinal)))
        {
            value.add_(name.EndsWith("mean", StringComparison.Ordinal) ? 0.2 : 0.7);
        }
    }
}
