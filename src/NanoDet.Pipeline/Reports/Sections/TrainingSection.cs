using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Pages;
using NanoDet.Pipeline.Reports.Charts;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>Losses, learning rate and mAP of each epoch.</summary>
internal static class TrainingSection
{
    private const string Rate = "learning_rate";

    // NanoDet's names of the figures, as the file has them, and those of this page.
    private static readonly Dictionary<string, string> Figures = CocoMetrics.SaveKeys
        .Zip(["mAP", "mAP50", "mAP75", "mAP small", "mAP medium", "mAP large"]).ToDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter page, TrainingMetrics training)
    {
        page.Write($"""<div class="grid3">""");
        foreach (var chart in Charts(training))
        {
            page.Write($"<figure><figcaption>{chart.Title}</figcaption>{chart.Write}</figure>\n");
        }

        page.Write($"</div><details><summary>Numbers of each epoch</summary>");
        NumberTable.Write(page, "Numbers of each epoch", training.Columns.Select(Title), training.Epochs.Select(row =>
            row.Select(cell => NumberTable.Text(cell is { } number ? number.ToString("G5", CultureInfo.InvariantCulture) : "–")).ToArray()));
        page.Write($"</details>");
    }

    /// <summary>The charts of a training; one for which there is no number is left out.</summary>
    public static IEnumerable<LineChart> Charts(TrainingMetrics training)
    {
        var losses = training.Columns.Skip(1).Where(column => column != Rate && !Figures.ContainsKey(column));
        var epochs = new ChartAxis("epoch", 0, Math.Max(training.Epochs.Length, 1));
        return new[] { Chart("Losses", "mean loss of the epoch", losses), Chart("Learning rate", "learning rate", [Rate]), Chart("mAP on the validation part", "mAP", Figures.Keys.Take(3)) with { Y = ChartAxis.OfShare("mAP") } }
            .Where(chart => !chart.Series.IsEmpty);

        LineChart Chart(string title, string axis, IEnumerable<string> columns)
        {
            ImmutableArray<ChartSeries> series =
            [
                .. columns.Where(training.Columns.Contains).Select(column => ChartSeries.Of(Title(column), training.Points(column))).Where(line => !line.Points.IsEmpty),
            ];
            return new(title, epochs, ChartAxis.From0(axis, series.SelectMany(line => line.Points).Select(point => point.Y)), series);
        }
    }

    private static string Title(string column) => Figures.TryGetValue(column, out var figure) ? figure : column.Replace('_', ' ');
}
