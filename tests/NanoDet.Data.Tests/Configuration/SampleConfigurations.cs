namespace NanoDet.Data.Tests.Configuration;

/// <summary>Small files in NanoDet's form, written for these tests; between them they hold every kind of section.</summary>
internal static class SampleConfigurations
{
    public const string Plus = """
        save_dir: workspace/cells
        model:
          weight_averager:
            name: ExpMovingAverager
            decay: 0.999
          arch:
            name: NanoDetPlus
            detach_epoch: 7
            backbone:
              name: ShuffleNetV2
              model_size: 0.5x
              out_stages: [2, 3, 4]
              activation: LeakyReLU
            fpn:
              name: GhostPAN
              in_channels: [48, 96, 192]
              out_channels: 64
              num_extra_level: 1
              use_depthwise: True
              norm_cfg:
                type: BN
            head:
              name: NanoDetPlusHead
              num_classes: 2
              input_channel: 64
              feat_channels: 64
              strides: [8, 16, 32, 64]
              norm_cfg:
                type: BN
              loss:
                loss_qfl:
                  name: QualityFocalLoss
                  use_sigmoid: True
                  beta: 2.5
                  loss_weight: 1.5
                loss_dfl:
                  name: DistributionFocalLoss
                  loss_weight: 0.5
                loss_bbox:
                  name: GIoULoss
                  loss_weight: 3
            aux_head:
              name: SimpleConvHead
              num_classes: 2
              input_channel: 128
              feat_channels: 128
              strides: [8, 16, 32, 64]
              reg_max: 7
              norm_cfg:
                type: GN
        class_names: &class_names ['red cell', "white"]
        data:
          train:
            name: XMLDataset
            class_names: *class_names
            img_path: train
            ann_path: train
            input_size: [320, 192] #[w,h]
            keep_ratio: False
            multi_scale: [0.6, 1.4]
            pipeline:
              scale: [0.6, 1.4]
              stretch: [[0.8, 1.2], [0.9, 1.1]]
              translate: 0.2
              flip: 0.5
              brightness: 0.2
              contrast: [0.6, 1.4]
              normalize: [[103.53, 116.28, 123.675], [57.375, 57.12, 58.395]]
          val:
            name: XMLDataset
            class_names: *class_names
            img_path: val
            ann_path: val
            input_size: [320, 192]
            keep_ratio: False
            pipeline:
              normalize: [[103.53, 116.28, 123.675], [57.375, 57.12, 58.395]]
        device:
          gpu_ids: -1
          workers_per_gpu: 2
          batchsize_per_gpu: 8
          precision: 32
        schedule:
          load_model: weights.pth
          optimizer:
            name: AdamW
            lr: 1e-3
            weight_decay: 0.05
            no_norm_decay: True
            param_level_cfg:
              backbone:
                lr_mult: 0.1
              bias:
                decay_mult: 0
          warmup:
            name: exp
            steps: 30
            ratio: 0.0001
          total_epochs: 40
          lr_schedule:
            name: CosineAnnealingLR
            T_max: 40
            eta_min: 0.00005
          val_intervals: 5
        grad_clip: 35
        evaluator:
          name: CocoDetectionEvaluator
          save_key: AP_50
        log:
          interval: 20
        """;

    public const string LegacyArch = """
            backbone:
              name: ShuffleNetV2
              model_size: 1.0x
              out_stages: [2, 3, 4]
            fpn:
              name: PAN
              in_channels: [116, 232, 464]
              out_channels: 96
              start_level: 0
              num_outs: 3
        """;

    public const string Legacy = """
        model:
          arch:
            name: OneStageDetector
        """ + "\n" + LegacyArch + "\n" + """
            head:
              name: NanoDetHead
              num_classes: 3
              input_channel: 96
              loss:
                loss_qfl: {beta: 2.0, loss_weight: 1.0}
                loss_dfl: {loss_weight: 0.25}
                loss_bbox: {loss_weight: 2.0}
        data:
          train:
            input_size: [320, 320]
            pipeline: {normalize: [[127.0, 127.0, 127.0], [128.0, 128.0, 128.0]]}
          val:
            input_size: [320, 320]
            pipeline: {normalize: [[127.0, 127.0, 127.0], [128.0, 128.0, 128.0]]}
        device:
          batchsize_per_gpu: 192
        schedule:
          resume:
          optimizer: {name: SGD, lr: 0.14, momentum: 0.9, weight_decay: 0.0001}
          warmup: {name: linear, steps: 300, ratio: 0.1}
          total_epochs: 280
          lr_schedule: {name: MultiStepLR, milestones: [240, 260, 275], gamma: 0.1}
          val_intervals: 10
        """;

    public const string TanNeck = """
            fpn:
              name: TAN
              in_channels: [116, 232, 464]
              out_channels: 128
              feature_hw: [20, 20]
              num_heads: 8
              num_encoders: 1
              mlp_ratio: 4
              dropout_ratio: 0.1
        """;

    /// <summary>The plus sample with another optimizer: its name, and further lines.</summary>
    public static string PlusWithOptimizer(string name, params string[] keys)
        => Plus.Replace("    name: AdamW\n", $"    name: {name}\n{string.Concat(keys.Select(key => $"    {key}\n"))}", StringComparison.Ordinal);

    /// <summary>The plus sample with another learning-rate schedule.</summary>
    public static string PlusWithSchedule(string name, params string[] keys)
        => Plus.Replace("    name: CosineAnnealingLR\n    T_max: 40\n    eta_min: 0.00005\n", $"    name: {name}\n{string.Concat(keys.Select(key => $"    {key}\n"))}", StringComparison.Ordinal);

    /// <summary>The legacy file with another backbone section (from <c>backbone:</c> to before <c>fpn:</c>).</summary>
    public static string LegacyWithBackbone(string body) => LegacyWith("    backbone:\n" + body, LegacyArch[LegacyArch.IndexOf("    fpn:", StringComparison.Ordinal)..]);

    /// <summary>The legacy file with the transformer neck.</summary>
    public static string LegacyWithTan { get; } = LegacyWith(LegacyArch[..LegacyArch.IndexOf("    fpn:", StringComparison.Ordinal)], TanNeck);

    /// <summary>The legacy file with neck and head of the paper on generalized focal loss.</summary>
    public static string LegacyWithPyramid { get; } = LegacyWithTan
        .Replace(TanNeck, """
                fpn:
                  name: FPN
                  in_channels: [116, 232, 464]
                  out_channels: 96
                  start_level: 0
                  num_outs: 3
            """, StringComparison.Ordinal)
        .Replace("name: NanoDetHead", "name: GFLHead", StringComparison.Ordinal);

    private static string LegacyWith(string backbone, string neck)
        => Legacy.Replace(LegacyArch, backbone.TrimEnd() + "\n" + neck, StringComparison.Ordinal);
}
