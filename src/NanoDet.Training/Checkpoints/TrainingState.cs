using System.Collections.Immutable;
using NanoDet.Training.Loading;
using NanoDet.Training.Losses;

namespace NanoDet.Training.Checkpoints;

/// <summary>Everything about a running training that is no tensor.</summary>
/// <param name="Identity">Key of what is trained; only a checkpoint of the same key may be gone on from.</param>
/// <param name="Position">The step that comes next; a step beyond the epoch's last where only its validation is missing.</param>
/// <param name="LossSums">Sum of each part of the loss over the steps of the current epoch.</param>
/// <param name="Best">The best validation so far; null before the first.</param>
/// <param name="History">One entry for every epoch that is done.</param>
/// <param name="Seconds">Time spent where time is limited, and 0 where it plays no part.</param>
/// <param name="Ending">Why the training ended; null while it goes on.</param>
public sealed record TrainingState(
    string Identity, TrainingPosition Position, ImmutableArray<LossPart> LossSums, BestEpoch? Best, ImmutableArray<EpochFigures> History, double Seconds,
    TrainingEnding? Ending = null)
{
    /// <summary>The beginning of a training.</summary>
    public static TrainingState Beginning(string identity) => new(identity, default, [], null, [], 0);

    /// <summary>The state after a step.</summary>
    /// <param name="parts">The parts of its loss.</param>
    /// <param name="seconds">Time spent so far where time is limited, else 0.</param>
    public TrainingState AfterStep(ImmutableArray<LossPart> parts, double seconds) => this with
    {
        Position = Position with { StepInEpoch = Position.StepInEpoch + 1 },
        Seconds = seconds,
        LossSums = LossSums.IsEmpty ? parts : [.. LossSums.Zip(parts, (sum, part) => sum with { Value = sum.Value + part.Value })],
    };
}

/// <summary>The validation that a training would be judged by now.</summary>
/// <param name="Epoch">Its epoch, from 0.</param>
/// <param name="Figure">The figure that decides.</param>
public sealed record BestEpoch(int Epoch, double Figure);

/// <summary>What is known about an epoch when it is done.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="LearningRate">Learning rate of its last step.</param>
/// <param name="Losses">Mean of each part of the loss.</param>
/// <param name="Metrics">COCO's twelve figures; empty where the epoch was not validated.</param>
public sealed record EpochFigures(int Epoch, double LearningRate, ImmutableArray<LossPart> Losses, ImmutableArray<double> Metrics);
