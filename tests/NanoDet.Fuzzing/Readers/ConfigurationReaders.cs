using System.Collections.Immutable;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Augmentation;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;

namespace NanoDet.Fuzzing.Readers;

/// <summary>What a project says: configuration files, properties over them, and the steps of a recipe.</summary>
internal static class ConfigurationReaders
{
    private const string Yml = """
        save_dir: workspace/a
        model:
          weight_averager: {name: ExpMovingAverager, decay: 0.9998}
          arch:
            name: NanoDetPlus
            detach_epoch: 10
            backbone: {name: ShuffleNetV2, model_size: 1.0x, out_stages: [2, 3, 4], activation: LeakyReLU}
            fpn: &neck {name: GhostPAN, in_channels: [116, 232, 464], out_channels: 96, kernel_size: 5, num_extra_level: 1, use_depthwise: True, activation: LeakyReLU}
            head: {name: NanoDetPlusHead, num_classes: 2, input_channel: 96, feat_channels: 96, stacked_convs: 2, kernel_size: 5, strides: [8, 16, 32, 64], activation: LeakyReLU, reg_max: 7, norm_cfg: {type: BN}}
        data:
          train: {name: CocoDataset, input_size: [320, 320], keep_ratio: False, pipeline: {flip: 0.5, normalize: [[103.53, 116.28, 123.675], [57.375, 57.12, 58.395]]}}
          val: {name: CocoDataset, input_size: [320, 320], keep_ratio: False, pipeline: {normalize: [[103.53, 116.28, 123.675], [57.375, 57.12, 58.395]]}}
        device: {gpu_ids: [0], workers_per_gpu: 10, batchsize_per_gpu: 96}
        schedule:
          optimizer: {name: AdamW, lr: 0.001, weight_decay: 0.05}
          warmup: {name: linear, steps: 500, ratio: 0.0001}
          total_epochs: 300
          lr_schedule: {name: CosineAnnealingLR, T_max: 300, eta_min: 0.00005}
          val_intervals: 10
        grad_clip: 35
        evaluator: {name: CocoDetectionEvaluator, save_key: mAP}
        class_names: ['cat', "dog"]
        """;

    private static readonly string[] YmlTokens = ["&a", "*a", "*neck", "<<: *neck", "- ", ": ", "? ", "|\n", ">\n", "!!binary", "%YAML 1.9\n", "---\n", "...\n", "{", "}", "[", "]", "\t", "name: ", "1.0x", "0x", ".inf", ".nan", "\"\\ud800\"", "\"\\x00\""];

    /// <summary>The readers.</summary>
    public static FuzzedReader[] All { get; } =
    [
        new("yml", [LabelReaders.Text(Yml)], InputFile.Of("a.yml", path => EffectiveConfiguration.OfFile(path, ["cat", "dog"], 100, OverrideProperties.Read(ImmutableDictionary<string, string>.Empty, [])))) { Tokens = YmlTokens },
        new("configuration", [ConfigurationJson.Write(Preset.Create("nanodet-plus-m_320", ["cat", "dog"])!)], content => ConfigurationJson.Read("a.json", content)) { Tokens = ["{", "}", "[", "]", "\"$type\":", "\"\\ud800\":1,"] },
        new("recipe", [LabelReaders.Text("GaussianBlur\tSigma=0..3\tProbability=0.5\nAffine\tTranslateX=-15..15\tRotate=-30..30\tScale=0.8\nCrop\tShare=0.1")],
            content => AugmentationRecipe.Of("imgaug-classic", Lines(content).Select(line => new AugmentationItem(line[0], Pairs(line[1..]).ToImmutableSortedDictionary())), 3)?.Validate()) { Tokens = ["\t", "=", "..", "Probability", "Sigma=", "FlipVertical", "Multiply\tFactor="] },
        new("overrides", [LabelReaders.Text("NanoDetEpochs=3\tNanoDetInputSize=320x192\tNanoDetLearningRate=0.001\tNanoDetFreeze=Backbone;Neck\tNanoDetSeed=7\tNanoDetBatchSize=8\tNanoDetMaxMinutes=3")],
            content => OverrideProperties.Read(Pairs(Lines(content).SelectMany(line => line)), new List<Diagnostic>())) { Tokens = ["\t", "=", "NanoDetPretrained=", "x", ";"] },
    ];

    private static IEnumerable<string[]> Lines(byte[] content) => Encoding.UTF8.GetString(content).Split('\n').Select(line => line.Split('\t')).Take(1000);

    private static ImmutableDictionary<string, string> Pairs(IEnumerable<string> words)
        => words.Select(word => word.Split('=', 2)).Where(pair => pair.Length == 2).DistinctBy(pair => pair[0]).ToImmutableDictionary(pair => pair[0], pair => pair[1]);
}
