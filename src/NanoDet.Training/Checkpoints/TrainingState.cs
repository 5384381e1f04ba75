using System.Collections.Immutable;
using NanoDet.Data.Fingerprints;
using NanoDet.Training.Loading;
using NanoDet.Training.Losses;

namespace NanoDet.Training.Checkpoints;

/// <summary>The state of a running training except its tensors.</summary>
/// <param name="Identity">Key of the training; a training may only resume from a checkpoint with the same key.</param>
/// <param name="Position">The next step; one after the last of the epoch if only its validation is missing.</param>
/// <param name="LossSums">Sum of each part of the loss over the steps of the current epoch.</param>
/// <param name="Best">The best validation so far; null before the first, and after the end also where no figure was above 0.</param>
/// <param name="History">One entry per completed epoch.</param>
/// <param name="Seconds">The time spent if there is a time limit, otherwise 0.</param>
/// <param name="Ending">Why the training ended; null while it is running.</param>
public sealed record TrainingState(
    string Identity, TrainingPosition Position, ImmutableArray<LossPart> LossSums, BestEpoch? Best, ImmutableArray<EpochFigures> History, double Seconds,
    TrainingEnding? Ending = null)
{
    /// <summary>What <see cref="Identity"/> is the hash of, to say in which of it another training differs.</summary>
    public ImmutableArray<FingerprintEntry> Inputs { get; init; } = [];

    /// <summary>The key of the build's stage that the training is; null for none.</summary>
    public string? Stage { get; init; }

    /// <summary>The beginning of a training.</summary>
    public static TrainingState Beginning(Fingerprint inputs) => new(inputs.Hash, default, [], null, [], 0) { Inputs = inputs.Entries };

    /// <summary>The state after a step.</summary>
    /// <param name="parts">The parts of its loss.</param>
    /// <param name="seconds">The time spent so far if there is a time limit, otherwise 0.</param>
    public TrainingState AfterStep(ImmutableArray<LossPart> parts, double seconds) => this with
    {
        Position = Position with { StepInEpoch = Position.StepInEpoch + 1 },
        Seconds = seconds,
        LossSums = LossSums.IsEmpty ? parts : [.. LossSums.Zip(parts, (sum, part) => sum with { Value = sum.Value + part.Value })],
    };
}

/// <summary>The best validation so far.</summary>
/// <param name="Epoch">Its epoch, from 0.</param>
/// <param name="Figure">The deciding figure.</param>
public sealed record BestEpoch(int Epoch, double Figure);

/// <summary>The figures of a completed epoch.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="LearningRate">Learning rate of its last step.</param>
/// <param name="Losses">Mean of each part of the loss.</param>
/// <param name="Metrics">COCO's twelve figures; empty if the epoch was not validated.</param>
public sealed record EpochFigures(int Epoch, double LearningRate, ImmutableArray<LossPart> Losses, ImmutableArray<double> Metrics);
