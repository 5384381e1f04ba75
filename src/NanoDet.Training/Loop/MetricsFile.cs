using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Files;
using NanoDet.Training.Checkpoints;

namespace NanoDet.Training.Loop;

/// <summary>
/// <c>metrics.csv</c>: one row per epoch with the learning rate, the parts of the loss by the original's names, and COCO's figures
/// if the epoch was validated. It has no times, so that the same training gives the same bytes.
/// </summary>
internal static class MetricsFile
{
    /// <summary>Writes the whole file.</summary>
    public static void Write(string path, ImmutableArray<EpochFigures> history)
    {
        var text = new StringBuilder("epoch,learning_rate");
        foreach (var name in (history.FirstOrDefault()?.Losses ?? []).Select(part => part.Name).Concat(CocoMetrics.SaveKeys))
        {
            text.Append(',').Append(name);
        }

        text.Append('\n');
        foreach (var figures in history)
        {
            text.Append(CultureInfo.InvariantCulture, $"{figures.Epoch + 1},{figures.LearningRate:R}");
            foreach (var number in figures.Losses.Select(part => part.Value).Concat(figures.Metrics.Take(CocoMetrics.SaveKeys.Length)))
            {
                text.Append(CultureInfo.InvariantCulture, $",{number:R}");
            }

            text.Append(',', figures.Metrics.IsEmpty ? CocoMetrics.SaveKeys.Length : 0).Append('\n');
        }

        AtomicFile.WriteIfDifferent(path, Encoding.UTF8.GetBytes(text.ToString()));
    }
}
