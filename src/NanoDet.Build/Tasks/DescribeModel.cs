using System.Text.Json.Nodes;
using Microsoft.Build.Framework;
using NanoDet.Build.Generation;
using NanoDet.Build.Items;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Linting;
using NanoDet.Pipeline.Locking;
using NanoDet.Pipeline.Manifest;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Reports;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Writes the manifest of a finished model, and accepts or rejects the model.</summary>
public sealed partial class DescribeModel : ProjectTask
{
    private static readonly string[] Models = [OutputFiles.Onnx, OutputFiles.UnquantizedOnnx, OutputFiles.DetectionsOnnx];

    private static readonly string[] Described =
    [
        .. Models, OutputFiles.Quantization, OutputFiles.Weights,
        OutputFiles.Preview, OutputFiles.Evaluation, OutputFiles.EvaluationDetails, OutputFiles.Lineage, OutputFiles.Metrics, OutputFiles.TrainingResult,
    ];

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        using var gate = Lock(FullOutputFolder, TimeSpan.FromSeconds(LockTimeout), log, cancellation);
        var results = OwnResults();
        var lineage = LineageFile.Read(Full(OutputFiles.Lineage));
        var dataset = PlannedDataset.Read(Full(OutputFiles.Dataset), Planned);
        var evaluation = ManifestJson.Read<EvaluationResult>(Full(OutputFiles.Evaluation), FolderDiagnostics.IntermediateDamaged);
        var threshold = evaluation.Threshold(Properties.OptionalFigure("NanoDetScoreThreshold", ScoreThreshold));
        var models = Models.Where(results.ContainsKey).ToDictionary(file => file, file => Stamped(file, threshold), StringComparer.Ordinal);
        var manifest = Manifest(lineage, dataset, results, evaluation, threshold, models);
        var last = LastModelFile.IsOfOtherProject(FullOutputFolder, ProjectFile) ? null : ComparedModel.Find(Full(OutputFiles.Manifest));
        var baseline = ComparedModel.Baseline(Baseline, ProjectFolder);
        var isNew = last?.Files[0].Sha256 != manifest.Files[0].Sha256;
        var lint = Lint();
        var report = new BuildReport(FullOutputFolder, manifest, dataset)
        {
            Last = isNew ? last : ComparedModel.Find(Full(OutputFiles.ManifestBefore)),
            Baseline = baseline,
            Curves = ReportCurves,
            Lint = lint,
        }.Write();
        Judge(log, manifest, baseline ?? last);
        if (lineage.Way == TrainingWay.Stale)
        {
            log.Write(IncrementalDiagnostics.ModelKept(lineage.Reason));
        }

        if (Log.HasLoggedErrors)
        {
            log.Say(MessageImportance.High, $"NanoDet: the report of this model is {Full(OutputFiles.Report)}");
            return;
        }

        if (isNew && last is not null)
        {
            AtomicFile.WriteIfDifferent(Full(OutputFiles.ManifestBefore), ManifestJson.Write(last));
        }

        foreach (var model in Models)
        {
            if (models.TryGetValue(model, out var content))
            {
                Accept(model, content);
            }
            else
            {
                File.Delete(Full(OutputFiles.Accepted + Path.GetFileName(model)));
            }
        }

        Accept(OutputFiles.Weights, RegularFile.ReadAllBytes(Full(OutputFiles.Weights)));
        Accept(OutputFiles.Preview, RegularFile.ReadAllBytes(Full(OutputFiles.Preview)));
        Accept(OutputFiles.Report, report);
        if (isNew && last is null)
        {
            File.Delete(Full(OutputFiles.ManifestBefore)); // It is of another project or cannot be read: the next report must not compare with it either.
        }

        LastModelFile.Write(FullOutputFolder, ProjectFile, lineage);
        AtomicFile.WriteIfDifferent(Full(OutputFiles.Accepted + ModelInfoSource.FileName), ModelInfoSource.Of(manifest));
        AtomicFile.WriteIfDifferent(Full(OutputFiles.Accepted + ModelCard.FileName), ModelCard.Of(manifest, PackPreview));
        AtomicFile.WriteIfDifferent(Full(OutputFiles.Accepted + "package.targets"), PackageTargetsSource.Of(manifest));
        var written = ManifestJson.Write(manifest);
        AtomicFile.WriteIfDifferent(Full(OutputFiles.Manifest), written);
        if (LockFile.Length > 0 && lineage.Way != TrainingWay.Stale)
        {
            WriteLock(manifest, dataset);
        }

        if (lint is not null || !IsLintPlanned)
        {
            DeliveredFolder = DeliveredModel.Write(FullOutputFolder, ContentHash.Of([.. written, .. report]));
        }

