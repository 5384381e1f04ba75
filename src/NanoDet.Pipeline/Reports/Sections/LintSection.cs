using NanoDet.Data.Linting;
using NanoDet.Data.Pages;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>The labels that models which have not seen them do not agree with: how many of each kind, and the most certain.</summary>
internal static class LintSection
{
    private const int MostShown = 10;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter page, ReportedLint lint)
    {
        var accepted = lint.Accepted == 0 ? "" : $" {Figure.Count(lint.Accepted, "finding")} that somebody accepted {(lint.Accepted == 1 ? "is" : "are")} left out.";
        var recall = lint.Recall.Words is { } words ? $" Such models notice {words}." : "";
        if (lint.Findings.IsEmpty)
        {
            page.Write($"<p>No label is in doubt by models which have not seen them.{accepted}{recall}</p>");
            return;
        }

        page.Write($"<p>Labels that models which have not seen them do not agree with.{accepted}{recall} The page of the build shows each with its image: <bdi>{lint.Page}</bdi>, from the folder of the project.</p>");
        NumberTable.Write(page, "Number of findings", ["code", "what", "findings"], lint.Findings.CountBy(finding => finding.Code).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new[] { NumberTable.Text(entry.Key), NumberTable.Name(LintWords.Of(entry.Key)), NumberTable.Text(entry.Value) }));
        page.Write($"<h3>{(lint.Findings.Length > MostShown ? $"The {MostShown} most certain findings" : "The findings")}</h3>");
        NumberTable.Write(page, "The most certain findings", ["place", "finding"], lint.Findings.Take(MostShown)
            .Select(finding => new[] { NumberTable.Name($"{finding.Location}"), NumberTable.Name($"{finding.Code}: {finding.Message}") }));
    }
}
