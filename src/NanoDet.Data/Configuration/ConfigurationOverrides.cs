using System.Collections.Immutable;

namespace NanoDet.Data.Configuration;

/// <summary>The settings of a project that override its configuration file or preset; null does not change a setting.</summary>
public sealed record ConfigurationOverrides
{
    /// <summary>The most epochs that a training can have.</summary>
    public const int MostEpochs = 1_000_000;

    /// <summary>The most images that a batch can have.</summary>
    public const int LargestBatch = 1 << 16;

    /// <summary>Number of epochs; the learning-rate schedule is stretched or shortened with it.</summary>
    public int? Epochs { get; init; }

    /// <summary>Images in one training batch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Size of the network's input, for training and for validation.</summary>
    public InputSize? InputSize { get; init; }

    /// <summary>Learning rate at the top of the schedule.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The random seed.</summary>
    public int? Seed { get; init; }

    /// <summary>Path of the pretrained weights.</summary>
    public string? Pretrained { get; init; }

    /// <summary>Path of the weights for the backbone.</summary>
    public string? BackboneWeights { get; init; }

    /// <summary>Parts of the network that are not trained.</summary>
    public ImmutableArray<ModelPart>? Freeze { get; init; }

    /// <summary>Number of epochs between two validations.</summary>
    public int? ValidationInterval { get; init; }

    /// <summary>Training stops after this many validations without an improvement.</summary>
    public int? EarlyStopPatience { get; init; }

    /// <summary>Training stops at the end of the epoch in which this many minutes have passed.</summary>
    public double? MaxMinutes { get; init; }

    /// <summary>Epochs with the assign guidance module of NanoDet-Plus.</summary>
    public int? GuidanceEpochs { get; init; }

    /// <summary>Whether the first epochs have a smaller input (<see cref="Configuration.ProgressiveResizing"/>).</summary>
    public bool ProgressiveResizing { get; init; }

    /// <summary>Returns the configuration with these settings.</summary>
    public NanoDetConfiguration ApplyTo(NanoDetConfiguration configuration)
    {
        var schedule = configuration.Schedule;
        var epochs = Epochs ?? schedule.TotalEpochs;
        return configuration with
        {
            BatchSize = BatchSize ?? configuration.BatchSize,
            Model = configuration.Model with { GuidanceEpochs = configuration.Model.AuxiliaryHead is not null && GuidanceEpochs < epochs ? GuidanceEpochs : null },
            Seed = Seed ?? configuration.Seed,
            Train = Progressive(Resize(configuration.Train), configuration.Model.SideMultiple, epochs),
            Validation = Resize(configuration.Validation),
            Schedule = schedule with
            {
                TotalEpochs = epochs,
                LearningRate = Epochs is null ? schedule.LearningRate : Stretch(schedule.LearningRate, schedule.TotalEpochs, epochs),
                Optimizer = schedule.Optimizer with { LearningRate = LearningRate ?? schedule.Optimizer.LearningRate },
                LoadModel = Pretrained ?? schedule.LoadModel,
                BackboneWeights = BackboneWeights ?? schedule.BackboneWeights,
                Freeze = Freeze ?? schedule.Freeze,
                ValidationInterval = ValidationInterval ?? schedule.ValidationInterval,
                EarlyStopPatience = EarlyStopPatience ?? schedule.EarlyStopPatience,
                MaxMinutes = MaxMinutes ?? schedule.MaxMinutes,
            },
        };
    }

    private InputConfiguration Resize(InputConfiguration input)
        => InputSize is { } size ? input with { Width = size.Width, Height = size.Height } : input;

    private InputConfiguration Progressive(InputConfiguration input, int multiple, int epochs) => ProgressiveResizing
        ? input with { ProgressiveResizing = Configuration.ProgressiveResizing.Of(input.Width, input.Height, multiple, epochs) }
        : input;

    private static LearningRateConfiguration Stretch(LearningRateConfiguration learningRate, int from, int to)
    {
        // Rounded down, so that a milestone before the end stays before the end.
        int Epoch(int epoch) => (int)Math.Clamp((long)epoch * to / from, 1, int.MaxValue);
        return learningRate switch
        {
            CosineAnnealingConfiguration cosine => cosine with { TMax = Epoch(cosine.TMax) },
            MultiStepConfiguration steps => steps with { Milestones = [.. steps.Milestones.Select(Epoch)] },
            StepConfiguration steps => steps with { StepSize = Epoch(steps.StepSize) },
            ExponentialConfiguration exponential => exponential with { Gamma = Math.Pow(exponential.Gamma, (double)from / to) },
            ConstantConfiguration constant => constant with { TotalEpochs = Epoch(constant.TotalEpochs) },
            LinearConfiguration linear => linear with { TotalEpochs = Epoch(linear.TotalEpochs) },
            PolynomialConfiguration polynomial => polynomial with { TotalEpochs = Epoch(polynomial.TotalEpochs) },
            WarmRestartsConfiguration restarts => restarts with { FirstEpochs = Epoch(restarts.FirstEpochs) },
            _ => learningRate,
        };
    }
}
