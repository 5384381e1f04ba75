using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Linting;

/// <summary>What the lint of a build found, at the lines of the labels.</summary>
/// <param name="Dataset">The data set; null where nothing was found.</param>
/// <param name="All">The findings, the most certain first.</param>
/// <param name="Baseline">Those that somebody has accepted.</param>
internal sealed record BuildFindings(Dataset? Dataset, ImmutableArray<ToldFinding> All, LintBaseline Baseline)
{
    /// <summary>How many errors would have been found.</summary>
    public required LintRecall Recall { get; init; }

    /// <summary>The file whose classes the numbers in YOLO's labels count; null where they count those of the data set.</summary>
    public string? ClassFile { get; init; }

    /// <summary>Reads the findings of the stage, the places of the labels, and what was accepted.</summary>
    /// <param name="outputFolder">Full path of the folder of the plan.</param>
    /// <param name="projectFolder">Full path of the project's folder.</param>
    /// <param name="planned">The data set that a plan of this process wrote; null for none.</param>
    /// <exception cref="NanoDetException">NDB1610: the file of accepted findings cannot be read; NDB9051, NDB9053: a file is not what the build wrote.</exception>
    public static BuildFindings Read(string outputFolder, string projectFolder, PlannedDataset? planned = null)
    {
        var (findings, recall) = LintFindings.Read(ProjectPath.Full(outputFolder, OutputFiles.LintFindings));
        if (findings.IsEmpty)
        {
            return new(null, [], LintBaseline.Empty) { Recall = recall };
        }

        var dataset = PlannedDataset.Read(ProjectPath.Full(outputFolder, OutputFiles.Dataset), planned);
        var places = LabelPlaces.Read(ProjectPath.Full(outputFolder, OutputFiles.LabelPlaces));
        if (!findings.All(finding => IsAbout(dataset, finding)) || !places.AreOf(dataset))
        {
            throw new NanoDetException(FolderDiagnostics.IntermediateDamaged(ProjectPath.Full(outputFolder, OutputFiles.LintFindings), "it is about other images or labels"));
        }

        return new(
            dataset,
            [.. findings.Select(finding => ToldFinding.Of(finding, dataset.Images[finding.Image], dataset.Classes, places.Of(finding)))],
            LintBaseline.Read(Path.Combine(projectFolder, LintBaseline.FileName)))
        {
            Recall = recall,
            ClassFile = places.ClassFile,
        };
    }

    private static bool IsAbout(Dataset dataset, LabelFinding finding)
        => finding.Image >= 0 && finding.Image < dataset.Images.Length
            && (finding.Object is not { } number || (number >= 0 && number < dataset.Images[finding.Image].Objects.Length))
            && IsOf(dataset.Classes, finding.Subject) && (finding.Suggestion is not { } seen || IsOf(dataset.Classes, seen));

    private static bool IsOf(ImmutableArray<string> classes, DatasetObject item) => item.Label >= 0 && item.Label < classes.Length;

    /// <summary>The findings that nobody has accepted.</summary>
    public ImmutableArray<ToldFinding> Open { get; } = All.RemoveAll(finding => Baseline.Contains(finding.Meaning));

    /// <summary>The number of the others.</summary>
    public int Accepted => All.Length - Open.Length;

    /// <summary>The findings in words.</summary>
    public IEnumerable<Diagnostic> Diagnostics => Open.Select(finding => finding.Diagnostic);

    /// <summary>How many there are, for people.</summary>
    public string Words => $"{(Open.Length == 1 ? "1 finding" : $"{Open.Length} findings")}{(Accepted == 0 ? "" : $", {Accepted} accepted")}";
}
