using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Linting;

/// <summary>What the lint of a build found, at the lines of the labels.</summary>
/// <param name="Dataset">The data set; null where nothing was found.</param>
/// <param name="Open">The findings that nobody has accepted, the most certain first.</param>
/// <param name="Accepted">The number of those that somebody has.</param>
internal sealed record BuildFindings(Dataset? Dataset, ImmutableArray<ToldFinding> Open, int Accepted)
{
    /// <summary>Reads the findings of the stage, the places of the labels, and what was accepted.</summary>
    /// <param name="outputFolder">Full path of the folder of the plan.</param>
    /// <param name="projectFolder">Full path of the project's folder.</param>
    /// <param name="planned">The data set that a plan of this process wrote; null for none.</param>
    /// <exception cref="NanoDetException">NDB1610: the file of accepted findings cannot be read; NDB9051, NDB9053: a file is not what the build wrote.</exception>
    public static BuildFindings Read(string outputFolder, string projectFolder, PlannedDataset? planned = null)
    {
        var findings = LintFindings.Read(ProjectPath.Full(outputFolder, OutputFiles.LintFindings));
        if (findings.IsEmpty)
        {
            return new(null, [], 0);
        }

        var dataset = PlannedDataset.Read(ProjectPath.Full(outputFolder, OutputFiles.Dataset), planned);
        var places = LabelPlaces.Read(ProjectPath.Full(outputFolder, OutputFiles.LabelPlaces));
        var baseline = LintBaseline.Read(Path.Combine(projectFolder, LintBaseline.FileName));
        ImmutableArray<ToldFinding> open =
        [
            .. findings.Select(finding => ToldFinding.Of(finding, dataset.Images[finding.Image], dataset.Classes, places.Of(finding)))
                .Where(finding => !baseline.Contains(finding.Meaning)),
        ];
        return new(dataset, open, findings.Length - open.Length);
    }

    /// <summary>The findings in words.</summary>
    public IEnumerable<Diagnostic> Diagnostics => Open.Select(finding => finding.Diagnostic);

    /// <summary>How many there are, for people.</summary>
    public string Words => $"{Count(Open.Length, "finding")}{(Accepted == 0 ? "" : $", {Accepted} accepted")}";

    private static string Count(int number, string word) => number == 1 ? $"1 {word}" : $"{number} {word}s";
}
