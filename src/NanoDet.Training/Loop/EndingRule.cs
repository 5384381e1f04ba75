using NanoDet.Data.Configuration;
using NanoDet.Training.Checkpoints;

namespace NanoDet.Training.Loop;

/// <summary>Decides when a training ends.</summary>
/// <param name="schedule">The schedule with epochs, patience and time limit.</param>
/// <param name="fullSize">The first epoch, from 0, with the full input: before it, no training is finished however its figures are.</param>
internal sealed class EndingRule(ScheduleConfiguration schedule, int fullSize)
{
    /// <summary>Returns why a training ends, or has ended; null if it continues. A training only ends after an epoch.</summary>
    public TrainingEnding? At(TrainingState state)
        => state.Ending is { } ended ? ended
            : state.Position.StepInEpoch > 0 ? null
            : state.Position.Epoch >= schedule.TotalEpochs ? TrainingEnding.Complete
            : IsOutOfTime(state.Seconds) ? TrainingEnding.TimeBudget
            : IsStale(state) ? TrainingEnding.EarlyStop
            : null;

    /// <summary>Whether the time limit is reached.</summary>
    /// <param name="seconds">The time of all runs of the training.</param>
    public bool IsOutOfTime(double seconds) => seconds > schedule.MaxMinutes * 60;

    private bool IsStale(TrainingState state)
        => schedule.EarlyStopPatience is { } patience && state.Best is { } best
            && state.History.Count(figures => figures.Epoch > best.Epoch && figures.Epoch >= fullSize && !figures.Metrics.IsEmpty) >= patience;
}
