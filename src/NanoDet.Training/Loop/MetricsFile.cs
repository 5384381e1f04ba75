using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Files;
using NanoDet.Training.Checkpoints;

namespace NanoDet.Training.Loop;

/// <summary>
/// <c>metrics.csv</c>: one row per epoch with the learning rate, the parts of the loss by the original's names, those of the guidance
/// module only while it is computed, and COCO's figures if the epoch was validated. It has no times, so that the same training gives the same bytes.
/// </summary>
internal static class MetricsFile
{
    /// <summary>Writes the whole file.</summary>
    public static void Write(string path, ImmutableArray<EpochFigures> history)
    {
        string[] parts = [.. (history.FirstOrDefault()?.Losses ?? []).Select(part => part.Name)];
        var text = new StringBuilder(string.Join(',', ["epoch", "learning_rate", .. parts, .. CocoMetrics.SaveKeys])).Append('\n');
        foreach (var figures in history)
        {
            text.Append(CultureInfo.InvariantCulture, $"{figures.Epoch + 1},{figures.LearningRate:R}");
            var losses = figures.Losses.ToDictionary(part => part.Name, part => part.Value);
            foreach (var number in parts.Select(name => losses.TryGetValue(name, out var value) ? (double?)value : null)
                .Concat(CocoMetrics.SaveKeys.Select((_, index) => figures.Metrics.IsEmpty ? (double?)null : figures.Metrics[index])))
            {
                text.Append(CultureInfo.InvariantCulture, $",{number:R}");
            }

            text.Append('\n');
        }

        AtomicFile.WriteIfDifferent(path, Encoding.UTF8.GetBytes(text.ToString()));
    }
}
