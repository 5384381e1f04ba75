using System.Globalization;
using System.Text;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Reports.Sections;

namespace NanoDet.Pipeline.Reports;

/// <summary>The curves of a report as files: numbers as CSV for programs, charts as SVG for documents.</summary>
public static class CurveFiles
{
    private static readonly string[] Patterns = ["*.csv", "*.svg"];

    /// <summary>Writes the files, and deletes those of another model.</summary>
    /// <param name="folder">A folder that contains only such files.</param>
    /// <param name="report">The report.</param>
    public static void Write(string folder, ModelReport report)
    {
        var files = Of(report).ToDictionary(file => file.Name, file => file.Content, StringComparer.Ordinal);
        foreach (var (name, content) in files)
        {
            AtomicFile.WriteIfDifferent(Path.Combine(folder, name), content);
        }

        foreach (var old in Patterns.SelectMany(pattern => Directory.GetFiles(folder, pattern)).Where(file => !files.ContainsKey(Path.GetFileName(file))))
        {
            File.Delete(old);
        }
    }

    /// <summary>Returns the files: one CSV for each part, two SVG for each class, by its number in label order, and those of the training.</summary>
    /// <param name="report">The report.</param>
    internal static IEnumerable<(string Name, byte[] Content)> Of(ModelReport report)
    {
        foreach (var part in report.Parts)
        {
            if (part.Details is not { } details)
            {
                continue;
            }

            var name = part.Name.Replace(' ', '-');
            yield return ($"{name}.csv", Csv(["class", "name", "score", "precision", "recall", "f1"], details.Classes.SelectMany((item, label) =>
                item.Points.Select(point => new[] { $"{label}", Quoted(part.Classes[label]), Number(point.Score), Number(point.Precision), Number(point.Recall), Number(point.F1) }))));
            foreach (var (label, item) in details.Classes.Index().Where(entry => !entry.Item.Points.IsEmpty))
            {
                yield return ($"{name}-{label:D3}-precision-recall.svg", CurveSection.PrecisionByRecall(part.Classes[label], item).ToSvg());
                yield return ($"{name}-{label:D3}-threshold.svg", CurveSection.ByThreshold(part.Classes[label], item, report.Threshold).ToSvg());
            }
        }

        if (report.Training is { } training)
        {
            yield return ("training.csv", Csv(training.Columns, training.Epochs.Select(row => row.Select(cell => cell is { } number ? Number(number) : ""))));
            foreach (var chart in TrainingSection.Charts(training))
            {
                yield return ($"training-{chart.Title.ToLowerInvariant().Replace(' ', '-')}.svg", chart.ToSvg());
            }
        }
    }

    private static byte[] Csv(IEnumerable<string> columns, IEnumerable<IEnumerable<string>> rows)
        => Encoding.UTF8.GetBytes(string.Concat(rows.Prepend(columns).Select(row => $"{string.Join(',', row)}\n")));

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
