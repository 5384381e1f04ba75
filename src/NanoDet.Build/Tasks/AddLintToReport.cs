using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Linting;
using NanoDet.Pipeline.Manifest;
using NanoDet.Pipeline.Reports;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>
/// Adds what the lint found to the report of a model that this build has accepted, and hands the model on. A lint takes as long as a
/// training, so the model is judged before it; where the lint was done before, its findings are in the report at once.
/// </summary>
public sealed class AddLintToReport : ProjectTask
{
    /// <summary>The version with the model's digest.</summary>
    [Required]
    public string ModelVersion { get; set; } = "";

    /// <summary>The baseline manifest; empty for none.</summary>
    public string Baseline { get; set; } = "";

    /// <summary><c>NanoDetReportCurves</c>.</summary>
    public bool ReportCurves { get; set; }

    /// <summary>The folder with the model's files, relative to the output folder.</summary>
    [Output]
    public string DeliveredFolder { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        using var gate = Lock(FullOutputFolder, TimeSpan.FromSeconds(LockTimeout), log, cancellation);
        var manifest = ManifestJson.Read<ModelManifest>(Full(OutputFiles.Manifest), FolderDiagnostics.IntermediateDamaged);
        if (manifest.Version != ModelVersion)
        {
            throw new NanoDetException(FolderDiagnostics.OtherPlan(FullOutputFolder));
        }

        var report = new BuildReport(FullOutputFolder, manifest, PlannedDataset.Read(Full(OutputFiles.Dataset), Planned))
        {
            Last = ComparedModel.Find(Full(OutputFiles.ManifestBefore)),
            Baseline = ComparedModel.Baseline(Baseline, ProjectFolder),
            Curves = ReportCurves,
            Lint = ReportedLint.Of(BuildFindings.Read(FullOutputFolder, ProjectFolder, Planned), FullOutputFolder, ProjectFolder),
        }.Write();
        AtomicFile.WriteIfDifferent(Full(OutputFiles.Accepted + Path.GetFileName(OutputFiles.Report)), report);
        DeliveredFolder = DeliveredModel.Write(FullOutputFolder, ContentHash.Of([.. RegularFile.ReadAllBytes(Full(OutputFiles.Manifest)), .. report]));
    }
}
