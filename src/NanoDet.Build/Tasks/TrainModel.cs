using Microsoft.Build.Framework;
using NanoDet.Build.Items;
using NanoDet.Build.Logging;
using NanoDet.Core.Files;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetTrain</c>: trains, or resumes an interrupted training.</summary>
public sealed class TrainModel : TrainingTask
{
    /// <summary>The data set for training, by its name in the output folder.</summary>
    [Required]
    public string Dataset { get; set; } = "";

    /// <summary>The folder of a training to repeat; empty for none.</summary>
    public string Repeat { get; set; } = "";

    private protected override string Stage => WorkerVerb.Train;

    private protected override WorkerRequest Request() => NewTraining(Dataset, "train") with
    {
        Stage = StageItems.KeyOf(PlannedStages, Stage),
        Decision = Full(OutputFiles.Decision),
        Parent = Repeat.Length > 0 ? LineageFile.RepeatedWeights(Path.GetFullPath(Path.Combine(ProjectFolder, Repeat))) : Full(LastModelFile.Weights),
    };

    private protected override void Make(DiagnosticLog log, CancellationToken cancellation)
    {
        AtomicFile.WriteIfDifferent(Full(OutputFiles.BegunDecision), RegularFile.ReadAllBytes(Full(OutputFiles.Decision)));
        base.Make(log, cancellation);
    }

    private protected override IEnumerable<string> Outputs()
    {
        var hasParent = LineageFile.Read(Full(OutputFiles.Lineage)) is { Way: TrainingWay.FineTune, Parent: { } parent }
            && File.Exists(Full(OutputFiles.Parent)) && ContentHash.OfFile(Full(OutputFiles.Parent)).ToString() == parent;
        return
        [
            .. StoredStage.Train.Outputs,
            // If weights were only taken, there are no figures of a training.
            .. File.Exists(Full(OutputFiles.Metrics)) ? [OutputFiles.Metrics] : Array.Empty<string>(),
            .. hasParent ? [OutputFiles.Parent] : Array.Empty<string>(),
        ];
    }
}
