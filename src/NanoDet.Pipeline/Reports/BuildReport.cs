using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Evaluation.Details;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Manifest;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Reports;

/// <summary>The report of a model that a build has made, from what its stages have left.</summary>
/// <param name="OutputFolder">Full path of the folder of the plan, which the caller has locked.</param>
/// <param name="Manifest">The manifest of the model.</param>
/// <param name="Dataset">The data set of the plan.</param>
public sealed record BuildReport(string OutputFolder, ModelManifest Manifest, Dataset Dataset)
{
    /// <summary>The model that was accepted before; null for none.</summary>
    public ModelManifest? Last { get; init; }

    /// <summary>The model that the project compares with; null for none.</summary>
    public ModelManifest? Baseline { get; init; }

    /// <summary>What the lint of the build found; null where it did not run.</summary>
    public ReportedLint? Lint { get; init; }

    /// <summary>Whether the curves are files too.</summary>
    public bool Curves { get; init; }

    /// <summary>Writes the report beside the outputs of the stages, also of a model that is rejected.</summary>
    /// <returns>The bytes of the page.</returns>
    /// <exception cref="NanoDetException">NDB9053: a file is not what its stage left.</exception>
    public byte[] Write()
    {
        var details = ManifestJson.Read<EvaluationDetails>(Full(OutputFiles.EvaluationDetails), FolderDiagnostics.IntermediateDamaged);
        (string, ModelManifest)[] others = [.. Last is null ? [] : new[] { ("last model", Last) }, .. Baseline is null ? [] : new[] { ("baseline", Baseline) }];
        var report = new ModelReport(Manifest.Name, Manifest.Model)
        {
            Threshold = details.Threshold,
            Parts = ReportPart.Of(Manifest.Evaluation, details, others),
            Training = StageRecord.Read(StageRecord.DonePath(OutputFolder, StoredStage.Train.Name))?.Outputs.ContainsKey(OutputFiles.Metrics) == true ? TrainingMetrics.Read(Full(OutputFiles.Metrics)) : null,
            Dataset = Dataset,
            Manifest = Manifest,
            Lint = Lint,
        };
        if (Curves)
        {
            CurveFiles.Write(Full(OutputFiles.ReportCurves), report);
        }

        var page = ReportPage.Of(report);
        AtomicFile.WriteIfDifferent(Full(OutputFiles.Report), page);
        return page;
    }

    private string Full(string name) => ProjectPath.Full(OutputFolder, name);
}
