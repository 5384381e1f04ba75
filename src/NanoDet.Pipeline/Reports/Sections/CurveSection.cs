using NanoDet.Data.Evaluation;
using NanoDet.Data.Evaluation.Details;
using NanoDet.Data.Pages;
using NanoDet.Pipeline.Reports.Charts;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>The precision-recall curve of each class, and precision, recall and F1 at every score threshold.</summary>
internal static class CurveSection
{
    // Of thousands of classes, the page would be too large to open.
    private const int MostClasses = 100;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter page, ModelReport report, ReportPart part, PartDetails details)
    {
        var labels = Enumerable.Range(0, details.Classes.Length).Where(label => details.Classes[label].Points.Length > 0).ToList();
        page.Write($"<p>At an IoU of 0.5. The marked score threshold, {Figure.Of(report.Threshold)}, is that of the model.</p>");
        if (labels.Count > MostClasses)
        {
            page.Write($"<p>These are the {MostClasses} classes with the lowest mAP50 of {labels.Count}.</p>");
            labels = [.. labels.OrderBy(label => part.Result.Classes[label].Map50).Take(MostClasses).Order()];
        }

        if (labels.Count == 0)
        {
            page.Write($"<p>No class has both objects and detections.</p>");
        }

        page.Write($"""<div class="grid2">""");
        foreach (var label in labels)
        {
            Write(page, part.Classes[label], details.Classes[label], report.Threshold);
        }

        page.Write($"</div>");
    }

    /// <summary>The precision-recall curve of a class.</summary>
    public static LineChart PrecisionByRecall(string name, ClassDetails item) => new(
        $"Precision and recall of {name}",
        ChartAxis.OfShare("recall"),
        ChartAxis.OfShare("precision"),
        [Line("precision", item, point => (point.Recall, point.Precision))]);

    /// <summary>F1, precision and recall of a class at every score threshold.</summary>
    public static LineChart ByThreshold(string name, ClassDetails item, double threshold) => new(
        $"F1, precision and recall of {name} by score threshold",
        ChartAxis.OfShare("score threshold"),
        ChartAxis.OfShare("F1, precision, recall"),
        [Line("F1", item, point => (point.Score, point.F1)), Line("precision", item, point => (point.Score, point.Precision)), Line("recall", item, point => (point.Score, point.Recall))])
    {
        Mark = threshold,
    };

    private static void Write(HtmlWriter page, string name, ClassDetails item, double threshold)
    {
        page.Write($"""
            <figure><figcaption><bdi>{name}</bdi> <small>{Figure.Count(item.Objects, "object")}; at the threshold of the model: precision {Figure.Of(item.Precision)}, recall {Figure.Of(item.Recall)}, F1 {Figure.Of(item.F1)}</small></figcaption>
            <div class="pair">
            """);
        PrecisionByRecall(name, item).Write(page);
        ByThreshold(name, item, threshold).Write(page);
        page.Write($"</div><details><summary>Numbers<span class=\"hidden\"> of {name}</span></summary>");
        NumberTable.Write(page, $"Curves of {name}", ["score", "precision", "recall", "F1"], item.Points.Select(Row));
        page.Write($"</details></figure>\n");
    }

    private static ChartSeries Line(string title, ClassDetails item, Func<PrecisionRecallPoint, (double, double)> at) => ChartSeries.Of(title, item.Points.Select(at));

    private static HtmlPart[] Row(PrecisionRecallPoint point)
        => [NumberTable.Text($"{point.Score:F3}"), NumberTable.Text($"{point.Precision:F3}"), NumberTable.Text($"{point.Recall:F3}"), NumberTable.Text($"{point.F1:F3}")];
}
