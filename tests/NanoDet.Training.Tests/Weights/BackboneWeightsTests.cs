using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Testing;
using NanoDet.Training.Export;
using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Tests.Conversion;
using NanoDet.Training.Tests.Export;
using NanoDet.Training.Tests.Loop;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Weights;

public sealed class BackboneWeightsTests
{
    private const string Part = "backbone.";

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("model.backbone.")]
    public void The_names_of_torchvision_fill_ShuffleNetV2_and_the_classifier_is_skipped(string prefix)
    {
        using var trained = NetworkFactory.Create(SmallTraining.Configuration(1).Model, 1);
        using var model = NetworkFactory.Create(SmallTraining.Configuration(1).Model, 2);
        using var untouched = NetworkFactory.Create(SmallTraining.Configuration(1).Model, 2);
        var file = Published(trained, name => prefix + name);
        file.Tensors[prefix + "conv5.0.weight"] = WeightTensor.Of([1], 1);
        file.Tensors[prefix + "fc.bias"] = WeightTensor.Of([1], 1);

        var report = BackboneWeights.Load("shufflenet.pth", file, model);

        Assert.Equal((file.Tensors.Count(tensor => StateDict.IsLearnt(tensor.Key)) - 2, 0, 2), (report.Count(WeightOutcome.Loaded), report.Count(WeightOutcome.Renewed), report.Count(WeightOutcome.Skipped)));
        Assert.Equal(
            [(prefix + "conv5.0.weight", "the backbone has no such tensor"), (prefix + "fc.bias", "the backbone has no such tensor")],
            report.Rows.Where(row => row.Outcome == WeightOutcome.Skipped).Select(row => (row.Name, row.Reason)));
        RequireSame(trained, model, name => name.StartsWith(Part, StringComparison.Ordinal));
        RequireSame(untouched, model, name => !name.StartsWith(Part, StringComparison.Ordinal));
    }

    [Fact]
    public void The_names_of_timm_fill_EfficientNet_Lite()
    {
        RequireFills(new EfficientNetLiteConfiguration("efficientnet_lite0") { OutStages = [2, 4, 6], Activation = Activation.ReLU6 }, name =>
        {
            var parts = name.Split('.');
            return parts switch
            {
                ["stem", "0", var rest] => $"conv_stem.{rest}",
                ["stem", _, var rest] => $"bn1.{rest}",
                ["blocks", "0", var block, var layer, var rest] => $"blocks.0.{block}.{First(layer)}.{rest}",
                [_, var stage, var block, var layer, var rest] => $"blocks.{stage}.{block}.{Later(layer)}.{rest}",
                _ => throw new InvalidOperationException(name),
            };
        });

        static string First(string layer) => layer switch { "_depthwise_conv" => "conv_dw", "_bn1" => "bn1", "_project_conv" => "conv_pw", _ => "bn2" };

        static string Later(string layer) => layer switch
        {
            "_expand_conv" => "conv_pw",
            "_bn0" => "bn1",
            "_depthwise_conv" => "conv_dw",
            "_bn1" => "bn2",
            "_project_conv" => "conv_pwl",
            _ => "bn3",
        };
    }

    [Fact]
    public void The_names_of_its_authors_and_of_timm_fill_RepVGG()
    {
        var backbone = new RepVggConfiguration("A0") { OutStages = [2, 3, 4] };
        RequireFills(backbone, Author);
        RequireFills(backbone, name =>
        {
            name = Author(name).Replace(".rbr_dense.", ".conv_kxk.", StringComparison.Ordinal).Replace(".rbr_1x1.", ".conv_1x1.", StringComparison.Ordinal)
                .Replace(".rbr_identity.", ".identity.", StringComparison.Ordinal);
            return name.StartsWith("stage0.", StringComparison.Ordinal) ? "stem." + name[7..] : $"stages.{name[5] - '1'}{name[6..]}";
        });

        static string Author(string name) => name.Contains("rbr_dense.", StringComparison.Ordinal) || name.Contains("rbr_1x1.", StringComparison.Ordinal)
            ? name.Replace(".0.weight", ".conv.weight", StringComparison.Ordinal).Replace("_dense.1.", "_dense.bn.", StringComparison.Ordinal).Replace("_1x1.1.", "_1x1.bn.", StringComparison.Ordinal)
            : name;
    }

    [Fact]
    public void The_names_of_torchvision_fill_MobileNetV2()
    {
        int[] blocks = [1, 2, 3, 4, 3, 3, 1];
        RequireFills(new MobileNetV2Configuration { OutStages = [2, 4, 6], Activation = Activation.ReLU6 }, name =>
        {
            var parts = name.Split('.', 3);
            return parts[0] == "first_layer" ? $"features.0.{name["first_layer.".Length..]}"
                : FormattableString.Invariant($"features.{1 + blocks[..(parts[0][5] - '0')].Sum() + (parts[1][0] - '0')}.{parts[2]}");
        });
    }

    [Theory]
    [InlineData("features.0.0.weight", "first_layer.0.weight")]
    [InlineData("features.1.conv.0.0.weight", "stage0.0.conv.0.0.weight")]
    [InlineData("features.2.conv.1.1.running_mean", "stage1.0.conv.1.1.running_mean")]
    [InlineData("features.3.conv.2.weight", "stage1.1.conv.2.weight")]
    [InlineData("features.17.conv.3.bias", "stage6.0.conv.3.bias")]
    [InlineData("features.18.1.weight", "stage6.1.1.weight")]
    [InlineData("stages.2.blocks.7.conv_dw.weight", "timm.stages_2.blocks.7.conv_dw.weight")]
    [InlineData("stem.1.weight", "timm.stem_1.weight")]
    [InlineData("layer1.0.downsample.1.weight", "layer1.0.downsample.1.weight")]
    public void A_published_name_finds_that_of_the_backbone(string published, string backbone)
        => Assert.Equal(published, BackboneNames.Match(["head.fc.weight", published], new HashSet<string> { backbone, "other" })[backbone]);

    [Fact]
    public void Weights_of_another_backbone_are_refused()
    {
        using var model = NetworkFactory.Create(SmallTraining.Configuration(1).Model, 1);
        var exception = Assert.Throws<NanoDetException>(() => BackboneWeights.Load(
            "resnet.pth", new WeightSet(new() { ["layer1.0.conv1.weight"] = WeightTensor.Of([1], 1) }, new Dictionary<string, string>()), model));

        Assert.Equal("NDB4105", exception.Diagnostic.Code);
    }

    [Theory]
    [InlineData("shufflenet")]
    [InlineData("mobilenet")]
    public void An_exported_model_with_the_same_backbone_fills_it_whatever_its_neck_and_head_are(string kind)
    {
        // With another head, and attention in the neck, which no file for detection gives back.
        BackboneConfiguration backbone = kind == "mobilenet" ? new MobileNetV2Configuration { OutStages = [2, 4, 6], Activation = Activation.ReLU6 } : SmallTraining.Configuration(1).Model.Backbone;
        using var exported = ConvertedNetwork.Create(kind == "mobilenet" ? SmallTraining.With(backbone, 1).Model : SmallTraining.Configuration(1).Model);
        using var model = NetworkFactory.Create(kind == "mobilenet" ? SmallTraining.With(backbone, 1).Model : SmallTraining.WithAttention(1).Model, 2);
        using var folder = new TestFolder();
        File.WriteAllBytes(folder["a.onnx"], OnnxExporter.Export(exported, ExportedModel.Metadata(exported, 64, 64)));

        var report = BackboneWeights.Load("a.onnx", WeightFile.Read(folder["a.onnx"]), model);

        Assert.True(report.Count(WeightOutcome.Loaded) > 100);
        Assert.Equal((0, 0), (report.Count(WeightOutcome.Renewed), report.Count(WeightOutcome.Skipped)));
        Assert.True(report.FoldedNormalizations > 30);
        using var picture = ones(1, 3, 64, 64);
        using var inference = inference_mode();
        model.eval();
        foreach (var (expected, found) in exported.Backbone.call(picture).Zip(model.Backbone.call(picture)))
        {
            Assert.True(found.allclose(expected, rtol: 1e-3, atol: 1e-4));
        }
    }

    [Fact]
    public void An_exported_model_with_another_backbone_is_refused_at_its_first_convolution()
    {
        using var exported = ConvertedNetwork.Create("nanodet-m", "red", "green");
        using var model = NetworkFactory.Create(SmallTraining.Configuration(1).Model, 2);
        using var folder = new TestFolder();
        File.WriteAllBytes(folder["a.onnx"], OnnxExporter.Export(exported, ExportedModel.Metadata(exported, 64, 64)));

        var diagnostic = Assert.Throws<NanoDetException>(() => BackboneWeights.Load("a.onnx", WeightFile.Read(folder["a.onnx"]), model)).Diagnostic;

        Assert.Equal("NDB4110", diagnostic.Code);
        Assert.Contains("'backbone.stage2.", diagnostic.Message, StringComparison.Ordinal);
    }

    private static void RequireFills(BackboneConfiguration backbone, Func<string, string> published)
    {
        var configuration = SmallTraining.With(backbone, 1).Model;
        using var trained = NetworkFactory.Create(configuration, 1);
        using var model = NetworkFactory.Create(configuration, 2);

        var report = BackboneWeights.Load("a.pth", Published(trained, published), model);

        Assert.All(report.Rows, row => Assert.Equal((WeightOutcome.Loaded, row.Name), (row.Outcome, row.Name)));
        RequireSame(trained, model, name => name.StartsWith(Part, StringComparison.Ordinal));
    }

    /// <summary>The weights of a backbone as somebody publishes them.</summary>
    private static WeightSet Published(DetectionNetwork network, Func<string, string> name) => new(
        new(StateDict.Of(network).Where(entry => entry.Key.StartsWith(Part, StringComparison.Ordinal))
            .Select(entry => KeyValuePair.Create(name(entry.Key[Part.Length..]), TensorContent.Read(entry.Value)))),
        new Dictionary<string, string>());

    private static void RequireSame(DetectionNetwork expected, DetectionNetwork found, Func<string, bool> which)
        => Assert.All(StateDict.Of(expected).Zip(StateDict.Of(found)).Where(pair => which(pair.First.Key)), pair => Assert.Equal(
            TensorContent.Read(pair.First.Value).Data.ToArray(), TensorContent.Read(pair.Second.Value).Data.ToArray()));
}
