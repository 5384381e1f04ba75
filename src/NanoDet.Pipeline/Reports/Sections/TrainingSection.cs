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
        var losses = training.Columns.Skip(1).Where(column => column != Rate && !Figures.ContainsKey(column)).ToList();
        page.Write($"""<div class="grid3">""");
        Chart(page, training, "Losses", "mean loss of the epoch", losses, high: null);
        Chart(page, training, "Learning rate", "learning rate", [Rate], high: null);
        Chart(page, training, "mAP on the validation part", "mAP", [.. Figures.Keys.Take(3)], high: 1);
        page.Write($"</div><details><summary>Numbers of each epoch</summary>");
        NumberTable.Write(page, "Numbers of each epoch", training.Columns.Select(Title), training.Epochs.Select(row =>
            row.Select(cell => NumberTable.Text(cell is { } number ? number.ToString("G5", CultureInfo.InvariantCulture) : "–")).ToArray()));
        page.Write($"</details>");
    }

    private static void Chart(HtmlWriter page, TrainingMetrics training, string title, string axis, List<string> columns, double? high)
    {
        var series = columns.Where(training.Columns.Contains).Select(column => ChartSeries.Of(Title(column), training.Points(column))).Where(line => line.Points.Length > 0).ToList();
        if (series.Count == 0)
        {
            return;
        }

        var epochs = new ChartAxis("epoch", 0, Math.Max(training.Epochs.Length, 1));
        page.Write($"<figure><figcaption>{title}</figcaption>");
        new LineChart(title, epochs, high is { } most ? new(axis, 0, most) : ChartAxis.From0(axis, series.SelectMany(line => line.Points).Select(point => point.Y)), [.. series]).Write(page);
        page.Write($"</figure>\n");
    }

    private static string Title(string column) => Figures.TryGetValue(column, out var figure) ? figure : column.Replace('_', ' ');
}
