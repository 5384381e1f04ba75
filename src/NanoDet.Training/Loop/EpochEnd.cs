using NanoDet.Data.Configuration;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Schedules;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Training.Loop;

/// <summary>What is done after the last step of an epoch, and of the training: judge, keep the best weights, tell, and save.</summary>
/// <param name="run">What is trained.</param>
/// <param name="judged">The weights that are judged and exported.</param>
/// <param name="device">Where they lie.</param>
/// <param name="validation">Judges them.</param>
/// <param name="rates">How fast was learnt.</param>
/// <param name="guard">Knows where the training stands.</param>
/// <param name="log">Tells it.</param>
internal sealed class EpochEnd(
    TrainingRun run, DetectionNetwork judged, Device device, Validation validation, LearningRateSchedule rates, StepGuard guard, TrainingLog log)
{
    private readonly ScheduleConfiguration _schedule = run.Configuration.Schedule;
    private readonly EndingRule _ending = new(run.Configuration.Schedule);
    private readonly TrainingFolder _folder = new(run.OutputFolder);

    /// <summary>Whether the training is over.</summary>
    public bool IsLast => _ending.At(guard.State) is not null;

    /// <summary>Closes an epoch.</summary>
    /// <param name="seconds">Time spent where time is limited.</param>
    /// <param name="cancellation">Ends the validation.</param>
    public void Close(double seconds, CancellationToken cancellation)
    {
        var state = guard.State;
        var epoch = state.Position.Epoch;
        var isDue = _ending.IsOutOfTime(seconds) || (epoch + 1) % _schedule.ValidationInterval == 0 || epoch + 1 == _schedule.TotalEpochs;
        var metrics = isDue && validation.HasImages ? validation.Run(judged, device, cancellation) : null;
        var best = state.Best;
        if (metrics?.Figure(run.Configuration.SaveKey) is { } figure && !(figure <= best?.Figure))
        {
            best = new BestEpoch(epoch, figure);
            Export(_folder.Model);
        }

        var figures = new EpochFigures(
            epoch,
            rates.At(_schedule.Optimizer.LearningRate, state.Position.Step(rates.StepsPerEpoch) - 1),
            [.. state.LossSums.Select(sum => sum with { Value = sum.Value / rates.StepsPerEpoch })],
            metrics?.Stats ?? []);
        guard.Commit(state with { Position = new(epoch + 1, 0), LossSums = [], Best = best, History = state.History.Add(figures), Seconds = seconds });
        log.Epoch(guard.State, metrics);
        guard.Save();
    }

    /// <summary>Ends the training.</summary>
    /// <param name="time">Time that this run has taken.</param>
    public TrainingResult End(TimeSpan time)
    {
        var state = guard.State with { Ending = _ending.At(guard.State) };
        Export(_folder.Last);
        if (state.Best is null)
        {
            Export(_folder.Model);
        }

        guard.Commit(state);
        guard.Save();
        var result = new TrainingResult(state.Ending!.Value, state.Position.Epoch, state.Best, _folder.Model);
        log.End(result);
        ResultFile.Write(_folder, state, time, run.Proved);
        return result;
    }

    private void Export(string path) => SafetensorsWriter.Write(path, ModelWeights.Export(StateDict.Of(judged), run.Dataset.Classes));
}
