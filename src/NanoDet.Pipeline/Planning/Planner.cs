using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Caching;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Locking;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// Makes the plan of a build: looks at every file by content, judges and splits the data, writes what later stages read
/// (only where it differs) and says of each stage whether it runs and why. It always runs and is cheap where nothing changed.
/// </summary>
/// <param name="inputs">The project's items and properties.</param>
/// <param name="stored">What the store has for a key (<see cref="StagePlanner"/>); null without a store.</param>
public sealed class Planner(PlanInputs inputs, Func<string, IReadOnlyDictionary<string, string>?>? stored = null)
{
    private readonly PlanInputs _inputs = inputs with
    {
        Images = [.. inputs.Images.DistinctBy(image => image.Path, StringComparer.Ordinal).OrderBy(image => image.Path, StringComparer.Ordinal)],
        Annotations = [.. inputs.Annotations.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        ImageSets = [.. inputs.ImageSets.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
    };

    /// <summary>Makes the plan and leaves it in <c>plan.json</c>.</summary>
    /// <exception cref="DiagnosticException">NDB3052, NDB9050 or NDB9051: there is nothing to plan, or nowhere to.</exception>
    public PlanResult Run(CancellationToken cancellation = default)
    {
        if (_inputs.Images.IsEmpty)
        {
            throw new DiagnosticException(ProjectDiagnostics.NoImages(null));
        }

        try
        {
            using var gate = FolderLock.Take(_inputs.OutputFolder, _inputs.Patience, cancellation);
            Leftovers.Remove(_inputs);
            var stats = StatCache.Open(_inputs.ProjectFolder, Output("stat.cache"));
            var files = new PlanFiles(_inputs, stats, cancellation);
            var stages = new StagePlanner(_inputs.OutputFolder, name => name.EndsWith('/') ? FolderListing.Of(Output(name)) : stats.Hash(Stored(name)), stored ?? (_ => null));
            var plan = RepeatLast(files, stats, stages) ?? MakeAnew(files, stats, stages, cancellation);
            AtomicFile.WriteIfDifferent(Output(OutputFiles.Plan), PlanFile.ToJson(plan));
            stats.Save();
            return plan;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(FolderDiagnostics.NotAccessible(exception.Message), exception);
        }
    }

    /// <summary>The fast path: the same files and properties as last time mean the same data, and its problems again.</summary>
    private PlanResult? RepeatLast(PlanFiles files, StatCache stats, StagePlanner stages)
    {
        if (PlanFile.Read(Output(OutputFiles.Plan)) is not { } last
            || last.Inputs != files.Inputs
            || last.Files.Any(file => HashOf(file.Key, stats) != file.Value))
        {
            return null;
        }

        var decisions = last.Stages.Select(stage => stages.PlanAgain(stage.Name, stage.Key)).ToList();
        var trains = decisions.Exists(decision => decision is { Name: "train", Action: not StageAction.Skip });
        return decisions.Contains(null) || (trains && last.Training?.Basis != Basis(stats)) ? null : last with
        {
            Stages = [.. decisions.Select(decision => decision!)],
            Training = trains ? last.Training : null,
            Counts = last.Counts with { FilesHashed = stats.FilesRead, LabelsParsed = 0, HeadersRead = 0 },
        };
    }

    private PlanResult MakeAnew(PlanFiles files, StatCache stats, StagePlanner stages, CancellationToken cancellation)
    {
        var labels = new LabelSource(_inputs.ProjectFolder, Output("labels.cache"));
        var headers = new HeaderSource(_inputs.ProjectFolder, Output("headers.cache"));
        var assembly = new DatasetAssembly(_inputs, files, labels, headers);
        var dataset = assembly.Assemble(cancellation);
        labels.Save();
        headers.Save();
        var counts = new PlanCounts(_inputs.Images.Length, _inputs.Annotations.Length, stats.FilesRead, labels.Parsed, headers.Opened);
        if (dataset is null || assembly.Configuration is null)
        {
            return new PlanResult(files.Inputs, [], assembly.Diagnostics, counts, Hashes(stats, _inputs.SplitRecordFile));
        }

        var diagnostics = assembly.Diagnostics.AddRange(Remember(assembly));
        var pretrained = assembly.Configuration.Schedule.LoadModel is { } weights ? ProjectPath.Relative(_inputs.ProjectFolder, weights) : null;
        if (pretrained is not null && stats.Hash(pretrained) is null)
        {
            return new PlanResult(files.Inputs, [], diagnostics.Add(ProjectDiagnostics.FileMissing(pretrained, null)), counts, Hashes(stats, _inputs.SplitRecordFile, pretrained));
        }

        var pretrainedHash = pretrained is null ? null : stats.Hash(pretrained);
        if (pretrainedHash is { } found && _inputs.PretrainedHash is { } expected && found != expected)
        {
            var wrong = DownloadDiagnostics.WrongContent(pretrained!, expected.ToString(), found.ToString());
            return new PlanResult(files.Inputs, [], diagnostics.Add(wrong), counts, Hashes(stats, _inputs.SplitRecordFile, pretrained!));
        }

        var meanings = dataset.Images.Select(image => LabelFingerprint.Of(image, dataset.Classes)).ToImmutableArray();
        AtomicFile.WriteIfDifferent(Output(OutputFiles.Dataset), DatasetFile.ToJson(dataset));
        var configuration = ConfigurationJson.Write(assembly.Configuration);
        AtomicFile.WriteIfDifferent(Output(OutputFiles.Configuration), configuration);
        var data = StageInputs.Training(dataset, meanings, _inputs.Augmentation, _inputs.Split.Seed);
        AtomicFile.WriteIfDifferent(Output(OutputFiles.Request), RequestFile.ToJson(data, configuration, pretrainedHash));
        if (_inputs.Model is { Incremental.FromScratch: true })
        {
            File.Delete(StageRecord.DonePath(_inputs.OutputFolder, "train"));
        }

        List<Stage> wanted = [StageInputs.Split(_inputs.Split, assembly.SplitItems, dataset), StageInputs.Convert(dataset, meanings)];
        if (_inputs.Augmentation is { } recipe)
        {
            wanted.Add(StageInputs.Augment(dataset, meanings, recipe, _inputs.Split.Seed));
        }

        if (_inputs.Model is { } model)
        {
            var train = StageInputs.Train(dataset, data, _inputs.Augmentation, _inputs.Split.Seed, configuration, pretrainedHash, model);
            var export = StageInputs.Export(train, model);
            wanted.AddRange([train, export, StageInputs.Evaluate(export, dataset, meanings, model)]);
        }

        if (wanted.Find(stage => stage.Name == "train") is { } trained && LockedDifference(dataset, trained) is { } difference)
        {
            return new PlanResult(files.Inputs, [], diagnostics.Add(difference), counts, Hashes(stats, _inputs.SplitRecordFile));
        }

        ImmutableArray<StageDecision> decisions = [.. wanted.Select(stages.Plan)];
        var training = decisions.Any(decision => decision is { Name: "train", Action: not StageAction.Skip })
            ? Decide(_inputs.Model!.Incremental, wanted.Find(stage => stage.Name == "train")!.Inputs, dataset, stats)
            : null;
        return new PlanResult(
            files.Inputs,
            decisions,
            diagnostics,
            counts,
            Hashes(stats, [
                Stored(OutputFiles.Dataset), Stored(OutputFiles.Configuration), Stored(OutputFiles.Request), _inputs.SplitRecordFile,
                .. pretrained is null ? Array.Empty<string>() : [pretrained],
                .. training is null ? Array.Empty<string>() : [Stored(OutputFiles.Decision)],
            ]),
            training);
    }

    /// <summary>Decides how to train, and leaves the decision where the stage finds it.</summary>
    private PlannedTraining Decide(IncrementalSettings settings, Fingerprint wanted, Dataset dataset, StatCache stats)
    {
        var decision = settings.Repeat is { } repeated
            ? LineageFile.Repeat(ProjectPath.Full(_inputs.ProjectFolder, repeated))
            : new TrainingPolicy(settings).Decide(LastModelFile.Read(_inputs.OutputFolder), wanted, dataset);
        AtomicFile.WriteIfDifferent(Output(OutputFiles.Decision), ManifestJson.Write(decision));
        return new PlannedTraining(Basis(stats), decision);
    }

    private string Basis(StatCache stats) => HashOf(Stored(LastModelFile.Record), stats);

    /// <summary>NDB3060 where the model would be made from something else than what is locked.</summary>
    private Diagnostic? LockedDifference(Dataset dataset, Stage train)
    {
        if (_inputs.LockFile is not { } path)
        {
            return null;
        }

        var differences = LockFile.Read(ProjectPath.Full(_inputs.ProjectFolder, path)).DifferencesTo(ModelLock.Of(dataset, train.Inputs));
        return differences.Count > 0 ? LockDiagnostics.Differs(path, differences) : null;
    }

    /// <summary>Keeps the record of the split beside the project, where there is anything to remember.</summary>
    private ImmutableArray<Diagnostic> Remember(DatasetAssembly assembly)
    {
        if (assembly.Record is not { Parts.Count: > 0 } record)
        {
            return [];
        }

        try
        {
            AtomicFile.WriteIfDifferent(ProjectPath.Full(_inputs.ProjectFolder, _inputs.SplitRecordFile), record.ToJson());
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [FolderDiagnostics.SplitRecordNotWritten(_inputs.SplitRecordFile, exception.Message)];
        }
    }

    private static ImmutableSortedDictionary<string, string> Hashes(StatCache stats, params IEnumerable<string> paths)
        => paths.ToImmutableSortedDictionary(path => path, path => HashOf(path, stats), StringComparer.Ordinal);

    private static string HashOf(string path, StatCache stats) => stats.Hash(path)?.ToString() ?? "";

    private string Output(string name) => Path.Combine(_inputs.OutputFolder, name);

    private string Stored(string name) => ProjectPath.Relative(_inputs.ProjectFolder, Output(name));
}
