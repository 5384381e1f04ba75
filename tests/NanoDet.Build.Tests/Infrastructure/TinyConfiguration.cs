namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>A network and a schedule that take seconds.</summary>
internal static class TinyConfiguration
{
    /// <summary>Properties of a project that has it beside itself as <c>tiny.yml</c>.</summary>
    public const string Properties = "<NanoDetConfigurationFile>tiny.yml</NanoDetConfigurationFile><NanoDetThreads>1</NanoDetThreads>";

    /// <summary>The yml file for the classes of <see cref="NanoDet.Testing.TinyVoc"/>.</summary>
    public static string Yml(int epochs) => Yml(epochs, "bolt", "nut");

    /// <summary>The yml file.</summary>
    public static string Yml(int epochs, params string[] classes) => $$"""
        model:
          weight_averager: { name: ExpMovingAverager, decay: 0.9998 }
          arch:
            name: NanoDetPlus
            detach_epoch: 1
            backbone: { name: ShuffleNetV2, model_size: 0.5x, out_stages: [2, 3, 4], activation: LeakyReLU, pretrain: False }
            fpn:
              name: GhostPAN
              in_channels: [48, 96, 192]
              out_channels: 32
              kernel_size: 5
              num_extra_level: 1
              use_depthwise: True
              activation: LeakyReLU
            head:
              name: NanoDetPlusHead
              num_classes: {{classes.Length}}
              input_channel: 32
              feat_channels: 32
              stacked_convs: 1
              kernel_size: 5
              strides: [8, 16, 32, 64]
              activation: LeakyReLU
              reg_max: 7
              norm_cfg: { type: BN }
              loss:
                loss_qfl: { name: QualityFocalLoss, use_sigmoid: True, beta: 2.0, loss_weight: 1.0 }
                loss_dfl: { name: DistributionFocalLoss, loss_weight: 0.25 }
                loss_bbox: { name: GIoULoss, loss_weight: 2.0 }
            aux_head:
              name: SimpleConvHead
              num_classes: {{classes.Length}}
              input_channel: 64
              feat_channels: 64
              stacked_convs: 1
              strides: [8, 16, 32, 64]
              activation: LeakyReLU
              reg_max: 7
        class_names: ['{{string.Join("', '", classes)}}']
        data:
          train:
            name: XMLDataset
            input_size: [64, 64]
            keep_ratio: False
            pipeline: { flip: 0.5, normalize: [[103.53, 116.28, 123.675], [57.375, 57.12, 58.395]] }
          val:
            name: XMLDataset
            input_size: [64, 64]
            keep_ratio: False
            pipeline: { normalize: [[103.53, 116.28, 123.675], [57.375, 57.12, 58.395]] }
        device: { gpu_ids: -1, workers_per_gpu: 1, batchsize_per_gpu: 4, precision: 32 }
        schedule:
          optimizer: { name: AdamW, lr: 0.001, weight_decay: 0.05 }
          warmup: { name: linear, steps: 2, ratio: 0.1 }
          total_epochs: {{epochs}}
          lr_schedule: { name: CosineAnnealingLR, T_max: {{epochs}}, eta_min: 0.00005 }
          val_intervals: {{epochs}}
        grad_clip: 35
        evaluator: { name: CocoDetectionEvaluator, save_key: mAP }
        log: { interval: 1 }
        """;
}
