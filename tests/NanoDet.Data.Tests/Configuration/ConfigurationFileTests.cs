using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    [Fact]
    public void Every_setting_of_a_Plus_file_arrives()
    {
        var configuration = Parse(SampleConfigurations.Plus);

        Assert.Equal(Architecture.NanoDetPlus, configuration.Model.Architecture);
        Assert.Equal((7, 0.999), (configuration.Model.DetachEpoch, configuration.Model.MovingAverageDecay));
        var backbone = Assert.IsType<ShuffleNetV2Configuration>(configuration.Model.Backbone);
        Assert.Equal(("0.5x", 3, Activation.LeakyReLU), (backbone.ModelSize, backbone.KernelSize, backbone.Activation));
        var neck = Assert.IsType<GhostPanConfiguration>(configuration.Model.Neck);
        Assert.Equal([48, 96, 192], neck.InChannels);
        Assert.Equal((64, 5, 1, true, false), (neck.OutChannels, neck.KernelSize, neck.NumExtraLevel, neck.UseDepthwise, neck.UseResidual));
        Assert.Equal(Activation.LeakyReLU, neck.Activation);
        var head = Assert.IsType<NanoDetPlusHeadConfiguration>(configuration.Model.Head);
        Assert.Equal((2, 64, 64, 2, 5, 7), (head.NumClasses, head.InputChannel, head.FeatChannels, head.StackedConvs, head.KernelSize, head.RegMax));
        Assert.Equal([8, 16, 32, 64], head.Strides);
        Assert.Equal(
            new LossConfiguration { QualityFocalBeta = 2.5, QualityFocalWeight = 1.5, DistributionFocalWeight = 0.5, GIoUWeight = 3 }, head.Loss);
        Assert.Equal((128, 4), (configuration.Model.AuxiliaryHead!.FeatChannels, configuration.Model.AuxiliaryHead.StackedConvs));

        Assert.Equal((320, 192, false), (configuration.Train.Width, configuration.Train.Height, configuration.Train.KeepRatio));
        Assert.Equal(new ValueRange(0.6, 1.4), configuration.Train.MultiScale);
        var pipeline = configuration.Train.Pipeline;
        Assert.Equal((new(0.8, 1.2), new ValueRange(0.9, 1.1)), (pipeline.StretchX, pipeline.StretchY));
        Assert.Equal((0.2, 0.5, 0.2), (pipeline.Translate, pipeline.Flip, pipeline.Brightness));
        Assert.Equal((new ValueRange(0.6, 1.4), null), (pipeline.Contrast, pipeline.Saturation));
        Assert.Equal([57.375, 57.12, 58.395], configuration.Validation.Pipeline.Std);

        Assert.Equal((8, 32), (configuration.BatchSize, configuration.Precision));
        Assert.Equal([-1], configuration.Devices);
        var optimizer = Assert.IsType<AdamWConfiguration>(configuration.Schedule.Optimizer);
        Assert.Equal((0.001, 0.05, 0.9, 0.999, true), (optimizer.LearningRate, optimizer.WeightDecay, optimizer.Beta1, optimizer.Beta2, optimizer.NoNormDecay));
        Assert.Equal([new ParameterLevel("backbone", 0.1), new ParameterLevel("bias", 1, 0)], optimizer.ParameterLevels);
        Assert.Equal(new WarmupConfiguration(WarmupKind.Exponential, 30, 0.0001), configuration.Schedule.Warmup);
        Assert.Equal(new CosineAnnealingConfiguration(40, 0.00005), configuration.Schedule.LearningRate);
        Assert.Equal((40, 5, "weights.pth", false), (configuration.Schedule.TotalEpochs, configuration.Schedule.ValidationInterval, configuration.Schedule.LoadModel, configuration.Schedule.Resume));
        Assert.Equal((35, "AP_50", 20), (configuration.GradientClip, configuration.SaveKey, configuration.LogInterval));
        Assert.Equal(["red cell", "white"], configuration.ClassNames);
    }

    [Fact]
    public void What_a_legacy_file_leaves_out_takes_the_defaults_of_the_original()
    {
        var configuration = Parse(SampleConfigurations.Legacy);

        var head = Assert.IsType<NanoDetHeadConfiguration>(configuration.Model.Head);
        Assert.Equal((256, 2, 16, 5, false, false), (head.FeatChannels, head.StackedConvs, head.RegMax, head.OctaveBaseScale, head.ShareClsReg, head.PlainConvolutions));
        Assert.Equal(Activation.ReLU, configuration.Model.Backbone.Activation);
        Assert.Null(configuration.Model.Neck.Activation);
        Assert.Null(configuration.Model.AuxiliaryHead);
        Assert.Null(configuration.Model.MovingAverageDecay);
        Assert.True(configuration.Train.KeepRatio);
        Assert.Equal(0, configuration.GradientClip);
        Assert.True(configuration.Schedule.Resume);
        Assert.Equal([240, 260, 275], Assert.IsType<MultiStepConfiguration>(configuration.Schedule.LearningRate).Milestones);
        Assert.Equal(0.9, Assert.IsType<SgdConfiguration>(configuration.Schedule.Optimizer).Momentum);
    }

    [Theory]
    [InlineData("      norm_cfg:\n        type: BN\n    head:", true, false, false)]
    [InlineData("      norm_cfg:\n        type: BN\n      loss:", false, true, false)]
    [InlineData("      norm_cfg:\n        type: GN\n", false, false, true)]
    public void A_normalisation_is_frozen_where_its_section_says_so(string section, bool neck, bool head, bool auxiliary)
    {
        var usual = Parse(SampleConfigurations.Plus);
        var type = section.IndexOf("N\n", StringComparison.Ordinal) + 2;

        var frozen = Parse(SampleConfigurations.Plus.Replace(section, section.Insert(type, "        requires_grad: False\n"), StringComparison.Ordinal));
        var trained = Parse(SampleConfigurations.Plus.Replace(section, section.Insert(type, "        requires_grad: True\n"), StringComparison.Ordinal));

        Assert.Equal((neck, head, auxiliary), (frozen.Model.Neck.FreezeNorm, frozen.Model.Head.FreezeNorm, frozen.Model.AuxiliaryHead!.FreezeNorm));
        var written = ConfigurationJson.Write(frozen);
        Assert.Contains("\"freezeNorm\": true", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
        Assert.Equal(written, ConfigurationJson.Write(ConfigurationJson.Read("effective.json", written)));
        // Configurations of before have the bytes that they had, and so the keys.
        Assert.Equal(ConfigurationJson.Write(usual), ConfigurationJson.Write(trained));
        Assert.DoesNotContain("freezeNorm", Encoding.UTF8.GetString(ConfigurationJson.Write(usual)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PAN", "", false, false)]
    [InlineData("PAN", "norm_cfg:", false, false)]
    [InlineData("PAN", "norm_cfg: {type: BN}", true, false)]
    [InlineData("FPN", "norm_cfg: {type: BN, requires_grad: False}", true, true)]
    public void A_pyramid_has_a_normalisation_only_where_the_file_names_one(string name, string norm, bool has, bool isFrozen)
    {
        var configuration = Parse(SampleConfigurations.Legacy.Replace("      name: PAN\n", $"      name: {name}\n      {norm}\n", StringComparison.Ordinal));

        var neck = Assert.IsAssignableFrom<FpnConfiguration>(configuration.Model.Neck);
        Assert.Equal((name == "PAN", has, isFrozen), (neck is PanConfiguration, neck.BatchNorm, neck.FreezeNorm));
        Assert.Equal(has, Encoding.UTF8.GetString(ConfigurationJson.Write(configuration)).Contains("\"batchNorm\": true", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Conv", true)]
    [InlineData("DWConv", false)]
    public void The_head_of_Plus_has_the_convolutions_that_the_file_names(string kind, bool isPlain)
    {
        var configuration = Parse(SampleConfigurations.Plus.Replace("      name: NanoDetPlusHead\n", $"      name: NanoDetPlusHead\n      conv_type: {kind}\n", StringComparison.Ordinal));

        Assert.Equal(isPlain, Assert.IsType<NanoDetPlusHeadConfiguration>(configuration.Model.Head).PlainConvolutions);
        Assert.Equal(isPlain, !ConfigurationJson.Write(configuration).SequenceEqual(ConfigurationJson.Write(Parse(SampleConfigurations.Plus))));
    }

    [Theory]
    [InlineData("      name: EfficientNetLite\n      model_name: efficientnet_lite1", typeof(EfficientNetLiteConfiguration))]
    [InlineData("      name: RepVGG\n      arch: A0\n      last_channel: 512", typeof(RepVggConfiguration))]
    [InlineData("      name: CustomCspNet\n      net_cfg: [['Conv', 3, 32, 3, 2]]\n      out_stages: [0]", typeof(CustomCspNetConfiguration))]
    [InlineData("      name: TIMMWrapper\n      model_name: convnext_nano\n      out_indices: [1, 2, 3]", typeof(TimmConfiguration))]
    public void Every_backbone_becomes_its_record(string section, Type expected)
        => Assert.IsType(expected, Parse(SampleConfigurations.LegacyWithBackbone(section)).Model.Backbone);

    [Theory]
    [InlineData("  total_epochs: 40", "  total_epoch: 40", "NDB3002", "did you mean 'total_epochs'?")]
    [InlineData("    lr: 1e-3", "    learning: 1e-3", "NDB3002", "choose from name, lr, betas, ")]
    [InlineData("  total_epochs: 40", "  total_epochs: forty", "NDB3003", "'schedule.total_epochs' must be a whole number from 1 to 1000000, but is 'forty'")]
    [InlineData("  total_epochs: 40", "  total_epochs: 0", "NDB3003", "but is '0'")]
    [InlineData("  total_epochs: 40", "  total_epochs: '40'", "NDB3003", "must be a whole number")]
    [InlineData("  total_epochs: 40", "  total_epochs: 99999999999", "NDB3003", "must be a whole number")]
    [InlineData("  total_epochs: 40", "  total_epochs: 010", "NDB3003", "must be a whole number from 1 to 1000000, but is '010'")]
    [InlineData("  total_epochs: 40", "  total_epochs:", "NDB3003", "must be a whole number from 1 to 1000000, but is empty")]
    [InlineData("    T_max: 40", "    T_max: -010", "NDB3003", "but is '-010'")]
    [InlineData("grad_clip: 35", "grad_clip: 035", "NDB3003", "'grad_clip' must be a number from 0 to 1000000, but is '035'")]
    [InlineData("      strides: [8, 16, 32, 64]\n      norm_cfg", "      strides: [08, 16, 32, 64]\n      norm_cfg", "NDB3003", "'model.arch.head.strides' must be a list")]
    [InlineData("    keep_ratio: False\n    multi", "    keep_ratio:\n    multi", "NDB3003", "'data.train.keep_ratio' must be True or False, but is empty")]
    [InlineData("    keep_ratio: False\n    multi", "    keep_ratio: 'False'\n    multi", "NDB3003", "must be True or False, but is 'False'")]
    [InlineData("    lr: 1e-3", "    lr: ~", "NDB3003", "'schedule.optimizer.lr' must be a number from 0 to 1000000, but is empty")]
    [InlineData("      brightness: 0.2", "      brightness: null", "NDB3003", "but is empty")]
    [InlineData("      norm_cfg:\n        type: GN", "      norm_cfg:", "NDB3003", "'model.arch.aux_head.norm_cfg' must be a mapping of keys, but is empty")]
    [InlineData("      model_size: 0.5x", "      model_size:", "NDB3003", "must be one of 0.5x, 1.0x, 1.5x, 2.0x, but is empty")]
    [InlineData("    lr: 1e-3", "    lr: .nan", "NDB3003", "'schedule.optimizer.lr' must be a number")]
    [InlineData("    lr: 1e-3", "    lr: -1", "NDB3003", "must be a number from 0 to 1000000, but is '-1'")]
    [InlineData("    decay: 0.999", "    decay: 1.5", "NDB3003", "'model.weight_averager.decay' must be a number from 0 to below 1, but is '1.5'")]
    [InlineData("    decay: 0.999", "    decay: 1", "NDB3003", "from 0 to below 1")]
    [InlineData("      use_depthwise: True", "      kernel_size: 4", "NDB3003", "'model.arch.fpn.kernel_size' must be an odd whole number from 1 to 31, but is '4'")]
    [InlineData("      use_depthwise: True", "      kernel_size: 100001", "NDB3003", "an odd whole number from 1 to 31")]
    [InlineData("      scale: [0.6, 1.4]", "      scale: [0, 1.4]", "NDB3003", "must be two numbers above 0 and up to 100, the smaller one first, but is [0, 1.4]")]
    [InlineData("      stretch: [[0.8, 1.2], [0.9, 1.1]]", "      stretch: [[0, 1.2], [0.9, 1.1]]", "NDB3003", "but is [[0, 1.2], [0.9, 1.1]]")]
    [InlineData("      stretch: [[0.8, 1.2], [0.9, 1.1]]", "      shear: 45", "NDB3003", "from 0 to below 45")]
    [InlineData("    weight_decay: 0.05", "    betas: [0.9, 1]", "NDB3003", "from 0 to below 1")]
    [InlineData("    weight_decay: 0.05", "    eps: 0", "NDB3003", "from 1E-30 to 1")]
    [InlineData("      use_depthwise: True", "      use_depthwise: maybe", "NDB3003", "True or False")]
    [InlineData("    input_size: [320, 192] #[w,h]", "    input_size: 320", "NDB3003", "'data.train.input_size' must be two whole numbers")]
    [InlineData("    multi_scale: [0.6, 1.4]", "    multi_scale: [1.4, 0.6]", "NDB3003", "the smaller one first")]
    [InlineData("      stretch: [[0.8, 1.2], [0.9, 1.1]]", "      stretch: [0.8, 1.2]", "NDB3003", "two pairs of numbers")]
    [InlineData("        type: GN", "        type: BN", "NDB3006", "'model.arch.aux_head.norm_cfg.type' cannot be 'BN'")]
    [InlineData("    name: XMLDataset\n    class_names: *class_names\n    img_path: train", "    name: VOCDataset\n    img_path: train", "NDB3006", "'data.train.name' cannot be 'VOCDataset'; did you mean 'XMLDataset'?")]
    [InlineData("    name: XMLDataset\n    class_names: *class_names\n    img_path: train", "    name: pascal\n    img_path: train", "NDB3006", "did you mean 'XMLDataset'?")]
    [InlineData("    name: XMLDataset\n    class_names: *class_names\n    img_path: train", "    name: YOLODataSets\n    img_path: train", "NDB3006", "did you mean 'YoloDataset'?")]
    [InlineData("      model_size: 0.5x", "      model_size: 2.5x", "NDB3006", "cannot be '2.5x'; choose from 0.5x, 1.0x, 1.5x, 2.0x")]
    [InlineData("        type: BN\n    head:", "        type: GN\n    head:", "NDB3006", "cannot be 'GN'; choose from BN")]
    [InlineData("          name: GIoULoss", "          name: CIoULoss", "NDB3006", "cannot be 'CIoULoss'; choose from GIoULoss")]
    [InlineData("          name: GIoULoss", "          name: GIoULos", "NDB3006", "cannot be 'GIoULos'; did you mean 'GIoULoss'?")]
    [InlineData("    name: AdamW", "    name: AdmW", "NDB3006", "did you mean 'AdamW'? The choices are AdamW, SGD, Adam,")]
    [InlineData("      activation: LeakyReLU", "      activation: ReLU5", "NDB3006", "cannot be 'ReLU5'; choose from ReLU, LeakyReLU,")]
    [InlineData("  precision: 32", "  precision: bf16", "NDB3006", "choose from 32, 16; the property NanoDetTrainingPrecision says what training computes in")]
    [InlineData("    name: AdamW", "    name: LBFGS", "NDB3006", "cannot be 'LBFGS'; choose from AdamW, SGD, Adam,")]
    [InlineData("    name: CosineAnnealingLR", "    name: ReduceLROnPlateau", "NDB3006", "cannot be 'ReduceLROnPlateau'; choose from CosineAnnealingLR, MultiStepLR,")]
    [InlineData("      name: ShuffleNetV2", "      name: DenseNet", "NDB3006", "choose from ShuffleNetV2, ")]
    [InlineData("  save_key: AP_50", "  save_key: AP50", "NDB3006", "did you mean 'AP_50'?")]
    [InlineData("  val_intervals: 5", "  load_model: again", "NDB3005", "it is already given in line")]
    public void A_mistake_is_told_at_its_line(string right, string wrong, string code, string message)
    {
        var text = SampleConfigurations.Plus.Replace(right, wrong, StringComparison.Ordinal);
        var line = text[..text.LastIndexOf(wrong, StringComparison.Ordinal)].Count(c => c == '\n') + 1;

        var reading = ConfigurationFile.Parse("my.yml", text);

        Assert.Null(reading.Configuration);
        var diagnostic = reading.Diagnostics.Single(d => d.Code == code);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(("my.yml", line), (diagnostic.Location!.Value.File, diagnostic.Location.Value.Line));
        Assert.True(diagnostic.Location.Value.Column > 1);
    }

    [Theory]
    [InlineData("  total_epochs: 40", "\ttotal_epochs: 40", 1)]
    [InlineData("  total_epochs: 40", "  \ttotal_epochs: 40", 3)]
    [InlineData("    steps: 30", "\t steps: 30", 1)]
    [InlineData("grad_clip: 35", "\tgrad_clip: 35", 1)]
    [InlineData("  val_intervals: 5", "\n\t# a comment\n\tval_intervals: 5", 1)]
    public void A_tab_before_a_key_is_told_at_its_line(string right, string wrong, int column)
    {
        foreach (var newLine in new[] { "\n", "\r\n" })
        {
            var text = SampleConfigurations.Plus.Replace(right, wrong, StringComparison.Ordinal).ReplaceLineEndings(newLine);
            var line = text[..text.IndexOf(wrong.Split('\n')[^1], StringComparison.Ordinal)].Count(c => c == '\n') + 1;

            var diagnostic = Assert.Single(ConfigurationFile.Parse("my.yml", text).Diagnostics);

            Assert.Equal(("NDB3001", "The configuration cannot be read: the line is indented with a tab; YAML allows only spaces there"), (diagnostic.Code, diagnostic.Message));
            Assert.Equal(new SourceLocation("my.yml", line, column), diagnostic.Location);
        }
    }

    [Theory]
    [InlineData("[bolt, nut, bolt]", "NDB1043", "'bolt'", 39)]
    [InlineData("[bolt, \"n\\eut\"]", "NDB1046", "U+001B", 34)]
    [InlineData("[bolt, '']", "NDB1046", "The class name is empty", 34)]
    [InlineData("[' ', bolt]", "NDB1046", "The class name is empty", 28)]
    [InlineData("[bolt, \"\\u200b\\u00a0\"]", "NDB1046", "The class name is empty", 34)]
    public void A_class_name_that_cannot_be_is_told_once_at_its_own_place(string names, string code, string message, int column)
    {
        // The sections name the same list by its alias.
        var text = SampleConfigurations.Plus.Replace("['red cell', \"white\"]", names, StringComparison.Ordinal);
        var line = text[..text.IndexOf(names, StringComparison.Ordinal)].Count(c => c == '\n') + 1;

        var diagnostic = Assert.Single(ConfigurationFile.Parse("my.yml", text).Diagnostics);

        Assert.Equal((code, new SourceLocation("my.yml", line, column)), (diagnostic.Code, diagnostic.Location));
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  total_epochs: 40\n", "schedule.total_epochs")]
    [InlineData("        num_classes: 2\n", "model.arch.head.num_classes")]
    [InlineData("          beta: 2.5\n", "model.arch.head.loss.loss_qfl.beta")]
    public void A_missing_key_is_told_by_its_path(string line, string path)
    {
        var text = SampleConfigurations.Plus;
        var at = text.IndexOf(line.TrimStart(), StringComparison.Ordinal);
        at = text.LastIndexOf('\n', at) + 1;

        var reading = ConfigurationFile.Parse("my.yml", text.Remove(at, text.IndexOf('\n', at) + 1 - at));

        var diagnostic = Assert.Single(reading.Diagnostics);
        Assert.Equal(("NDB3004", $"The key '{path}' is missing"), (diagnostic.Code, diagnostic.Message));
        Assert.NotEqual(0, diagnostic.Location!.Value.Line);
    }

    [Fact]
    public void A_missing_section_is_told_once_and_not_for_each_of_its_keys()
    {
        var text = SampleConfigurations.Legacy[..SampleConfigurations.Legacy.IndexOf("schedule:", StringComparison.Ordinal)];

        var diagnostic = Assert.Single(ConfigurationFile.Parse("my.yml", text).Diagnostics);

        Assert.Equal("The key 'schedule' is missing", diagnostic.Message);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file()
    {
        var text = SampleConfigurations.Plus
            .Replace("decay: 0.999", "decai: 0.999", StringComparison.Ordinal)
            .Replace("interval: 20", "interval: often", StringComparison.Ordinal)
            .Replace("name: exp", "name: expo", StringComparison.Ordinal);

        Assert.Equal(["NDB3002", "NDB3006", "NDB3003"], ConfigurationFile.Parse("my.yml", text).Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void Places_lead_back_to_the_file()
    {
        var places = ConfigurationFile.Parse("my.yml", SampleConfigurations.Plus).Places;

        Assert.Equal(new SourceLocation("my.yml", 1, 1), places["save_dir"]);
        Assert.Equal(new SourceLocation("my.yml", 3, 3), places["model.weight_averager"]);
        Assert.Equal(new SourceLocation("my.yml", 5, 5), places["model.weight_averager.decay"]);
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_error()
    {
        using var folder = new TestFolder();

        Assert.Equal("NDB3001", Assert.Single(ConfigurationFile.Read(folder["missing.yml"]).Diagnostics).Code);
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_and_Windows_line_ends_is_read()
    {
        using var folder = new TestFolder("mit Umlaut ü");
        var path = folder["config.yml"];
        File.WriteAllText(path, SampleConfigurations.Plus.ReplaceLineEndings("\r\n"), new UTF8Encoding(true));

        Assert.Equal(40, ConfigurationFile.Read(path).Configuration!.Schedule.TotalEpochs);
    }

    [Theory]
    [InlineData("gb2312", 0)]
    [InlineData("windows-1252", 0)]
    [InlineData("utf-16", 1)]
    public void A_file_in_an_unknown_encoding_is_refused_at_its_line(string encoding, int line)
    {
        using var folder = new TestFolder();
        var path = folder.Write("config.yml", "");
        var text = SampleConfigurations.Plus.Replace("'red cell'", encoding == "gb2312" ? "红细胞" : "Zelle für rot", StringComparison.Ordinal);
        File.WriteAllBytes(path, (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)).GetBytes(text));

        var reading = ConfigurationFile.Read(path);

        var expected = line > 0 ? line : text[..text.IndexOf("class_names", StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        Assert.Null(reading.Configuration);
        var diagnostic = Assert.Single(reading.Diagnostics);
        Assert.Equal(("NDB3020", new SourceLocation(path, expected, 1)), (diagnostic.Code, diagnostic.Location));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_mark_says_the_encoding(string encoding)
    {
        using var folder = new TestFolder();
        var path = folder["config.yml"];
        File.WriteAllText(path, SampleConfigurations.Plus.Replace("'red cell'", "红细胞", StringComparison.Ordinal), Encoding.GetEncoding(encoding));

        Assert.Equal(["红细胞", "white"], ConfigurationFile.Read(path).Configuration!.ClassNames);
    }

    private static NanoDetConfiguration Parse(string text)
    {
        var reading = ConfigurationFile.Parse("my.yml", text);
        Assert.Empty(reading.Diagnostics);
        return reading.Configuration!;
    }
}
