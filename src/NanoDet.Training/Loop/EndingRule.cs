using NanoDet.Data.Configuration;
using NanoDet.Training.Checkpoints;

namespace NanoDet.Training.Loop;

/// <summary>When a training is over.</summary>
/// <param name="schedule">Its epochs, patience and minutes.</param>
internal sealed class EndingRule(ScheduleConfiguration schedule)
{
    /// <summary>Why a training is over; null where it goes on. Only the end of an epoch ends a training.</summary>
    public TrainingEnding? At(TrainingState state)
        => state.Position.StepInEpoch > 0 ? null
            : state.Position.Epoch >= schedule.TotalEpochs ? TrainingEnding.Complete
            : IsOutOfTime(state.Seconds) ? TrainingEnding.TimeBudget
            : IsStale(state) ? TrainingEnding.EarlyStop
            : null;

    /// <summary>Whether the minutes that are allowed are used up.</summary>
    /// <param name="seconds">Time spent by all runs of the training.</param>
    public bool IsOutOfTime(double seconds) => seconds > schedule.MaxMinutes * 60;

    private bool IsStale(TrainingState state)
        => schedule.EarlyStopPatience is { } patience && state.Best is { } best
            && state.History.Count(figures => figures.Epoch > best.Epoch && !figures.Metrics.IsEmpty) >= patience;
}
