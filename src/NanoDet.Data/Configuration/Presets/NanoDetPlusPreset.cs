using System.Collections.Immutable;

namespace NanoDet.Data.Configuration.Presets;

/// <summary>NanoDet-Plus with a ShuffleNetV2 backbone, with the settings that its authors use for COCO.</summary>
/// <param name="ModelSize">Width of the backbone.</param>
/// <param name="Channels">Channels of neck and head; the guidance module has twice as many.</param>
/// <param name="Side">Width and height of the input, in pixels.</param>
/// <param name="Epochs">Length of the training.</param>
internal sealed record NanoDetPlusPreset(string ModelSize, int Channels, int Side, int Epochs)
{
    private static readonly ImmutableArray<int> Strides = [8, 16, 32, 64];

    /// <summary>Stacked convolutions in the guidance module, which only training computes.</summary>
    public int GuidanceConvolutions { get; init; } = 4;

    /// <summary>Returns the configuration for the given classes.</summary>
    public NanoDetConfiguration Create(ImmutableArray<string> classNames) => new()
    {
        Model = Model(classNames.Length),
        Train = Input(new()
        {
            Scale = new(0.6, 1.4),
            StretchX = new(0.8, 1.2),
            StretchY = new(0.8, 1.2),
            Translate = 0.2,
            Flip = 0.5,
            Brightness = 0.2,
            Contrast = new(0.6, 1.4),
            Saturation = new(0.5, 1.2),
        }),
        Validation = Input(new()),
        BatchSize = 96,
        Schedule = new()
        {
            Optimizer = new AdamWConfiguration { LearningRate = 0.001, WeightDecay = 0.05 },
            Warmup = new(WarmupKind.Linear, 500, 0.0001),
            LearningRate = new CosineAnnealingConfiguration(Epochs, 0.00005) { ClosedForm = true },
            TotalEpochs = Epochs,
            ValidationInterval = 10,
        },
        GradientClip = 35,
        LogInterval = 50,
        ClassNames = classNames,
    };

    private ModelConfiguration Model(int classes) => new()
    {
        Architecture = Architecture.NanoDetPlus,
        Backbone = new ShuffleNetV2Configuration(ModelSize) { Activation = Activation.LeakyReLU },
        Neck = new GhostPanConfiguration
        {
            InChannels = [.. BackboneConfiguration.UsualOutStages.Select(stage => ShuffleNetV2Channels.OfStage(ModelSize, stage))],
            OutChannels = Channels,
            NumExtraLevel = 1,
            UseDepthwise = true,
            Activation = Activation.LeakyReLU,
        },
        Head = new NanoDetPlusHeadConfiguration
        {
            NumClasses = classes,
            InputChannel = Channels,
            FeatChannels = Channels,
            Strides = Strides,
        },
        AuxiliaryHead = new()
        {
            NumClasses = classes,
            InputChannel = 2 * Channels,
            FeatChannels = 2 * Channels,
            StackedConvs = GuidanceConvolutions,
            Strides = Strides,
        },
        DetachEpoch = 10,
        MovingAverageDecay = 0.9998,
    };

    private InputConfiguration Input(PipelineConfiguration pipeline) => new() { Width = Side, Height = Side, Pipeline = pipeline };
}
