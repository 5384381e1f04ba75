using System.Collections.Immutable;

namespace NanoDet.Data.Configuration.Presets;

/// <summary>The NanoDet of 2020 with a ShuffleNetV2 backbone, with the settings that its authors used for COCO.</summary>
/// <param name="ModelSize">Width of the backbone.</param>
/// <param name="Channels">Channels of neck and head.</param>
/// <param name="Side">Width and height of the input, in pixels.</param>
/// <param name="Scale">Random factor on the size of training images.</param>
internal sealed record NanoDetPreset(string ModelSize, int Channels, int Side, ValueRange Scale)
{
    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 192;

    /// <summary>Learning rate for a batch of that size.</summary>
    public double LearningRate { get; init; } = 0.14;

    /// <summary>The first steps.</summary>
    public WarmupConfiguration Warmup { get; init; } = new(WarmupKind.Linear, 300, 0.1);

    /// <summary>Length of the training.</summary>
    public int Epochs { get; init; } = 280;

    /// <summary>Epochs at which the learning rate falls to a tenth.</summary>
    public ImmutableArray<int> Milestones { get; init; } = [240, 260, 275];

    /// <summary>Steps between two lines of the log.</summary>
    public int LogInterval { get; init; } = 10;

    /// <summary>Returns the configuration for the given classes.</summary>
    public NanoDetConfiguration Create(ImmutableArray<string> classNames) => new()
    {
        Model = Model(classNames.Length),
        Train = Input(new()
        {
            Scale = Scale,
            Translate = 0.2,
            Flip = 0.5,
            Brightness = 0.2,
            Contrast = new(0.6, 1.4),
            Saturation = new(0.5, 1.2),
        }),
        Validation = Input(new()),
        BatchSize = BatchSize,
        Schedule = new()
        {
            Optimizer = new SgdConfiguration { LearningRate = LearningRate, Momentum = 0.9, WeightDecay = 0.0001 },
            Warmup = Warmup,
            LearningRate = new MultiStepConfiguration(Milestones, 0.1),
            TotalEpochs = Epochs,
            ValidationInterval = 10,
        },
        GradientClip = 0,
        LogInterval = LogInterval,
        ClassNames = classNames,
    };

    private ModelConfiguration Model(int classes) => new()
    {
        Architecture = Architecture.OneStageDetector,
        Backbone = new ShuffleNetV2Configuration(ModelSize) { Activation = Activation.LeakyReLU },
        Neck = new PanConfiguration { InChannels = [.. BackboneConfiguration.UsualOutStages.Select(stage => ShuffleNetV2Channels.OfStage(ModelSize, stage))], OutChannels = Channels },
        Head = new NanoDetHeadConfiguration
        {
            NumClasses = classes,
            InputChannel = Channels,
            FeatChannels = Channels,
            ShareClsReg = true,
        },
    };

    private InputConfiguration Input(PipelineConfiguration pipeline)
        => new() { Width = Side, Height = Side, KeepRatio = true, Pipeline = pipeline };
}
