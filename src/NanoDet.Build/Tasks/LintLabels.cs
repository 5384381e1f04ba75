using Microsoft.Build.Framework;
using NanoDet.Build.Items;
using NanoDet.Build.Logging;
using NanoDet.Core.Files;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>
/// Target <c>NanoDetLint</c>: compares the labels with what models find that have not seen them. For the training part, these are the
/// models of the folds, which the worker trains and exports as it does the project's model, so an interrupted one resumes.
/// </summary>
public sealed class LintLabels : TrainingTask
{
    private Dataset? _dataset;

    /// <summary><c>NanoDetTrain</c>.</summary>
    [Required]
    public string Train { get; set; } = "";

    /// <summary><c>NanoDetLintConfidence</c>.</summary>
    public string Confidence { get; set; } = "";

    private protected override string Stage => WorkerVerb.Lint;

    private protected override void Make(DiagnosticLog log, CancellationToken cancellation)
    {
        if (HasFolds)
        {
            for (var fold = 0; fold < Folds.Count; fold++)
            {
                log.Say(MessageImportance.High, $"NanoDet: model {fold + 1} of {Folds.Count} to check labels with, trained on half of the training images");
                TrainFold(fold, log, cancellation);
            }
        }
        else
        {
            log.Say(MessageImportance.High, "NanoDet: of the labels that it was trained on, the model itself finds only what is most certain");
        }

        RunWorker(log, cancellation);
    }

    private protected override WorkerRequest Request() => new LintRequest
    {
        Model = Full(OutputFiles.Onnx),
        Folds = HasFolds ? [.. Enumerable.Range(0, Folds.Count).Select(fold => Full(Model(fold)))] : [],
        Confidence = new ProjectProperties(ProjectFile).Confidences("NanoDetLintConfidence", Confidence),
        Dataset = Full(OutputFiles.Dataset),
        ImageFolder = ProjectFolder,
        Output = Full(OutputFiles.LintFindings),
        Threads = Threads,
    };

    private protected override IEnumerable<string> Outputs() => [OutputFiles.LintFindings];

    // Without augmented copies: the copy of an image would be in the other half.
    private bool HasFolds => Enum.Parse<TrainChoice>(Train, ignoreCase: true) == TrainChoice.Always && Folds.Suit(Dataset);

    private Dataset Dataset => _dataset ??= PlannedDataset.Read(Full(OutputFiles.Dataset), Planned);

    private static string Model(int fold) => $"{OutputFiles.Fold(fold)}/model.onnx";

    private void TrainFold(int fold, DiagnosticLog log, CancellationToken cancellation)
    {
        var folder = OutputFiles.Fold(fold);
        var (dataset, configuration) = ($"{folder}/{OutputFiles.Dataset}", Full($"{folder}/{OutputFiles.Configuration}"));
        AtomicFile.WriteIfDifferent(Full(dataset), DatasetFile.ToJson(Folds.TrainingOf(Dataset, fold)));
        var whole = Full(OutputFiles.Configuration);
        AtomicFile.WriteIfDifferent(configuration, ConfigurationJson.Write(Folds.ConfigurationOf(ConfigurationJson.Read(whole, RegularFile.ReadAllBytes(whole)))));
        RunWorker(WorkerVerb.Train, $"train.fold{fold + 1}", NewTraining(dataset, folder) with { Configuration = configuration }, log, cancellation);
        RunWorker(WorkerVerb.Export, $"export.fold{fold + 1}", new ExportRequest
        {
            Configuration = configuration,
            Weights = Full($"{folder}/model.safetensors"),
            Classes = Dataset.Classes,
            Model = Full(Model(fold)),
            Threads = Threads,
            Instructions = ChosenInstructions,
        }, log, cancellation);
    }
}
