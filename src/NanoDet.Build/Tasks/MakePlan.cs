using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NanoDet.Build.Items;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Augmentation;
using NanoDet.Data.Configuration;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Discovery;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Splitting;
using NanoDet.Data.Validation;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Linting;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Sarif;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Store.Local;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetPlan</c>: reads the data, writes the plan, and says which stages run and why.</summary>
public sealed partial class MakePlan : ProjectTask
{
    private const string CodesOfLabels = "NDB1";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        ClaimOutputFolder();
        try
        {
            Make(log, cancellation);
        }
        catch (NanoDetException exception)
        {
            log.Write(exception);
        }

        if (Sarif.Length > 0)
        {
            var path = Path.GetFullPath(Path.Combine(ProjectFolder, Sarif));
            AtomicFile.WriteIfDifferent(AtomicFile.BehindLink(path), new SarifReport(ProjectFolder, ProjectFile, DocumentationFolder).Of(log.Told));
        }
    }

    private void Make(DiagnosticLog log, CancellationToken cancellation)
    {
        var inputs = Inputs(log, cancellation);
        if (Augmentations.Length > 0 && AugmentationPreset.Length == 0 && AugmentationCopies.Length == 0)
        {
            log.Write(AugmentationDiagnostics.NoCopies(new SourceLocation(ProjectFile)));
        }

        TrainingDataset = inputs.Augmentation is null ? OutputFiles.Dataset : OutputFiles.AugmentedDataset;
        var plan = Plan(inputs, log, cancellation);
        if (plan.Dataset is { } dataset)
        {
            Planned = dataset;
        }

        log.Write(plan.Diagnostics, Path.Combine(OutputFolder, OutputFiles.Plan));
        if (plan.Data is { } data)
        {
            log.Say(MessageImportance.High, $"NanoDet: {data.Words}");
            if (data.SplitInWords is { } split)
            {
                log.Say(MessageImportance.High, $"NanoDet: {split}");
            }
        }

        else if (plan.Diagnostics.Any(problem => problem is { Severity: DiagnosticSeverity.Error } && problem.Code.StartsWith(CodesOfLabels, StringComparison.Ordinal)))
        {
            log.Say(MessageImportance.High, "NanoDet: with errors in labels there is no model and no preview; 'nanodet view . --out labels.html' shows the images, their boxes and their problems");
        }

        var counts = plan.Counts;
        log.Say(
            MessageImportance.Low,
            $"images: {counts.Images}, label files: {counts.LabelFiles}; files hashed: {counts.FilesHashed}, label files parsed: {counts.LabelsParsed}, image headers read: {counts.HeadersRead}");
        foreach (var stage in plan.Stages)
        {
            Explain(log, stage);
        }

        if (plan.Training is { } training && plan.Stages.FirstOrDefault(stage => stage is { Name: "train", Action: StageAction.Run }) is { } train
            && !(train.Resumes && training.Decision.Lineage.Way == TrainingWay.Scratch))
        {
            log.Say(MessageImportance.High, $"NanoDet: {training.Decision.Words}");
        }

        if (Sarif.Length > 0 && plan.Stages.Any(stage => stage is { Name: WorkerVerb.Lint, Action: StageAction.Skip }))
        {
            // The task that writes them to the log adds those of a lint that runs; these are in the file already, which stays as it is.
            BuildFindings.Read(FullOutputFolder, ProjectFolder, Planned).Diagnostics.ToList().ForEach(log.Keep);
        }

        PlannedStages = StageItems.Of(plan.Stages);
        StagesToRun = [.. plan.Stages.Where(stage => stage.Action != StageAction.Skip).Select(stage => new TaskItem(stage.Name))];
    }

    private PlanResult Plan(PlanInputs inputs, DiagnosticLog log, CancellationToken cancellation)
    {
        try
        {
            return new Planner(inputs, FromScratch ? null : Stored(), Waiting(log)).Run(cancellation);
        }
        catch (NanoDetException exception) when (exception.Diagnostic.Code == "NDB3053" && inputs.BrokenLinks() is { Count: > 0 } broken)
        {
            // A pattern finds links whose target is gone; nobody has named them.
            foreach (var line in DataFiles.InWords(broken))
            {
                log.Say(MessageImportance.High, $"NanoDet: {line}");
            }

            return new Planner(inputs.Without(broken), FromScratch ? null : Stored(), Waiting(log)).Run(cancellation);
        }
    }

    private static void Explain(DiagnosticLog log, StageDecision stage)
    {
        if (stage.Action == StageAction.Skip)
        {
            log.Say(MessageImportance.Low, $"{stage.Name} is up to date");
            return;
        }

        log.Say(MessageImportance.High, $"NanoDet: {stage.Name} {(stage.Action == StageAction.Run ? "will run" : "will be restored")} because {stage.Reasons[0]}");
        foreach (var reason in stage.Reasons.Skip(1))
        {
            log.Say(MessageImportance.High, $"  and {reason}");
        }
    }

    /// <summary>What the local store has for a key. A remote store is asked only before a stage runs, so that a plan needs no network.</summary>
    private Func<string, IReadOnlyDictionary<string, string>?>? Stored()
    {
        if (StoreTask.FolderOf(Store, ProjectFolder, ProjectFile) is not { } folder)
        {
            return null;
        }

        var store = new LocalStore(folder);
        return key => store.TryFind(key)?.Files.ToDictionary(file => file.Name, file => file.Digest.Hash, StringComparer.Ordinal);
    }

    private PlanInputs Inputs(DiagnosticLog log, CancellationToken cancellation)
    {
        var items = new FoundItems(ImageItems.Read(Images, ProjectFolder), ImageItems.Paths(Annotations, ProjectFolder), ImageItems.Lists(ImageSets, ProjectFolder), ClassFile);
        items = new ConfiguredItems(ProjectFolder, ConfigurationFile, Find, log, cancellation).Complete(items, [.. Images, .. Annotations, .. ImageSets]);
        return items.Images.Length > 0 ? Inputs(items) : throw new NanoDetException(ProjectDiagnostics.NoImages(ProjectFile, items.Seen));
    }

    private PlanInputs Inputs(FoundItems items) => new(ProjectFolder, FullOutputFolder)
    {
        ProjectFile = ProjectFile,
        Images = items.Images,
        Annotations = items.Annotations,
        ImageSets = items.ImageSets,
        Blocks = items.Blocks,
        Classes = Classes.Length == 0 ? items.Classes : ClassList.FromNames(Classes.Select(item => item.ItemSpec), new SourceLocation(ProjectFile)).Names,
        Aliases = ClassItems.Aliases(Classes, ProjectFile),
        ClassFile = items.ClassFile.Length > 0 ? ProjectPath.Relative(ProjectFolder, ClassSource.FileOf(Path.GetFullPath(Path.Combine(ProjectFolder, items.ClassFile)))) : null,
        LockFile = LockFile.Length > 0 ? ProjectPath.Relative(ProjectFolder, LockFile) : null,
        SplitRecordFile = ProjectPath.Relative(ProjectFolder, SplitFile),
        Split = Split(),
        Policy = new ValidationPolicy
        {
            Difficult = Difficult.Length > 0 ? Properties.Choice<DifficultPolicy>("NanoDetDifficult", Difficult) : items.Difficult,
            Orientation = Properties.Choice<OrientationPolicy>("NanoDetOrientation", Orientation),
            OtherClasses = Properties.Choice<OtherClassPolicy>("NanoDetOtherClasses", OtherClasses),
            Outside = Properties.Choice<OutsidePolicy>("NanoDetOutside", Outside),
            Unlabeled = Properties.Choice<UnlabeledPolicy>("NanoDetUnlabeled", Unlabeled),
            RareClassMinimum = (int)Properties.WholeNumber("NanoDetRareClassMinimum", RareClassMinimum, 0, int.MaxValue),
        },
        Preset = Preset,
        ConfigurationFile = ConfigurationFile.Length > 0 ? ProjectPath.Relative(ProjectFolder, ConfigurationFile) : null,
        Overrides = Overrides.ToImmutableSortedDictionary(item => item.ItemSpec, item => item.GetMetadata("Value"), StringComparer.Ordinal),
        Pretrained = Weights("NanoDetPretrainedSha256", PretrainedSha256, PretrainedIsFetched),
        BackboneWeights = Weights("NanoDetBackboneWeightsSha256", BackboneWeightsSha256, BackboneWeightsAreFetched),
        Augmentation = AugmentationRecipe.Of(
            AugmentationPreset.Length > 0 ? AugmentationPreset : null,
            AugmentationItems.Read(Augmentations),
            AugmentationCopies.Length > 0 ? (int)Properties.WholeNumber("NanoDetAugmentationCopies", AugmentationCopies, 0, 1000) : null,
            new SourceLocation(ProjectFile)),
        Model = Properties.Choice<TrainChoice>("NanoDetTrain", Train) == TrainChoice.Never ? null : Model(),
        Patience = TimeSpan.FromSeconds(LockTimeout),
    };

    private WeightInput Weights(string property, string sha256, bool isFetched) => new(
        sha256.Length == 0 ? null : ContentHash.TryParse(sha256.Trim()) ?? throw Properties.Wrong(property, sha256, "64 hexadecimal digits"), isFetched);

    private ModelInputs Model() => new()
    {
        Threads = (int)Properties.WholeNumber("NanoDetThreads", Threads, 1, 256),
        Device = Properties.Device("NanoDetDevice", Device).Kind,
        Instructions = Instructions.Length > 0 ? Properties.OneOf("NanoDetInstructions", Instructions, "avx2", "avx512") : null,
        TrainingPrecision = Properties.Choice<TrainingPrecision>("NanoDetTrainingPrecision", TrainingPrecision) is var precision and not Data.Configuration.TrainingPrecision.Single ? precision.ToString().ToLowerInvariant() : null,
        Tf32 = Properties.Device("NanoDetDevice", Device).Device == TrainingDevice.Cuda ? Properties.Switch("NanoDetTf32", Tf32) : null,
        Precision = Properties.Choice<ExportPrecision>("NanoDetPrecision", Precision).ToString().ToLowerInvariant(),
        Batch = Properties.Choice<ExportBatch>("NanoDetExportBatch", ExportBatch) is var batch and not Data.Configuration.ExportBatch.One ? batch.ToString().ToLowerInvariant() : null,
        ScoreThreshold = Properties.OptionalFigure("NanoDetScoreThreshold", ScoreThreshold),
        Detections = Properties.Switch("NanoDetExportDetections", ExportDetections),
        Version = Version,
        Lint = !Properties.Switch("NanoDetLint", Lint) ? null : Properties.Choice<TrainChoice>("NanoDetTrain", Train) == TrainChoice.IfCached ? LintWay.Model : LintWay.Folds,
        LintConfidences = Properties.Confidences("NanoDetLintConfidence", LintConfidence),
        License = License,
        Incremental = new IncrementalSettings
        {
            Policy = Properties.Choice<IncrementalPolicy>("NanoDetIncremental", Incremental),
            MaximumChange = Properties.Figure("NanoDetIncrementalMaximumChange", IncrementalMaximumChange),
            Generations = (int)Properties.WholeNumber("NanoDetIncrementalGenerations", IncrementalGenerations, 0, int.MaxValue),
            Tolerance = Properties.Figure("NanoDetIncrementalTolerance", IncrementalTolerance),
            Repeat = Repeat.Length > 0 ? ProjectPath.Relative(ProjectFolder, Repeat) : null,
            FromScratch = FromScratch,
        },
    };

    private SplitOptions Split()
    {
        var options = new SplitOptions(
            Properties.Share("NanoDetValidationSplit", ValidationSplit),
            Properties.Share("NanoDetTestSplit", TestSplit),
            Properties.WholeNumber("NanoDetSeed", Seed, long.MinValue, long.MaxValue));
        return options.Validation + options.Test < 1 ? options
            : throw Properties.Wrong("NanoDetTestSplit", TestSplit, "small enough to leave images for training");
    }
}
