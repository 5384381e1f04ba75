using NanoDet.Data.Pages;
using NanoDet.Pipeline.Reports.Charts;
using NanoDet.Pipeline.Reports.Sections;

namespace NanoDet.Pipeline.Reports;

/// <summary>
/// Writes the report of a model: one HTML file that contains everything, has no script and needs no network. The same report
/// gives the same bytes.
/// </summary>
public static class ReportPage
{
    /// <summary>Returns the bytes of the page.</summary>
    /// <param name="report">What it shows.</param>
    public static byte[] Of(ModelReport report)
    {
        using var stream = new MemoryStream();
        new HtmlPage($"{report.Name} – training report", HtmlPage.Resource(typeof(ReportPage), "report.css") + LineChart.Style).Write(stream, page => WriteBody(page, report));
        return stream.ToArray();
    }

    private static void WriteBody(HtmlWriter page, ModelReport report)
    {
        var sections = Sections(report).ToList();
        SummarySection.Write(page, report);
        page.Write($"""<nav aria-label="Contents">""");
        foreach (var (id, title, _) in sections)
        {
            page.Write($"""<a href="#{id}">{title}</a>""");
        }

        page.Write($"</nav>\n<main>\n");
        foreach (var (id, title, content) in sections)
        {
            page.Write($"<section id=\"{id}\"><h2>{title}</h2>\n{content}</section>\n");
        }

        page.Write($"</main>\n");
    }

    private static IEnumerable<(string Id, string Title, HtmlPart Content)> Sections(ModelReport report)
    {
        foreach (var (index, part) in report.Parts.Index())
        {
            var id = $"part{index + 1}";
            var name = $"{char.ToUpperInvariant(part.Name[0])}{part.Name[1..]}";
            yield return ($"{id}-figures", $"{name}: figures", page => FigureSection.Write(page, report, part));
            if (part.Details is { } details)
            {
                yield return ($"{id}-curves", $"{name}: curves", page => CurveSection.Write(page, report, part, details));
                yield return ($"{id}-confusions", $"{name}: confusions", page => ConfusionSection.Write(page, part.Classes, details));
                yield return ($"{id}-worst", $"{name}: worst images", page => WorstSection.Write(page, part.Classes, details));
            }
        }

        if (report.Training is { Epochs.Length: > 0 } training)
        {
            yield return ("training", "Training", page => TrainingSection.Write(page, training));
        }

        if (report.Dataset is { } dataset)
        {
            yield return ("data", "Data", page => DataSection.Write(page, dataset, report.Model));
        }

        if (report.Lint is { } lint)
        {
            yield return ("lint", "Labels in doubt", page => LintSection.Write(page, lint));
        }

        yield return ("model", "Model", page => ModelSection.Write(page, report));
        if (report.Manifest is { } manifest)
        {
            yield return ("origin", "Origin", page => OriginSection.Write(page, manifest));
            yield return ("settings", "Settings", page => SettingsSection.Write(page, manifest));
        }
    }
}
