using System.Text;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetLint</c>: reports what the lint found, at the lines of the labels, in each build until the label is corrected or the finding is accepted.</summary>
public sealed class ReportLabels : NanoDetTask
{
    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        Diagnostic[] told = LintFindings.Read(Full(OutputFiles.LintFindings)) is { IsEmpty: false } findings ? [.. Told(findings)] : [];
        AtomicFile.WriteIfDifferent(Full(OutputFiles.LintList), Encoding.UTF8.GetBytes(string.Concat(told.Select(diagnostic => $"{diagnostic}\n"))));
        log.Write(told, Path.Combine(OutputFolder, OutputFiles.LintList));
    }

    private IEnumerable<Diagnostic> Told(IReadOnlyList<LabelFinding> findings)
    {
        var dataset = PlannedDataset.Read(Full(OutputFiles.Dataset), Planned);
        var places = LabelPlaces.Read(Full(OutputFiles.LabelPlaces));
        var baseline = LintBaseline.Read(Path.Combine(ProjectFolder, LintBaseline.FileName));
        return findings.Select(finding => ToldFinding.Of(finding, dataset.Images[finding.Image], dataset.Classes, places.Of(finding)))
            .Where(finding => !baseline.Contains(finding.Meaning))
            .Select(finding => finding.Diagnostic);
    }
}
