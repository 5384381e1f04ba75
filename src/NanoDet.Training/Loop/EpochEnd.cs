using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Schedules;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Training.Loop;

/// <summary>The end of an epoch and of the training: validates, keeps the best weights, reports and saves.</summary>
/// <param name="run">The training.</param>
/// <param name="judged">The weights to validate and export.</param>
/// <param name="device">The device of the weights.</param>
/// <param name="validation">The validation.</param>
/// <param name="rates">The learning rates.</param>
/// <param name="guard">The state of the training.</param>
/// <param name="log">The log.</param>
internal sealed class EpochEnd(
    TrainingRun run, DetectionNetwork judged, Device device, Validation validation, LearningRateSchedule rates, StepGuard guard, TrainingLog log)
{
    private readonly ScheduleConfiguration _schedule = run.Configuration.Schedule;
    private readonly EndingRule _ending = new(run.Configuration.Schedule, run.Configuration.Train.ProgressiveResizing?.Epochs ?? 0);
    private readonly TrainingFolder _folder = new(run.OutputFolder);

    /// <summary>Whether the training is complete.</summary>
    public bool IsLast => _ending.At(guard.State) is not null;

    /// <summary>Ends an epoch.</summary>
    /// <param name="seconds">The time spent if there is a time limit.</param>
    /// <param name="cancellation">Stops the validation.</param>
    /// <exception cref="NanoDetException">NDB4020: a weight is not a finite number.</exception>
    public void Close(double seconds, CancellationToken cancellation)
    {
        guard.RequireFinite();
        var state = guard.State;
        var epoch = state.Position.Epoch;
        var isDue = _ending.IsOutOfTime(seconds) || (epoch + 1) % _schedule.ValidationInterval == 0 || epoch + 1 == _schedule.TotalEpochs;
        var metrics = isDue && validation.HasImages ? validation.Run(judged, device, cancellation) : null;
        var (best, result) = (state.Best, guard.Result);
        if (metrics?.Figure(run.Configuration.SaveKey) is >= 0 and var figure && !(figure <= best?.Figure))
        {
            // At 0, no epoch is better than another: the weights after the last one are the result.
            (best, result) = (new BestEpoch(epoch, figure), figure > 0 ? Weights() : null);
        }

        var figures = new EpochFigures(
            epoch,
            rates.At(_schedule.Optimizer.LearningRate, state.Position.Step(rates.StepsPerEpoch) - 1),
            [.. state.LossSums.Select(sum => sum with { Value = sum.Value / rates.StepsPerEpoch })],
            metrics?.Stats ?? []);
        guard.Commit(state with { Position = new(epoch + 1, 0), LossSums = [], Best = best, History = state.History.Add(figures), Seconds = seconds }, result);
        log.Epoch(guard.State, metrics);
        guard.SaveEpoch(run.CheckpointSpacing);
    }

    /// <summary>Ends the training.</summary>
    /// <param name="time">The time of this run.</param>
    public TrainingResult End(TimeSpan time)
    {
        var state = guard.State with { Ending = _ending.At(guard.State), Best = guard.State.Best is { Figure: > 0 } best ? best : null };
        var last = Weights();
        SafetensorsWriter.Write(_folder.Last, last);
        guard.Commit(state, guard.Result ?? last);
        SafetensorsWriter.Write(_folder.Model, guard.Result!);
        guard.Save();
        var result = new TrainingResult(state.Ending!.Value, state.Position.Epoch, state.Best, _folder.Model);
        log.End(result, state);
        ResultFile.Write(_folder, state, time, run);
        return result;
    }

    private WeightSet Weights() => ModelWeights.Export(StateDict.Of(judged), run.Dataset.Classes);
}
