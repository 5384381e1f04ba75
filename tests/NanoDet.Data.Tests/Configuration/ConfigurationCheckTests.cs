using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Configuration;

public sealed class ConfigurationCheckTests
{
    private const string Cosine = "    name: CosineAnnealingLR\n    T_max: 40\n    eta_min: 0.00005";

    private static readonly string[] Classes = ["red cell", "white"];

    [Fact]
    public void A_file_that_fits_is_obeyed_without_a_word()
    {
        var reading = Check("", "");

        Assert.Empty(reading.Diagnostics);
        Assert.Equal((8, 40), (reading.Configuration!.BatchSize, reading.Configuration.Schedule.TotalEpochs));
        Assert.False(Assert.IsType<CosineAnnealingConfiguration>(reading.Configuration.Schedule.LearningRate).ClosedForm);
    }

    [Theory]
    [InlineData("      in_channels: [48, 96, 192]", "      in_channels: [116, 232, 464]", "NDB3007", "those of ShuffleNetV2 0.5x have 48, 96, 192")]
    [InlineData("      in_channels: [48, 96, 192]", "      in_channels: [48, 96]", "NDB3007", "The number of feature maps that the neck takes is 2, but the backbone has 3")]
    [InlineData("      input_channel: 64", "      input_channel: 96", "NDB3007", "takes feature maps with 96 channels, but those of the neck have 64")]
    [InlineData("      input_channel: 128", "      input_channel: 64", "NDB3007", "two necks with 64 channels have 128 together")]
    [InlineData("      feat_channels: 128", "      feat_channels: 100", "NDB3007", "needs a multiple of 32")]
    [InlineData("      num_extra_level: 1", "      num_extra_level: 0", "NDB3007", "strides of the head is 4, but the neck has 3 feature maps")]
    [InlineData("      strides: [8, 16, 32, 64]", "      strides: [8, 16, 32, 100]", "NDB3007", "those of ShuffleNetV2 0.5x and the neck's additional feature maps are 8, 16, 32, 64")]
    [InlineData("      out_channels: 64", "      out_channels: 65", "NDB3007", "their number must be even, but is 65")]
    [InlineData("      reg_max: 7", "      reg_max: 10", "NDB3007", "same num_classes, reg_max and strides")]
    [InlineData("    input_size: [320, 192] #[w,h]", "    input_size: [320, 200] #[w,h]", "NDB3009", "320 x 200")]
    [InlineData("['red cell', \"white\"]", "['white', \"red cell\"]", "NDB3008", "in another order: class 1 is 'white' there and 'red cell' in the data set")]
    [InlineData("['red cell', \"white\"]", "['red cell', green, white_]", "NDB3008", "are not those of the data set: only 'class_names' has green, white_; only the data set has white")]
    [InlineData("['red cell', \"white\"]", "['red cell', white, red_cell]", "NDB3008", "class 3 is 'red_cell' there and missing in the data set")]
    public void Parts_that_do_not_fit_are_an_error(string right, string wrong, string code, string message)
    {
        var reading = Check(right, wrong);

        Assert.Null(reading.Configuration);
        Assert.Contains(reading.Diagnostics, diagnostic => diagnostic.Code == code
            && diagnostic.Severity == DiagnosticSeverity.Error
            && diagnostic.Message.Contains(message, StringComparison.Ordinal)
            && diagnostic.Location is { Line: > 1, Column: > 0 });
    }

    [Fact]
    public void An_underscore_in_a_class_name_is_the_space_of_the_labels()
    {
        var reading = Check("['red cell', \"white\"]", "[red_cell, white]");

        Assert.Empty(reading.Diagnostics);
        Assert.Equal(["red cell", "white"], reading.Configuration!.ClassNames);
    }

    [Fact]
    public void The_number_of_classes_must_be_that_of_the_data()
    {
        var reading = Check("", "", classes: ["red cell", "white", "platelet"]);

        Assert.Contains(reading.Diagnostics, diagnostic => diagnostic is { Code: "NDB3008", Location.Line: > 20 }
            && diagnostic.Message == "'num_classes' is 2, but the data set has 3 classes: red cell, white, platelet");
    }