        ModelVersion = manifest.Version;
        Figures = ResultTable.Summary(manifest.Evaluation.Validation, manifest.Model.ScoreThreshold);
    }

    /// <summary>The SHA-256 of the files that the model is described by, after seeing that they are those of this build's plan.</summary>
    /// <exception cref="NanoDetException">NDB9054: another build has replaced them; NDB9053: a file is not what its stage left.</exception>
    private Dictionary<string, string> OwnResults()
    {
        var results = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var stage in StoredStage.OfModel)
        {
            if (StageRecord.Read(StageRecord.DonePath(FullOutputFolder, stage.Name)) is not { } done || done.Key != StageItems.KeyOf(PlannedStages, stage.Name))
            {
                throw new NanoDetException(FolderDiagnostics.OtherPlan(FullOutputFolder));
            }

            foreach (var (file, hash) in done.Outputs.Where(output => Described.Contains(output.Key)))
            {
                if (!File.Exists(Full(file)) || ContentHash.OfFile(Full(file)).ToString() != hash)
                {
                    throw new NanoDetException(FolderDiagnostics.IntermediateDamaged(Full(file), "it is not what the build wrote"));
                }

                results.Add(file, hash);
            }
        }

        return results;
    }

    private void WriteLock(ModelManifest manifest, Dataset dataset)
    {
        var record = StageRecord.DonePath(FullOutputFolder, "train");
        var inputs = StageRecord.ReadInputs(record) ?? throw new NanoDetException(FolderDiagnostics.IntermediateDamaged(record, "it is not what the build wrote"));
        var content = ModelLock.Of(new DatasetMeaning(dataset), inputs) with
        {
            Model = new LockedModel(
                manifest.Files[0].Sha256, manifest.Files[1].Sha256, manifest.Lineage.Policy, manifest.Lineage.Parent, manifest.Lineage.Generation),
        };
        try
        {
            AtomicFile.WriteIfDifferent(AtomicFile.BehindLink(Path.GetFullPath(Path.Combine(ProjectFolder, LockFile))), NanoDet.Pipeline.Locking.LockFile.ToJson(content));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(FolderDiagnostics.NotAccessible(exception.Message), exception);
        }
    }

    /// <summary>What the lint of this build found; null where it is not asked for, or still to run.</summary>
    private ReportedLint? Lint()
        => IsLintPlanned && new StageRunner(FullOutputFolder, TimeSpan.Zero).IsDone(StoredStage.Lint.Name, StageItems.KeyOf(PlannedStages, StoredStage.Lint.Name))
            ? ReportedLint.Of(BuildFindings.Read(FullOutputFolder, ProjectFolder, Planned), FullOutputFolder, ProjectFolder)
            : null;

    private bool IsLintPlanned => PlannedStages.Any(stage => stage.ItemSpec == StoredStage.Lint.Name);

    /// <summary>
    /// Copies a file of an accepted model to the folder from which the output folder and packages get it. That folder never contains a rejected model.
    /// </summary>
    private void Accept(string file, byte[] content)
        => AtomicFile.WriteIfDifferent(Full(OutputFiles.Accepted + Path.GetFileName(file)), content);

    /// <summary>An exported file as it leaves the build.</summary>
    /// <exception cref="NanoDetException">NDB9053: it is not what the build wrote.</exception>
    private byte[] Stamped(string file, double threshold)
    {
        try
        {
            return ThresholdStamp.Write(RegularFile.ReadAllBytes(Full(file)), threshold);
        }
        catch (FormatException exception)
        {
            throw new NanoDetException(FolderDiagnostics.IntermediateDamaged(Full(file), exception.Message), exception);
        }
    }

    private void Judge(DiagnosticLog log, ModelManifest manifest, ModelManifest? before)
    {
        var gate = new QualityGate(
            Properties.OptionalFigure("NanoDetMinimumMap", MinimumMap),
            Properties.OptionalFigure("NanoDetMinimumMap50", MinimumMap50),
            Properties.OptionalFigure("NanoDetMaximumRegression", MaximumRegression));
        var problems = gate.Judge(manifest.Evaluation, before?.Evaluation).ToList();
        if (manifest.Evaluation.Validation is { } reached && (ShowFigures || problems.Count > 0))
        {
            log.Say(MessageImportance.High, $"NanoDet: {Name} {manifest.Version}, evaluated on {(reached.Images == 1 ? "1 image" : $"{reached.Images} images")}");
            foreach (var line in ResultTable.Lines(reached, before?.Evaluation.Validation))
            {
                log.Say(MessageImportance.High, line);
            }

            log.Say(MessageImportance.High, ResultTable.Threshold(reached, manifest.Model.ScoreThreshold));

            if (manifest.Evaluation.Unquantized?.Validation is { } single)
            {
                log.Say(MessageImportance.High, ResultTable.Quantization(reached, single));
            }

            if (manifest.Evaluation.Test is { } test)
            {
                log.Say(MessageImportance.High, ResultTable.Test(test));
            }
        }

        if (UnfoundClasses.Judge(manifest.Evaluation.Validation) is { } unfound)
        {
            problems.Add(unfound);
        }

        if (before is not null && !before.Model.Classes.SequenceEqual(manifest.Model.Classes) && Major(before.Version) == Major(Version))
        {
            problems.Add(QualityDiagnostics.ClassesChanged(
                string.Join(", ", before.Model.Classes), string.Join(", ", manifest.Model.Classes), before.Version));
        }

        problems.ForEach(log.Write);
    }

    private ModelManifest Manifest(
        TrainingLineage lineage, Dataset dataset, Dictionary<string, string> results, EvaluationResult evaluation, double threshold, Dictionary<string, byte[]> models)
    {
        var configurationBytes = RegularFile.ReadAllBytes(Full(OutputFiles.Configuration));
        var configuration = ConfigurationJson.Read(Full(OutputFiles.Configuration), configurationBytes);
        var onnx = Model(OutputFiles.Onnx, ".onnx");
        var request = RequestFile.Read(Full(OutputFiles.Request));
        var device = DeviceChoice.Parse(Device)!.Value.Kind;
        var trained = ManifestJson.Read<TrainedWith>(Full(OutputFiles.TrainingResult), FolderDiagnostics.IntermediateDamaged);
        return new ModelManifest
        {
            Name = Name,
            Version = ModelManifest.VersionOf(Version, onnx.Sha256),
            Files =
            [
                onnx,
                new(Name + ".safetensors", results[OutputFiles.Weights], new FileInfo(Full(OutputFiles.Weights)).Length),
                .. ModelIfMade(OutputFiles.UnquantizedOnnx, ".fp32.onnx"),
                .. ModelIfMade(OutputFiles.DetectionsOnnx, ModelManifest.DetectionsExtension),
            ],
            Model = configuration.MetadataFor(dataset.Classes) with
            {
                Version = Version,
                License = License.Length > 0 ? License : null,
                ScoreThreshold = threshold,
            },
            Evaluation = evaluation,
            Quantization = results.ContainsKey(OutputFiles.Quantization)
                ? ManifestJson.Read<ManifestQuantization>(Full(OutputFiles.Quantization), FolderDiagnostics.IntermediateDamaged)
                : null,
            Data = new ManifestData(
                request.Dataset,
                dataset.Of(DatasetPart.Train).Count(),
                dataset.Of(DatasetPart.Validation).Count(),
                dataset.Of(DatasetPart.Test).Count(),
                dataset.Images.Sum(image => image.Objects.Length)),
            Training = new ManifestTraining(StageRecord.Read(StageRecord.DonePath(FullOutputFolder, "train"))!.Key, Threads, device),
            Lineage = ManifestLineage.Of(lineage, request.Pretrained),
            Reproducibility = ManifestReproducibility.On(
                device, Instructions.Length > 0 ? Instructions.ToLowerInvariant() : null, trained.Arithmetic, trained.Card),
            Tool = ToolVersion.Current,
            Commit = Commit.Length > 0 ? Commit : null,
            Configuration = Published(configurationBytes),
        };

        ManifestFile[] ModelIfMade(string file, string extension) => models.ContainsKey(file) ? [Model(file, extension)] : [];

        ManifestFile Model(string file, string extension) => new(Name + extension, ContentHash.Of(models[file]).ToString(), models[file].Length);
    }

    /// <summary>
    /// The configuration without the folder of the pretrained weights, which differs between machines; the lineage has
    /// their digest.
    /// </summary>
    private static JsonNode Published(byte[] configuration)
    {
        var node = JsonNode.Parse(configuration)!;
        foreach (var weights in new[] { "loadModel", "backboneWeights" })
        {
            if (node["schedule"]?[weights]?.GetValue<string>() is { } path)
            {
                node["schedule"]![weights] = path.Split('/', '\\')[^1];
            }
        }

        return node;
    }

    /// <summary>The part of a training's <c>result.json</c> that the manifest contains.</summary>
    private sealed record TrainedWith(ManifestArithmetic? Arithmetic = null, ManifestCard? Card = null);

    private static string Major(string version) => version.Split('.')[0];
}
