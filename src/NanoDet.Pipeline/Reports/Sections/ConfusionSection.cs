using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Evaluation.Details;
using NanoDet.Data.Pages;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>Which classes a model takes for which, what it misses, and what it finds where nothing is.</summary>
internal static class ConfusionSection
{
    private const int MostColumns = 40;
    private const int MostPairs = 200;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter page, ImmutableArray<string> classes, PartDetails details)
    {
        page.Write($"<p>At the score threshold of the model and an IoU of 0.5: what the objects of each class were detected as. The background is no object: its column has the objects that were missed, its row the detections where there is none.</p>");
        if (classes.Length <= MostColumns)
        {
            WriteMatrix(page, classes, details.Confusions);
        }
        else
        {
            var errors = details.Confusions.Where(cell => cell.Label != cell.DetectedAs).OrderByDescending(cell => cell.Count).ToList();
            page.Write($"<p>The matrix of {classes.Length} classes is too large to read; these are its largest errors{(errors.Count > MostPairs ? $", {MostPairs} of {errors.Count}" : "")}.</p>");
            NumberTable.Write(page, "Confusions", ["object", "detected as", "count"], errors.Take(MostPairs).Select(cell =>
                new[] { NumberTable.Name(Name(classes, cell.Label)), NumberTable.Name(Name(classes, cell.DetectedAs)), NumberTable.Text(cell.Count) }));
        }
    }

    private static void WriteMatrix(HtmlWriter page, ImmutableArray<string> classes, ImmutableArray<Confusion> cells)
    {
        var counts = cells.ToDictionary(cell => (cell.Label ?? classes.Length, cell.DetectedAs ?? classes.Length), cell => cell.Count);
        IEnumerable<int> all = Enumerable.Range(0, classes.Length + 1);
        page.Write($"""<div class="scroll" role="region" tabindex="0" aria-label="Confusion matrix"><table class="confusion"><thead><tr><th scope="col">object</th>""");
        foreach (var column in all)
        {
            page.Write($"""<th scope="col"><bdi>{Name(classes, column)}</bdi></th>""");
        }

        page.Write($"</tr></thead><tbody>\n");
        foreach (var row in all)
        {
            page.Write($"""<tr><th scope="row"><bdi>{Name(classes, row)}</bdi></th>""");
            var sum = all.Sum(column => counts.GetValueOrDefault((row, column)));
            foreach (var column in all)
            {
                var count = counts.GetValueOrDefault((row, column));
                var kind = count == 0 ? "none" : row == column ? "right" : "wrong";
                page.Write($"""<td class="{kind}" style="--share:{Share(count, sum)}">{(row == classes.Length && column == row ? "" : count.ToString(CultureInfo.InvariantCulture))}</td>""");
            }

            page.Write($"</tr>\n");
        }

        page.Write($"</tbody></table></div>\n");
    }

    private static string Share(int count, int sum) => (count / (double)Math.Max(sum, 1)).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Name(ImmutableArray<string> classes, int? label) => label is { } index && index < classes.Length ? classes[index] : "background";
}