    [Theory]
    [InlineData("train", "    class_names: [x, y]", "The classes of 'data.train.class_names' are not those of the data set: only 'data.train.class_names' has x, y; only the data set has red cell, white")]
    [InlineData("val", "    class_names: [white, red cell]", "'data.val.class_names' has the classes of the data set in another order: class 1 is 'white' there and 'red cell' in the data set")]
    [InlineData("train", "    class_names: [red_cell, white]", null)]
    [InlineData("val", "    class_names: *class_names", null)]
    [InlineData("train", "", null)]
    public void Names_of_a_section_must_be_those_of_its_categories(string section, string names, string? message)
    {
        var yml = SampleConfigurations.Plus.Replace("name: XMLDataset", "name: CocoDataset", StringComparison.Ordinal);
        var start = yml.IndexOf("    class_names: *class_names", yml.IndexOf($"\n  {section}:", StringComparison.Ordinal), StringComparison.Ordinal);
        var line = yml[..start].Count(character => character == '\n') + 1;

        var reading = Check(yml[..start] + names + yml[(start + "    class_names: *class_names".Length)..], "", "", 100, Classes);

        Assert.Equal(message is null ? [] : new[] { ("NDB3008", line, message) }, reading.Diagnostics.Select(problem => (problem.Code, problem.Location!.Value.Line, problem.Message)));
    }

