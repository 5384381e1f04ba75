using System.Globalization;
using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Manifest;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>
/// Target <c>NanoDetVerify</c>: compares a model with one that a repeated build made in a separate folder. The model may come from
/// the store, so this proves what the store has under its keys; what turns out to be another model is removed from it.
/// </summary>
public sealed class VerifyModel : StoreTask
{
    /// <summary>The folder of the repeated build.</summary>
    [Required]
    public string AgainFolder { get; set; } = "";

    /// <summary><c>NanoDetVerifyTolerance</c>.</summary>
    [Required]
    public string Tolerance { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        var way = LineageFile.Read(Full(OutputFolder, OutputFiles.Lineage)).Way;
        var how = way switch
        {
            TrainingWay.Scratch => "trained from scratch",
            TrainingWay.FineTune => "trained from its parent",
            _ => "exported from the weights of an earlier training",
        };
        var (before, now) = (Evaluation(OutputFolder), Evaluation(AgainFolder));
        if (Same(OutputFiles.Weights) && Same(OutputFiles.Onnx) && before.Validation?.BestThreshold == now.Validation?.BestThreshold)
        {
            log.Say(MessageImportance.High, $"NanoDet: verified, bit-exact: the model was {how} again and has the same bytes ({Digest(OutputFolder, OutputFiles.AcceptedOnnx)})");
            return;
        }

        var tolerance = Properties.Figure("NanoDetVerifyTolerance", Tolerance);
        var difference = new[] { Difference(before.Validation?.Map, now.Validation?.Map), Difference(before.Validation?.Map50, now.Validation?.Map50) }.Max();
        if (!(difference <= tolerance))
        {
            log.Write(QualityDiagnostics.NotReproduced(before.Validation?.Map, now.Validation?.Map, tolerance));
            ForgetStored(log);
            return;
        }

        log.Say(MessageImportance.High, string.Create(
            CultureInfo.InvariantCulture,
            $"NanoDet: verified, within tolerance: the model was {how} again and has different bytes, but its mAP and mAP50 differ by at most {difference.Value:F4}"));
        if (ManifestJson.Read<ModelManifest>(Full(OutputFolder, OutputFiles.Manifest), FolderDiagnostics.IntermediateDamaged).Reproducibility.Tier == "bit-exact")
        {
            log.Write(QualityDiagnostics.OtherBytes());
        }
    }

    private void ForgetStored(DiagnosticLog log)
    {
        if (Store.Length == 0 || StoreReadOnly)
        {
            return;
        }

        var store = OpenStore(log);
        foreach (var stage in StoredStage.OfModel)
        {
            store.Forget(stage, FullOutputFolder);
        }

        log.Say(MessageImportance.High, $"NanoDet: the results of this model were removed from the store '{Store}'; 'dotnet build -t:NanoDetRebuildFromScratch' makes it anew");
    }

    private bool Same(string file) => Digest(OutputFolder, file) == Digest(AgainFolder, file);

    private string Digest(string folder, string file) => ContentHash.OfFile(Full(folder, file)).ToString();

    private EvaluationResult Evaluation(string folder) => ManifestJson.Read<EvaluationResult>(Full(folder, OutputFiles.Evaluation), FolderDiagnostics.IntermediateDamaged);

    private static double? Difference(double? before, double? now) => before is null && now is null ? 0 : Math.Abs(now - before ?? double.PositiveInfinity);

    private string Full(string folder, string file) => ProjectPath.Full(Path.GetFullPath(Path.Combine(ProjectFolder, folder)), file);
}
