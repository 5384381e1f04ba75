using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using NanoDet.Data.Configuration;
using NanoDet.Data.Evaluation;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Loading;
using NanoDet.Training.Losses;

namespace NanoDet.Training.Loop;

/// <summary>Logs a training: one line per epoch, <c>metrics.csv</c>, <c>progress.jsonl</c> and event files.</summary>
internal sealed class TrainingLog : IDisposable
{
    private readonly TrainingFolder _folder;
    private readonly NanoDetConfiguration _configuration;
    private readonly int _stepsPerEpoch;
    private readonly Action<string> _line;
    private readonly ProgressFile _progress;
    private readonly EventFile _events;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly long _firstStep;
    private TimeSpan _epochBegan;
    private int _epochImages;

    public TrainingLog(TrainingFolder folder, NanoDetConfiguration configuration, int stepsPerEpoch, TrainingState state, Action<string> line)
    {
        (_folder, _configuration, _stepsPerEpoch, _line) = (folder, configuration, stepsPerEpoch, line);
        Directory.CreateDirectory(folder.Folder);
        _firstStep = state.Position.Step(stepsPerEpoch);
        _progress = new ProgressFile(folder.Progress);
        _events = new EventFile(folder.TensorBoard);
        MetricsFile.Write(folder.Metrics, state.History);
        var from = state.Position == default ? "" : $", resumed at {state.Position.InWords(stepsPerEpoch)}";
        string[] beginning =
        [
            .. configuration.Train.ProgressiveResizing is { } first
                ? [string.Create(CultureInfo.InvariantCulture, $"input {first.Width}x{first.Height} until epoch {first.Epochs}, then {configuration.Train.Size}")]
                : Array.Empty<string>(),
            .. configuration.Model.GuidanceEpochs is { } guided && guided < configuration.Schedule.TotalEpochs
                ? [guided > 0 ? string.Create(CultureInfo.InvariantCulture, $"guidance module until epoch {guided}") : "no guidance module"]
                : Array.Empty<string>(),
        ];
        var phases = beginning.Length == 0 ? "" : $" ({string.Join("; ", beginning)})";
        line(string.Create(CultureInfo.InvariantCulture, $"epochs: {configuration.Schedule.TotalEpochs}{phases}, steps per epoch: {stepsPerEpoch}, batch size: {configuration.BatchSize}{from}"));
    }

    /// <summary>Logs a step.</summary>
    public void Step(TrainingBatch batch, ImmutableArray<LossPart> loss, double learningRate)
    {
        _epochImages += batch.Images.Length;
        var step = batch.Position.Step(_stepsPerEpoch);
        if ((step + 1) % _configuration.LogInterval == 0)
        {
            _progress.Write(new
            {
                kind = "step",
                epoch = batch.Position.Epoch + 1,
                epochs = _configuration.Schedule.TotalEpochs,
                step = batch.Position.StepInEpoch + 1,
                steps = _stepsPerEpoch,
                learningRate,
                loss = loss.Sum(part => part.Value),
                secondsLeft = SecondsLeft(step),
            });
            _events.Write(loss.Select(part => ($"Train_loss/{part.Name}", part.Value)).Append(("Train_loss/lr", learningRate)), step + 1);
        }
    }

