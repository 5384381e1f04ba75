using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NanoDet.Tool.Watching;

/// <summary>Draws a training on the terminal.</summary>
/// <param name="name">The name of the training.</param>
internal sealed class WatchPicture(string name)
{
    private const int CurveRows = 4;
    private const int MostColumns = 72;
    private const int LabelColumns = 8;

    private static readonly Style Faint = new(decoration: Decoration.Dim);

    /// <summary>Draws the training.</summary>
    /// <param name="state">The state of the training.</param>
    /// <param name="width">Columns of the terminal.</param>
    public IRenderable Draw(WatchState state, int width)
    {
        var progress = state.Progress;
        var last = progress.Epochs.LastOrDefault();
        var rows = new List<IRenderable> { Title(state) };
        if (Position(progress) is { } position)
        {
            rows.Add(new Text(position));
        }

        if (last is not null)
        {
            rows.Add(new Text($"loss {Figure(last.Loss)}  {WatchText.Parts(last)}"));
        }

        ImmutableArray<(int Epoch, double Figure)> judged =
            [.. progress.Epochs.Where(epoch => epoch.Map is { } map && double.IsFinite(map)).Select(epoch => (epoch.Epoch, epoch.Map!.Value))];
        if (judged.Length > 0)
        {
            var (at, map) = judged[^1];
            var best = judged.MaxBy(point => point.Figure);
            rows.Add(new Text($"mAP  {Figure(map)}  mAP50 {Figure(progress.Epochs.First(epoch => epoch.Epoch == at).Map50!.Value)}  in epoch {at}; the best mAP is {Figure(best.Figure)} in epoch {best.Epoch}"));
        }

        if (last is not null)
        {
            var columns = Math.Clamp(width - LabelColumns - 1, 10, MostColumns);
            ImmutableArray<(int Epoch, double Figure)> losses = [.. progress.Epochs.Where(epoch => double.IsFinite(epoch.Loss)).Select(epoch => (epoch.Epoch, epoch.Loss))];
            rows.AddRange(Curve("loss", losses, last.Epochs, losses.Select(point => point.Figure).DefaultIfEmpty().Min(), columns, Color.Yellow));
            rows.AddRange(Curve("mAP", judged, last.Epochs, 0, columns, Color.Green));
        }

        return new Rows(rows);
    }

    private Text Title(WatchState state)
    {
        var what = state.IsDone ? $"the training is complete{(state.Progress.Ending is { } ending ? $" ({ending})" : "")}"
            : !state.IsRunning ? "stopped; the next build resumes the training"
            : state.Waiting.IsEmpty ? "train"
            : string.Join(", then ", state.Waiting);
        return new Text(PrintedText.Escape($"{name}: {what}"), new Style(decoration: Decoration.Bold));
    }

    private static string? Position(TrainingProgress progress)
    {
        var last = progress.Epochs.LastOrDefault();
        if (progress.Ending is not null)
        {
            return last is null ? null : $"{last.Epoch} of {last.Epochs} epochs";
        }

        var speed = last is null ? "" : string.Create(CultureInfo.InvariantCulture, $"   {last.ImagesPerSecond:F1} images/s");
        return progress.Step is { } step ? $"epoch {step.Epoch} of {step.Epochs}, step {step.Step} of {step.Steps}{speed}   {WatchText.Left(step.SecondsLeft)} left"
            : last is null ? null
            : $"epoch {last.Epoch} of {last.Epochs} is done{speed}   {WatchText.Left(last.SecondsLeft)} left";
    }

    /// <summary>Draws a curve with its highest figure at the top, and its name and the lowest figure at the bottom.</summary>
    private static IEnumerable<IRenderable> Curve(string name, ImmutableArray<(int Epoch, double Figure)> points, int epochs, double lowest, int columns, Color color)
    {
        if (points.Length < 2)
        {
            yield break;
        }

        var highest = points.Max(point => point.Figure);
        var rows = EpochCurve.Draw(points, epochs, lowest, highest, columns, CurveRows);
        for (var row = 0; row < rows.Length; row++)
        {
            var label = row == 0 ? Figure(highest) : row == 1 ? name : row == rows.Length - 1 ? Figure(lowest) : "";
            yield return new Paragraph().Append(label.PadLeft(LabelColumns - 1) + " ", Faint).Append(rows[row], new Style(color));
        }
    }

    private static string Figure(double figure) => figure.ToString("F3", CultureInfo.InvariantCulture);
}