    [Fact]
    public void Names_of_the_whole_file_are_told_once()
    {
        var yml = SampleConfigurations.Plus.Replace("name: XMLDataset", "name: CocoDataset", StringComparison.Ordinal);

        Assert.Equal("NDB3008", Assert.Single(Check(yml, "['red cell', \"white\"]", "[x, y]", 100, Classes).Diagnostics).Code);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.0")]
    public void A_learning_rate_of_0_is_refused_at_its_line_unless_the_project_has_another(string rate)
    {
        using var folder = new TestFolder();
        var path = folder.Write("my.yml", SampleConfigurations.Plus.Replace("lr: 1e-3", $"lr: {rate}", StringComparison.Ordinal));

        var problem = Assert.Single(EffectiveConfiguration.OfFile(path, [.. Classes], 100, new()).Diagnostics);

        Assert.Equal("'schedule.optimizer.lr' must be a number above 0, because nothing is learnt otherwise, but is 0", problem.Message);
        Assert.Equal(("NDB3003", 1 + Array.FindIndex(File.ReadAllLines(path), line => line.Contains("    lr: ", StringComparison.Ordinal))), (problem.Code, problem.Location!.Value.Line));
        Assert.Empty(EffectiveConfiguration.OfFile(path, [.. Classes], 100, new() { LearningRate = 0.01 }).Diagnostics);
    }

    [Theory]
    [InlineData("    name: exp\n    steps: 30\n    ratio: 0.0001", "    name: linear\n    steps: 30\n    ratio: 0")]
    [InlineData("    steps: 30\n    ratio: 0.0001", "    steps: 0\n    ratio: 0")]
    [InlineData(Cosine, "    name: StepLR\n    step_size: 40\n    gamma: 0")]
    [InlineData(Cosine, "    name: MultiStepLR\n    milestones: [20]\n    gamma: 0.5")]
    [InlineData(Cosine, "    name: LinearLR\n    end_factor: 0\n    total_iters: 40")]
    [InlineData(Cosine, "    name: PolynomialLR\n    total_iters: 5\n    power: 0")]
    public void A_learning_rate_that_is_above_0_somewhere_in_each_epoch_is_obeyed(string right, string wrong) => Assert.Empty(Check(right, wrong).Diagnostics);

    [Theory]
    [InlineData("    steps: 30", "    steps: 500", 100, "NDB3012", "The warm-up takes 500 steps, but the whole training takes only 480")]
    [InlineData("    T_max: 40", "    T_max: 300", 100, "NDB3013", "'T_max' is 300, but the training ends after epoch 40")]
    [InlineData("  val_intervals: 5", "  val_intervals: 50", 100, "NDB3014", "The validation interval is 50 epochs")]
    [InlineData("  precision: 32", "  precision: 16", 100, "NDB3017", "'precision' 16 has no effect")]
    [InlineData("  gpu_ids: -1", "  gpu_ids: [0, 1]", 100, "NDB3017", "the batch size of a step is 8 instead of 16")]
    [InlineData("      backbone:\n        lr", "      bakbone:\n        lr", 100, "NDB3017", "'bakbone' in 'param_level_cfg' has no effect, because no parameter of the network has this in its name; did you mean 'backbone'?")]
    [InlineData("      backbone:\n        lr", "      backbone.stage5.0:\n        lr", 100, "NDB3017", "did you mean 'backbone.stage2.0'?")]
    [InlineData("      backbone:\n        lr", "      head.gfl_cls.weigth:\n        lr", 100, "NDB3017", "did you mean 'head.gfl_cls.weight'?")]
    [InlineData("      backbone:\n        lr", "      transformer:\n        lr", 100, "NDB3017", "names begin with backbone, fpn, head, aux_fpn, aux_head")]
    [InlineData("  load_model: weights.pth", "  load_model: weights.pth\n  resume: False", 100, "NDB3010", "the original NanoDet resumes whatever its value is")]
    [InlineData("    ratio: 0.0001", "    ratio: 0", 100, "NDB3017", "'ratio' 0 makes the learning rate 0 in all 30 steps of the warm-up")]
    [InlineData("    name: exp\n    steps: 30\n    ratio: 0.0001", "    name: constant\n    steps: 20\n    ratio: 0.0", 100, "NDB3017", "'ratio' 0 makes the learning rate 0 in all 20 steps of the warm-up")]
    [InlineData(Cosine, "    name: ExponentialLR\n    gamma: 0", 100, "NDB3017", "The learning rate is 0 after epoch 1 ('gamma'), so the later ones of 40 epochs train nothing")]
    [InlineData(Cosine, "    name: StepLR\n    step_size: 39\n    gamma: 0", 100, "NDB3017", "is 0 after epoch 39 ('gamma')")]
    [InlineData(Cosine, "    name: MultiStepLR\n    milestones: [20, 30]\n    gamma: 0", 100, "NDB3017", "is 0 after epoch 20 ('gamma')")]
    [InlineData(Cosine, "    name: LinearLR\n    end_factor: 0\n    total_iters: 39", 100, "NDB3017", "is 0 after epoch 39 ('end_factor')")]
    [InlineData(Cosine, "    name: PolynomialLR", 100, "NDB3017", "is 0 after epoch 5 ('total_iters')")]
    public void What_cannot_work_is_obeyed_with_a_warning_at_its_line(string right, string wrong, int images, string code, string message)
    {
        var reading = Check(right, wrong, images);

        Assert.NotNull(reading.Configuration);
        var diagnostic = Assert.Single(reading.Diagnostics);
        Assert.Equal((code, DiagnosticSeverity.Warning), (diagnostic.Code, diagnostic.Severity));
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
        Assert.True(diagnostic.Location is { Line: > 1, Column: > 0 });
    }

    [Theory]
    [InlineData("backbon")]
    [InlineData("kbone.stage2.1.branch")]
    [InlineData("ias")]
    [InlineData(".0.")]
    [InlineData("_fpn.reduce_layers.2.conv.weight")]
    [InlineData("aux_head.scales")]
    [InlineData("head.cls_convs.3.1.pwnorm.bias")]
    public void Any_part_of_a_name_can_have_factors(string name)
        => Assert.Empty(Check("      backbone:\n        lr", $"      {name}:\n        lr").Diagnostics);

    [Theory]
    [InlineData("      activation: LeakyReLU\n    fpn:", "      activation: LeakyReLU\n      pretrain: True\n    fpn:", 14, "'pretrain' is True, but the project names no ImageNet weights for ShuffleNetV2 0.5x")]
    [InlineData("", "", 9, "'pretrain' is True, because the file does not have it, but the project names no ImageNet weights")]
    [InlineData("      name: ShuffleNetV2\n      model_size: 0.5x\n      out_stages: [2, 3, 4]", "      name: EfficientNetLite\n      model_name: efficientnet_lite0", 9, "ImageNet weights for efficientnet_lite0")]
    [InlineData("      name: ShuffleNetV2\n      model_size: 0.5x\n      out_stages: [2, 3, 4]\n      activation: LeakyReLU", "      name: TIMMWrapper\n      model_name: convnext_nano\n      pretrained: yes", 12, "or write 'pretrained: False'")]
    public void A_backbone_that_asks_for_weights_that_nobody_names_is_told_at_its_line(string right, string wrong, int line, string message)
    {
        var yml = SampleConfigurations.Plus.Replace("  load_model: weights.pth\n", "", StringComparison.Ordinal);

        var diagnostic = Assert.Single(Check(yml, right, wrong, 100, Classes).Diagnostics, diagnostic => diagnostic.Code == "NDB3030");

        Assert.Equal((DiagnosticSeverity.Warning, line), (diagnostic.Severity, diagnostic.Location!.Value.Line));
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("      activation: LeakyReLU\n    fpn:", "      activation: LeakyReLU\n      pretrain: False\n    fpn:", null)]
    [InlineData("", "", "imagenet.pth")]
    [InlineData("      name: ShuffleNetV2\n      model_size: 0.5x\n      out_stages: [2, 3, 4]", "      name: RepVGG\n      arch: A0", null)]
    public void Nothing_is_told_where_nothing_is_asked_for_or_the_project_names_weights(string right, string wrong, string? weights)
    {
        using var folder = new TestFolder();
        var yml = SampleConfigurations.Plus.Replace("  load_model: weights.pth\n", "", StringComparison.Ordinal);
        var path = folder.Write("my.yml", right.Length == 0 ? yml : yml.Replace(right, wrong, StringComparison.Ordinal));

        var reading = EffectiveConfiguration.OfFile(path, [.. Classes], 100, new() { BackboneWeights = weights });

        Assert.DoesNotContain(reading.Diagnostics, diagnostic => diagnostic.Code == "NDB3030");
        Assert.DoesNotContain("wantsWeights", System.Text.Encoding.UTF8.GetString(ConfigurationJson.Write(ConfigurationFile.Read(path).Configuration!)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_batch_that_is_larger_than_the_training_part_is_refused_at_its_line()
    {
        var reading = Check("", "", images: 7);

        Assert.Null(reading.Configuration);
        var diagnostic = Assert.Single(reading.Diagnostics);
        Assert.Equal(("NDB3011", DiagnosticSeverity.Error), (diagnostic.Code, diagnostic.Severity));
        Assert.StartsWith("The batch size 8 is larger than the training part (7 images), so an epoch has no batch", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(1 + Array.FindIndex(SampleConfigurations.Plus.Split('\n'), line => line.Contains("batchsize_per_gpu", StringComparison.Ordinal)), diagnostic.Location?.Line);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(20, 8)]
    [InlineData(200, 16)]
    [InlineData(500, 32)]
    public void A_batch_that_fits_is_named_and_the_warm_up_is_not_compared_with_no_steps(int images, int fitting)
    {
        var diagnostic = Assert.Single(Check("  batchsize_per_gpu: 8", "  batchsize_per_gpu: 960", images).Diagnostics);

        Assert.Contains($"; set 'batchsize_per_gpu' or NanoDetBatchSize to {fitting} or so, or use a preset, which adapts it", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_behind_the_end_are_told_in_a_legacy_file()
    {
        var reading = Check(SampleConfigurations.Legacy, "total_epochs: 280", "total_epochs: 275", 1000, ["a", "b", "c"]);

        Assert.Contains(reading.Diagnostics, diagnostic => diagnostic.Code == "NDB3013"
            && diagnostic.Message.StartsWith("'milestones' is 275", StringComparison.Ordinal));
    }

    [Fact]
    public void A_Plus_head_on_a_legacy_architecture_is_an_error()
        => Assert.Contains(
            Check(SampleConfigurations.Legacy, "name: NanoDetHead", "name: NanoDetPlusHead", 1000, ["a", "b", "c"]).Diagnostics,
            diagnostic => diagnostic.Code == "NDB3007" && diagnostic.Message.Contains("needs the architecture NanoDetPlus", StringComparison.Ordinal));

    [Fact]
    public void A_part_that_cannot_be_trained_yet_is_told_at_its_name()
    {
        var reading = Check(SampleConfigurations.LegacyWithBackbone("      name: TIMMWrapper\n      model_name: resnet18"), "", "", 1000, ["a", "b", "c"]);

        Assert.Null(reading.Configuration);
        var diagnostic = Assert.Single(reading.Diagnostics, diagnostic => diagnostic.Code == "NDB4051");
        Assert.Equal(("The backbone TIMMWrapper resnet18 cannot be trained yet", 5), (diagnostic.Message, diagnostic.Location!.Value.Line));
    }

    [Theory]
    [InlineData("feature_hw: [20, 20]", "feature_hw: [20, 16]", "is for a feature map of 16x20 pixels, but an input of 320x320 gives one of 20x20", 12)]
    [InlineData("num_heads: 8", "num_heads: 7", "The number of channels of TAN, 128, is no multiple of its attention heads, 7", 13)]
    [InlineData("in_channels: [116, 232, 464]", "in_channels: [232, 464]", "TAN takes 3 feature maps, not 2", 10)]
    [InlineData("    input_size: [320, 320]", "    input_size: [320, 320]\n    multi_scale: [0.8, 1.2]", "TAN has a position embedding of one size", 28)]
    public void What_attention_cannot_work_with_is_told_at_its_line(string right, string wrong, string message, int line)
    {
        var reading = Check(SampleConfigurations.LegacyWithTan, right, wrong, 1000, ["a", "b", "c"]);

        Assert.Null(reading.Configuration);
        Assert.Contains(reading.Diagnostics, diagnostic => diagnostic.Code == "NDB3007"
            && diagnostic.Message.Contains(message, StringComparison.Ordinal) && diagnostic.Location!.Value.Line == line);
    }

    [Theory]
    [InlineData("num_outs: 3", "num_outs: 4", "The neck makes 3 feature maps from those that it takes, and 'num_outs' is 4", 13)]
    [InlineData("start_level: 0", "start_level: 1", "The neck makes 2 feature maps from those that it takes, and 'num_outs' is 3", 13)]
    [InlineData("input_channel: 96", "input_channel: 96\n      feat_channels: 100", "The head has 100 channels, but its group normalisation needs a multiple of 32", 18)]
    public void What_a_pyramid_and_its_head_cannot_work_with_is_told_at_its_line(string right, string wrong, string message, int line)
    {
        Assert.NotNull(Check(SampleConfigurations.LegacyWithPyramid, "", "", 1000, ["a", "b", "c"]).Configuration);

        var reading = Check(SampleConfigurations.LegacyWithPyramid, right, wrong, 1000, ["a", "b", "c"]);

        Assert.Null(reading.Configuration);
        Assert.Contains(reading.Diagnostics, diagnostic => diagnostic.Code == "NDB3007"
            && diagnostic.Message.Contains(message, StringComparison.Ordinal) && diagnostic.Location!.Value.Line == line);
    }

    [Fact]
    public void Attention_keeps_the_aspect_ratio_in_batches_of_one_size()
    {
        var configuration = Check(SampleConfigurations.LegacyWithTan, "input_channel: 96", "input_channel: 128", 1000, ["a", "b", "c"]).Configuration;

        Assert.Equal(new InputSize(320, 320), configuration!.Model.BatchSizeOf(configuration.Train));
    }

    [Theory]
    [InlineData("      name: RepVGG\n      arch: A0\n      out_stages: [2, 3, 4]\n      last_channel: 512", "those of RepVGG A0 have 96, 192, 512")]
    [InlineData("      name: RepVGG\n      arch: B1g2\n      out_stages: [4, 3, 2]", "those of RepVGG B1g2 have 256, 512, 2048")]
    [InlineData("      name: RepVGG\n      arch: A0\n      out_stages: [2, 3, 5]", "RepVGG A0 has no stage 5")]
    [InlineData("      name: EfficientNetLite\n      model_name: efficientnet_lite0", "those of efficientnet_lite0 have 40, 112, 320")]
    [InlineData("      name: EfficientNetLite\n      model_name: efficientnet_lite4", "those of efficientnet_lite4 have 56, 160, 448")]
    [InlineData("      name: EfficientNetLite\n      model_name: efficientnet_lite2\n      out_stages: [2, 4, 7]", "efficientnet_lite2 has no stage 7")]
    [InlineData("      name: CustomCspNet\n      net_cfg: [[Conv, 3, 16, 3, 4], [CspBlock, 16, 1, 3, 2], [CspBlock, 32, 0, 1, 2], [MaxPool, 2, 2]]\n      out_stages: [1, 2, 3]", "those of CustomCspNet have 32, 64, 64")]
    [InlineData("      name: CustomCspNet\n      net_cfg: [[Conv, 3, 16, 3, 2], [Conv, 16, 116, 3, 2], [CspBlock, 116, 1, 3, 2], [CspBlock, 232, 1, 3, 1]]\n      out_stages: [1, 2, 3]", "each half as large as the one before, but the strides of CustomCspNet are 4, 8, 8")]
    [InlineData("      name: CustomCspNet\n      net_cfg: [[Conv, 3, 116, 3, 4], [CspBlock, 116, 1, 3, 2], [CspBlock, 232, 1, 3, 2]]\n      out_stages: [0, 1, 2]", "The strides of the head are 8, 16, 32, but those of CustomCspNet are 4, 8, 16")]
    [InlineData("      name: ResNet\n      depth: 50\n      out_stages: [2, 3, 4]", "those of ResNet-50 have 512, 1024, 2048")]
    [InlineData("      name: MobileNetV2\n      out_stages: [2, 4, 6]", "those of MobileNetV2 1x have 32, 96, 1280")]
    [InlineData("      name: MobileNetV2\n      out_stages: [2, 3, 4]\n      width_mult: 2", "the strides of MobileNetV2 2x are 8, 16, 16")]
    [InlineData("      name: GhostNet", "those of GhostNet 1x have 40, 112, 960")]
    [InlineData("      name: GhostNet\n      width_mult: 0.5", "those of GhostNet 0.5x have 20, 56, 480")]
    [InlineData("      name: TIMMWrapper\n      model_name: convnext_nano", "those of TIMMWrapper convnext_nano have 160, 320, 640")]
    [InlineData("      name: TIMMWrapper\n      model_name: convnext_atto\n      out_indices: [1, 2, 4]", "TIMMWrapper convnext_atto has no stage 4")]
    [InlineData("      name: ShuffleNetV2\n      model_size: 1.0x\n      with_last_conv: True", "those of ShuffleNetV2 1.0x have 116, 232, 1024")]
    public void What_a_backbone_does_not_make_is_told(string backbone, string message)
        => Assert.Contains(
            Check(SampleConfigurations.LegacyWithBackbone(backbone), "", "", 1000, ["a", "b", "c"]).Diagnostics,
            diagnostic => diagnostic.Code == "NDB3007" && diagnostic.Message.Contains(message, StringComparison.Ordinal) && diagnostic.Location is { Line: > 3 });

    [Theory]
    [InlineData("[Linear, 3, 16]", "CustomCspNet has no layer Linear; it has Conv, MaxPool and CspBlock")]
    [InlineData("[Conv, 16, 16, 3]", "The numbers of a Conv are input channels, output channels, kernel and stride")]
    [InlineData("[MaxPool, 3, 0]", "A MaxPool has a kernel from 1 to 31 and a stride of 1, 2 or 4, and the strides multiplied are at most 64")]
    [InlineData("[Conv, 16, 16, 4, 1]", "A Conv with a kernel of 4 and a stride of 1 makes feature maps of another size; the kernel must be odd")]
    [InlineData("[CspBlock, 16, 1, 2, 2]", "A CspBlock with a kernel of 2 and a stride of 2 makes feature maps of another size; the kernel must be odd")]
    [InlineData("[CspBlock, 32, 1, 3, 2]", "The CspBlock takes feature maps with 32 channels, but what goes in has 16")]
    [InlineData("[Conv, 16, 2000000000, 3, 2]", "A Conv has from 1 to 16384 output channels")]
    [InlineData("[CspBlock, 16, 2000000000, 3, 2]", "A CspBlock has an even number of channels up to 8192, and at most 100 residual blocks")]
    public void A_layer_that_cannot_be_built_is_told_at_its_line(string layer, string message)
    {
        var backbone = $"      name: CustomCspNet\n      net_cfg: [[Conv, 3, 16, 3, 2],\n                {layer},\n                [CspBlock, 16, 1, 3, 2]]\n      out_stages: [0, 1, 2]";

        var diagnostic = Assert.Single(Check(SampleConfigurations.LegacyWithBackbone(backbone), "", "", 1000, ["a", "b", "c"]).Diagnostics, diagnostic => diagnostic.Code == "NDB3007");

        Assert.Equal((message, 7, 17), (diagnostic.Message, diagnostic.Location!.Value.Line, diagnostic.Location.Value.Column));
    }

    [Fact]
    public void A_backbone_with_more_layers_than_any_network_is_told_at_its_list()
    {
        var backbone = $"      name: CustomCspNet\n      net_cfg: [{string.Join(", ", Enumerable.Repeat("[Conv, 3, 3, 3, 1]", 201))}]\n      out_stages: [0, 1, 2]";

        var diagnostic = Assert.Single(Check(SampleConfigurations.LegacyWithBackbone(backbone), "", "", 1000, ["a", "b", "c"]).Diagnostics, diagnostic => diagnostic.Code == "NDB3007");

        Assert.Equal(("A CustomCspNet has at most 200 layers, but the file lists 201", 6), (diagnostic.Message, diagnostic.Location!.Value.Line));
    }

    private static ConfigurationReading Check(string right, string wrong, int images = 100, string[]? classes = null)
        => Check(SampleConfigurations.Plus, right, wrong, images, classes ?? Classes);

    private static ConfigurationReading Check(string yml, string right, string wrong, int images, string[] classes)
    {
        using var folder = new TestFolder();
        var path = folder.Write("my.yml", right.Length == 0 ? yml : yml.Replace(right, wrong, StringComparison.Ordinal));
        return EffectiveConfiguration.OfFile(path, [.. classes], images, new());
    }
}