    /// <summary>Logs a completed epoch.</summary>
    /// <param name="state">The state of the training.</param>
    /// <param name="metrics">Its validation; null if it had none.</param>
    public void Epoch(TrainingState state, CocoMetrics? metrics)
    {
        var figures = state.History[^1];
        var imagesPerSecond = _epochImages / Math.Max((_clock.Elapsed - _epochBegan).TotalSeconds, 1e-3);
        var secondsLeft = SecondsLeft(state.Position.Step(_stepsPerEpoch) - 1);
        MetricsFile.Write(_folder.Metrics, state.History);
        _progress.Write(new
        {
            kind = "epoch",
            epoch = figures.Epoch + 1,
            epochs = _configuration.Schedule.TotalEpochs,
            learningRate = figures.LearningRate,
            losses = figures.Losses.ToDictionary(part => part.Name, part => part.Value),
            metrics = metrics is null ? null : CocoMetrics.SaveKeys.ToDictionary(key => key, key => Counted(metrics.Figure(key))),
            imagesPerSecond,
            secondsLeft,
        });
        if (metrics is not null)
        {
            _events.Write(CocoMetrics.SaveKeys.Where(key => Counted(metrics.Figure(key)) is not null).Select(key => ($"Val_metrics/{key}", metrics.Figure(key))), figures.Epoch + 1);
        }

        var judged = metrics is null || Counted(metrics.AP) is null ? "" : string.Create(CultureInfo.InvariantCulture, $"  mAP {metrics.AP:F3}  mAP50 {metrics.AP50:F3}");
        // A training that resumes at the end of an epoch has computed nothing of it.
        var speed = _epochImages == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"  {imagesPerSecond:F2} images/s");
        var parts = string.Join(' ', figures.Losses.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name} {part.Value:F3}")));
        _line(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {figures.Epoch + 1}/{_configuration.Schedule.TotalEpochs}  loss {figures.Losses.Sum(part => part.Value):F3} ({parts}){judged}{speed}  {TimeSpan.FromSeconds(Math.Round(secondsLeft)):c} left"));
        (_epochBegan, _epochImages) = (_clock.Elapsed, 0);
    }

    /// <summary>Logs the end, and which epoch the model is.</summary>
    /// <param name="result">How the training ended.</param>
    /// <param name="state">The state of the training.</param>
    public void End(TrainingResult result, TrainingState state)
    {
        _progress.Write(new
        {
            kind = "end",
            ending = result.Ending.ToString(),
            epochs = result.Epochs,
            bestEpoch = result.Best?.Epoch + 1,
            bestFigure = result.Best?.Figure,
        });
        var (saveKey, validation) = (_configuration.SaveKey, _configuration.Validation);
        // As in the original, which is why the figure of an epoch is not that of the exported file.
        var note = validation.KeepRatio && _configuration.Model.BatchSizeOf(validation) is null
            ? "; images keep their aspect ratio, so each was validated at the size that it needs, and the figures of the exported model, which fills its whole input, differ"
            : "";
        _line(result.Best is { } best
            ? string.Create(CultureInfo.InvariantCulture, $"the model is that of epoch {best.Epoch + 1} of {result.Epochs}, the one with the best {saveKey} of the validation: {best.Figure:F3}{note}")
            : string.Create(CultureInfo.InvariantCulture, $"the model is that of the last epoch, {result.Epochs}: {(state.History.All(epoch => epoch.Metrics.IsEmpty) ? "none was validated" : "no validation has a figure above 0")}"));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _progress.Dispose();
        _events.Dispose();
    }

    // COCO's -1: no object to count. A curve or a line that shows it would look like a result.
    private static double? Counted(double figure) => figure < 0 ? null : figure;

    private double SecondsLeft(long step)
    {
        var left = Work((long)_configuration.Schedule.TotalEpochs * _stepsPerEpoch) - Work(step + 1);
        return _clock.Elapsed.TotalSeconds / (Work(Math.Max(step, _firstStep) + 1) - Work(_firstStep)) * left;
    }

    private double Work(long steps)
    {
        // Between two of these steps, all take the same time.
        long[] ends =
        [
            (long)(_configuration.Train.ProgressiveResizing?.Epochs ?? 0) * _stepsPerEpoch,
            (long)(_configuration.Model.GuidanceEpochs ?? 0) * _stepsPerEpoch,
            steps,
        ];
        var (work, begin) = (0.0, 0L);
        foreach (var end in ends.Order().Where(end => end > begin && end <= steps))
        {
            work += (end - begin) * StepWork((int)(begin / _stepsPerEpoch));
            begin = end;
        }

        return work;
    }

    // The time of a step grows with the pixels of its input, and without the guidance module it is a third.
    private double StepWork(int epoch)
    {
        var (size, full) = (_configuration.Train.SizeAt(epoch), _configuration.Train.Size);
        return (double)size.Width * size.Height / full.Width / full.Height * (_configuration.Model.IsGuidedAt(epoch) ? 1 : 1.0 / 3);
    }
}
