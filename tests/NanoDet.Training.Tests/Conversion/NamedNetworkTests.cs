using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Models;
using NanoDet.Data.Configuration;
using NanoDet.Detection;
using NanoDet.Testing;
using NanoDet.Training.Conversion;
using NanoDet.Training.Export;
using NanoDet.Training.Tests.Export;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Tests.Conversion;

/// <summary>What a converted model says of its classes and of its input, and networks that only a configuration file describes.</summary>
public sealed class NamedNetworkTests : IDisposable
{
    private const string Small = "nanodet-plus-m-0.5x_160";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("name: FPN, in_channels: [48, 96, 192], out_channels: 32, start_level: 0, num_outs: 3", "name: GFLHead, norm_cfg: {type: GN, num_groups: 32, requires_grad: True}")]
    [InlineData("name: TAN, in_channels: [48, 96, 192], out_channels: 32, feature_hw: [6, 6], num_heads: 4, num_encoders: 1, mlp_ratio: 4, dropout_ratio: 0.1, activation: LeakyReLU", "name: NanoDetHead, norm_cfg: {type: BN}, share_cls_reg: True")]
    public void Every_head_and_neck_becomes_a_model_with_the_classes_of_its_configuration_file(string neck, string head)
    {
        var (file, weights) = Configured(neck, head);

        var (_, network, input, classes) = new WeightConversion { Input = weights, Output = _folder["a.onnx"], Network = file }.Run();

        Assert.Equal(file, network);
        Assert.Equal($"input: 96x96, images keep their aspect ratio, as in {file}", input);
        Assert.Null(classes);
        Assert.Equal(["red", "green"], Metadata("a.onnx").Classes);
        // Attention and normalisations of groups stay outside of convolutions, so there is no way back.
        Assert.Equal("NDB4111", Code(new WeightConversion { Input = _folder["a.onnx"], Output = _folder["b.pth"], Network = file }));
    }

    [Fact]
    public void Names_of_another_number_than_the_classes_are_refused()
    {
        var (file, weights) = Configured(
            "name: PAN, in_channels: [48, 96, 192], out_channels: 32, start_level: 0, num_outs: 3", "name: NanoDetHead, norm_cfg: {type: BN}, share_cls_reg: True");
        using var network = ConvertedNetwork.Create("nanodet-m-0.5x", "red", "green", "blue");
        var three = ConvertedNetwork.Write(network, _folder["three.safetensors"]);

        Assert.Equal(
            ("NDB4108", "The weights have 3 classes, but --classes has 2 names"), Message(new WeightConversion { Input = three, Output = _folder["b.onnx"], Classes = ["red", "green"] }));
        File.WriteAllText(file, File.ReadAllText(file).Replace("[red, green]", "[red, green, blue]", StringComparison.Ordinal).Replace("num_classes: 2", "num_classes: 3", StringComparison.Ordinal));
        Assert.Equal(("NDB4108", $"The weights have 2 classes, but {file} has 3 names"), Message(new WeightConversion { Input = weights, Output = _folder["b.onnx"], Network = file }));
        Assert.False(File.Exists(_folder["b.onnx"]));
    }

    [Theory]
    [InlineData(1, "class0")]
    [InlineData(3, "class0 to class2")]
    [InlineData(80, "the 80 of COCO")]
    public void Names_that_nothing_says_are_told_as_assumed_and_no_training_reads_them(int count, string assumed)
    {
        ImmutableArray<string> names = [.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"name{i}"))];
        using var network = ConvertedNetwork.Create(Small, names);
        var unnamed = ConvertedNetwork.Write(network, _folder["a.safetensors"]);
        var named = ConvertedNetwork.Write(network, _folder["named.safetensors"], names);
        var line = $"classes: {assumed}: assumed, because the file does not name them; --classes names a file with them";

        Assert.Equal(line, new WeightConversion { Input = unnamed, Output = _folder["a.onnx"] }.Run().AssumedClasses);
        Assert.Equal(count, Metadata("a.onnx").Classes.Length);
        Assert.Null(new WeightConversion { Input = unnamed, Output = _folder["b.safetensors"], Network = Small }.Run().AssumedClasses);
        Assert.DoesNotContain("classes", WeightFile.Read(_folder["b.safetensors"]).Metadata.Keys);

        Assert.Null(new WeightConversion { Input = unnamed, Output = _folder["c.onnx"], Classes = names }.Run().AssumedClasses);
        Assert.Null(new WeightConversion { Input = named, Output = _folder["d.onnx"] }.Run().AssumedClasses);
    }

    [Fact]
    public void What_an_exported_model_says_of_its_input_stays()
    {
        using var network = ConvertedNetwork.Create(Small, "red", "green");
        var own = ExportedModel.Metadata(network, 96, 64) with { KeepRatio = true, Mean = [1, 2, 3], Std = [4, 5, 6], ScoreThreshold = 0.25, License = "MIT" };
        File.WriteAllBytes(_folder["a.onnx"], OnnxExporter.Export(network, own));

        var (_, _, input, _) = new WeightConversion { Input = _folder["a.onnx"], Output = _folder["b.onnx"], Network = "nanodet-plus-m-0.5x_224" }.Run();

        Assert.Equal("input: 96x64, images keep their aspect ratio, as the file says", input);
        var written = Metadata("b.onnx");
        Assert.Equal((96, 64, true, 0.25, "MIT"), (written.InputWidth, written.InputHeight, written.KeepRatio, written.ScoreThreshold, written.License));
        Assert.Equal([1d, 2, 3], written.Mean);
        Assert.Equal([4d, 5, 6], written.Std);
    }

    [Fact]
    public void A_model_of_another_program_says_the_size_by_its_shape()
    {
        using var network = ConvertedNetwork.Create(Small, "red", "green");
        var model = Training.Export.Schema.ModelProto.Parser.ParseFrom(OnnxExporter.Export(network, ExportedModel.Metadata(network, 224, 224)));
        model.MetadataProps.Clear();
        File.WriteAllBytes(_folder["a.onnx"], Google.Protobuf.MessageExtensions.ToByteArray(model));

        var (_, found, input, _) = new WeightConversion { Input = _folder["a.onnx"], Output = _folder["b.onnx"] }.Run();

        Assert.Equal("nanodet-plus-m-0.5x_224", found);
        Assert.Equal("input: 224x224, as the file says; images are stretched, as in nanodet-plus-m-0.5x_224", input);
        Assert.Equal((224, 224), (Metadata("b.onnx").InputWidth, Metadata("b.onnx").InputHeight));
    }

    [Theory]
    [InlineData("a.param")]
    [InlineData("a.pth")]
    [InlineData("a.safetensors")]
    public void A_file_of_ours_says_the_size_of_the_input_and_the_classes_if_it_can(string made)
    {
        using var network = ConvertedNetwork.Create(Small, "red", "green");
        File.WriteAllBytes(_folder["model.onnx"], OnnxExporter.Export(network, ExportedModel.Metadata(network, 96, 64) with { Classes = ["red", "green"] }));
        new WeightConversion { Input = _folder["model.onnx"], Output = _folder[made] }.Run();

        var (_, _, input, classes) = new WeightConversion { Input = _folder[made], Output = _folder["back.onnx"] }.Run();

        Assert.Equal($"input: 96x64, as the file says; images are stretched, as in {Small}", input);
        var back = Metadata("back.onnx");
        Assert.Equal((96, 64), (back.InputWidth, back.InputHeight));
        Assert.Equal(made == "a.param" ? ["class0", "class1"] : ["red", "green"], back.Classes);
        Assert.Equal(made == "a.param", classes is not null);

        // Weights are for every input of their network, so the one that the user names counts; a model for detection has its own.
        new WeightConversion { Input = _folder[made], Output = _folder["named.onnx"], Network = "nanodet-plus-m-0.5x_224" }.Run();
        Assert.Equal(made == "a.param" ? 96 : 224, Metadata("named.onnx").InputWidth);
    }

    [Fact]
    public void A_size_that_was_assumed_is_not_written_as_if_it_were_known()
    {
        using var network = ConvertedNetwork.Create(Small, "red", "green");
        var model = Training.Export.Schema.ModelProto.Parser.ParseFrom(OnnxExporter.Export(network, ExportedModel.Metadata(network, 96, 96)));
        model.MetadataProps.Clear();
        model.Graph.Input[0].Type.TensorType.Shape.Dim[2].DimParam = "height";
        File.WriteAllBytes(_folder["a.onnx"], Google.Protobuf.MessageExtensions.ToByteArray(model));

        ConvertedNetwork.Convert(_folder["a.onnx"], _folder["a.safetensors"]);
        ConvertedNetwork.Convert(_folder["a.onnx"], _folder["named.safetensors"], Small);

        Assert.DoesNotContain("input", WeightFile.Read(_folder["a.safetensors"]).Metadata.Keys);
        Assert.Equal("160x160", WeightFile.Read(_folder["named.safetensors"]).Metadata["input"]);
    }

    [Theory]
    [InlineData("416x320", true)]
    [InlineData("0x320", false)]
    [InlineData("416", false)]
    [InlineData("416x320x3", false)]
    [InlineData("-416x320", false)]
    [InlineData("99999x320", false)]
    [InlineData("99999999999x320", false)]
    public void A_size_in_metadata_that_no_input_has_says_nothing(string text, bool isSize)
        => Assert.Equal(isSize, new WeightSet([], new Dictionary<string, string> { ["input"] = text }).Input is { Width: 416, Height: 320 });

    [Fact]
    public void An_input_that_no_file_says_is_told_as_assumed()
    {
        using var network = ConvertedNetwork.Create(Small, "red", "green");
        var unknown = ConvertedNetwork.Write(network, _folder["a.safetensors"], "red", "green");
        var named = ConvertedNetwork.Write(network, _folder["nanodet-plus-m-0.5x_224.safetensors"], "red", "green");

        Assert.Equal(
            $"input: 160x160, images are stretched: assumed from {Small}, because the file does not say it; --network names a preset or a configuration file with another input",
            new WeightConversion { Input = unknown, Output = _folder["a.onnx"] }.Run().Input);
        Assert.Equal("input: 224x224, images are stretched, as in nanodet-plus-m-0.5x_224", new WeightConversion { Input = named, Output = _folder["b.onnx"] }.Run().Input);
        Assert.Null(new WeightConversion { Input = _folder["b.onnx"], Output = _folder["b.pth"] }.Run().Input);
    }

    [Fact]
    public void The_branches_of_RepVGG_that_a_model_no_longer_has_can_be_trained_and_written_again()
    {
        var backbone = "name: RepVGG, arch: A0, out_stages: [2, 3, 4], activation: ReLU";
        var (file, weights) = Configured(
            "name: PAN, in_channels: [96, 192, 1280], out_channels: 32, start_level: 0, num_outs: 3", "name: NanoDetHead, norm_cfg: {type: BN}, share_cls_reg: True", backbone);
        ConvertedNetwork.Convert(weights, _folder["a.onnx"], file);
        ConvertedNetwork.Convert(_folder["a.onnx"], _folder["b.pth"], file);
        ConvertedNetwork.Convert(_folder["b.pth"], _folder["c.onnx"], file);

        var pointwise = WeightFile.Read(_folder["b.pth"]).Tensors["backbone.stage1.0.rbr_1x1.0.weight"];
        Assert.Contains(pointwise.ToSingles(), value => value != 0);
        var picture = ExportedModel.Picture(1, 96, 96);
        var (before, after) = (ExportedModel.RunOnnx(File.ReadAllBytes(_folder["a.onnx"]), picture, 1, 96, 96), ExportedModel.RunOnnx(File.ReadAllBytes(_folder["c.onnx"]), picture, 1, 96, 96));
        Assert.InRange(ExportedModel.LargestDifference(before, after), 0, 1e-4f * Math.Max(1, before.Max(float.Abs)));
    }

    /// <summary>A configuration file, and weights of its network without class names, as the original writes them.</summary>
    private (string File, string Weights) Configured(
        string neck, string head, string backbone = "name: ShuffleNetV2, model_size: 0.5x, out_stages: [2, 3, 4], activation: LeakyReLU, pretrain: False")
    {
        var part = "{name: XMLDataset, img_path: images, ann_path: annotations, input_size: [96, 96], keep_ratio: True, pipeline: {normalize: [[103.53, 116.28, 123.675], [57.375, 57.12, 58.395]]}}";
        File.WriteAllText(_folder["model.yml"], $$"""
            save_dir: workspace
            model:
              arch:
                name: OneStageDetector
                backbone: { {{backbone}} }
                fpn: { {{neck}} }
                head:
                  {num_classes: 2, input_channel: 32, feat_channels: 32, stacked_convs: 1, octave_base_scale: 5, strides: [8, 16, 32], reg_max: 7, {{head}},
                   loss: {loss_qfl: {name: QualityFocalLoss, use_sigmoid: True, beta: 2.0, loss_weight: 1.0}, loss_dfl: {name: DistributionFocalLoss, loss_weight: 0.25}, loss_bbox: {name: GIoULoss, loss_weight: 2.0} } }
            data:
              train: {{part}}
              val: {{part}}
            device: {gpu_ids: [0], workers_per_gpu: 0, batchsize_per_gpu: 2}
            schedule:
              optimizer: {name: SGD, lr: 0.14, momentum: 0.9, weight_decay: 0.0001}
              warmup: {name: linear, steps: 2, ratio: 0.1}
              total_epochs: 2
              lr_schedule: {name: MultiStepLR, milestones: [1], gamma: 0.1}
              val_intervals: 1
            evaluator: {name: CocoDetectionEvaluator, save_key: mAP}
            log: {interval: 10}
            class_names: [red, green]
            """);
        var reading = ConfigurationFile.Read(_folder["model.yml"]);
        Assert.True(reading.Configuration is not null, reading.Diagnostics.FirstOrDefault()?.ToString());
        using var network = ConvertedNetwork.Create(reading.Configuration.Model);
        var weights = ConvertedNetwork.Write(network, _folder["model.safetensors"]);
        return (_folder["model.yml"], weights);
    }

    private ModelMetadata Metadata(string name)
    {
        using var detector = Detector.Load(_folder[name]);
        return detector.Metadata;
    }

    private static string Code(WeightConversion conversion) => Message(conversion).Code;

    private static (string Code, string Message) Message(WeightConversion conversion)
    {
        var diagnostic = Assert.Throws<NanoDetException>(() => conversion.Run()).Diagnostic;
        return (diagnostic.Code, diagnostic.Message);
    }
}
