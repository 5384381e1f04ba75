using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Parallelism;
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
/// <param name="waiting">Gets a line for people, once, if the plan has to wait for another build.</param>
public sealed class Planner(PlanInputs inputs, Func<string, IReadOnlyDictionary<string, string>?>? stored = null, Action<string>? waiting = null)
{
    private readonly PlanInputs _inputs = inputs with
    {
        Images = [.. inputs.Images.DistinctBy(image => image.Path, StringComparer.Ordinal).OrderBy(image => image.Path, StringComparer.Ordinal)],
        Annotations = [.. inputs.Annotations.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        ImageSets = [.. inputs.ImageSets.DistinctBy(list => list.Path, StringComparer.Ordinal).OrderBy(list => list.Path, StringComparer.Ordinal)],
    };

    private readonly InterruptedTrainings _interrupted = new(inputs.OutputFolder);

    /// <summary>Makes the plan and leaves it in <c>plan.json</c>.</summary>
    /// <exception cref="NanoDetException">NDB3052, NDB9050 or NDB9051: there is nothing to plan, or nowhere to.</exception>
    public PlanResult Run(CancellationToken cancellation = default)
    {
        if (_inputs.Images.IsEmpty)
        {
            throw new NanoDetException(ProjectDiagnostics.NoImages(null));
        }

        try
        {
            using var gate = FolderLock.Take(_inputs.OutputFolder, _inputs.Patience, cancellation, waiting);
            Leftovers.Remove(_inputs);
            var stats = StatCache.Open(_inputs.ProjectFolder, Output("stat.cache"));
            // Of its own, because that of the project's files is written while the plan still makes files that it hashes.
            var own = StatCache.Open(_inputs.ProjectFolder, Output("own.cache"));
            var files = new PlanFiles(_inputs, stats, cancellation);
            var stages = new StagePlanner(_inputs.OutputFolder, name => name.EndsWith('/') ? FolderListing.Of(Output(name)) : own.Hash(Stored(name)), stored ?? (_ => null), Resumes);
            var plan = RepeatLast(files, stats, own, stages) ?? MakeAnew(files, stats, own, stages, cancellation);
            AtomicFile.WriteIfDifferent(Output(OutputFiles.Plan), PlanFile.ToJson(plan));
            own.Save();
            return plan;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(FolderDiagnostics.NotAccessible(exception.Message), exception);
        }
    }

    /// <summary>The fast path: the same files and properties as last time mean the same data, and its problems again.</summary>
    private PlanResult? RepeatLast(PlanFiles files, StatCache stats, StatCache own, StagePlanner stages)
    {
        if (PlanFile.Read(Output(OutputFiles.Plan)) is not { } last
            || last.Inputs != files.Inputs
            || last.Files.Any(file => HashOf(file.Key, own) != file.Value))
        {
            return null;
        }

        ImmutableArray<StageDecision> decisions = [.. last.Stages.Select(stage => stages.PlanAgain(stage.Name, stage.Key)).TakeWhile(decision => decision is not null)!];
        var trains = Trains(decisions);
        if (decisions.Length < last.Stages.Length || (trains && last.Training?.Basis != Basis(BegunAs(decisions.First(IsTraining).Key), own)))
        {
            return null;
        }

        stats.Save();
        return last with
        {
            Stages = decisions,
            Training = trains ? last.Training : null,
            Counts = last.Counts with { FilesHashed = stats.FilesRead + own.FilesRead, LabelsParsed = 0, HeadersRead = 0 },
        };
    }

    /// <summary>The long way: the files become data, and what the data asks for becomes decisions.</summary>
    private PlanResult MakeAnew(PlanFiles files, StatCache stats, StatCache own, StagePlanner stages, CancellationToken cancellation)
    {
        var assembly = new DatasetAssembly(_inputs, files, own);
        var data = default(AssembledData);
        try
        {
            data = assembly.Assemble(cancellation);
        }
        catch
        {
            assembly.Save(); // What was read until then need not be read again.
            throw;
        }

        var plan = new PlanResult(files.Inputs, [], assembly.Diagnostics, assembly.Counts(stats.FilesRead + own.FilesRead), Hashes(own, []));
        ParallelLoop.Run(assembly.Save, stats.Save, () => plan = data is null ? plan : Decide(plan, data, stages, own));
        return plan with
        {
            Files = Hashes(own, [
                .. assembly.Watched,
                .. data is null ? Array.Empty<string>() : [Stored(OutputFiles.Dataset), Stored(OutputFiles.Configuration), Stored(OutputFiles.Request)],
                .. data?.Places is null ? Array.Empty<string>() : [Stored(OutputFiles.LabelPlaces)],
                .. plan.Training is null ? Array.Empty<string>() : [Stored(OutputFiles.Decision)],
            ]),
        };
    }

    /// <summary>Writes what the stages read, and says of each whether it runs, and how the model is trained if it is.</summary>
    private PlanResult Decide(PlanResult plan, AssembledData data, StagePlanner stages, StatCache own)
    {
        var configuration = ConfigurationJson.Write(data.Configuration);
        var inputs = default(StageInputs);
        ReadOnlyMemory<byte> content = default;
        ParallelLoop.Run(() => inputs = new StageInputs(_inputs, data), () => content = DatasetFile.ToJson(data.Meaning.Dataset));
        var wanted = inputs!.All();
        stages.Withdraw(wanted);
        var dataset = Write(data, content, configuration, inputs.DataOfTraining, wanted.First(stage => stage.Name == "split").Inputs.Hash);
        var train = wanted.FirstOrDefault(stage => stage.Name == StoredStage.Train.Name);
        plan = plan with { Dataset = dataset, Data = PlannedData.Of(data.Meaning.Dataset) with { Hashed = data.Hashed } };
        if (train is not null && LockedDifference(data.Meaning, train) is { } difference)
        {
            return plan with { Diagnostics = plan.Diagnostics.Add(difference) };
        }

        ForgetTraining();
        plan = plan with { Stages = stages.Plan(wanted) };
        return Trains(plan.Stages) ? plan with { Training = DecideTraining(train!.Inputs, data, own) } : plan;
    }

    /// <summary>Writes what the stages read, where it differs.</summary>
    private PlannedDataset Write(AssembledData data, ReadOnlyMemory<byte> dataset, ReadOnlyMemory<byte> configuration, string dataOfTraining, string split)
    {
        // The next plan compares its digest with the one that it recorded, and makes it again where a power cut left something else.
        AtomicFile.WriteIfDifferent(Output(OutputFiles.Dataset), dataset, durable: false);
        AtomicFile.WriteIfDifferent(Output(OutputFiles.Configuration), configuration);
        if (data.Places is { } places)
        {
            AtomicFile.WriteIfDifferent(Output(OutputFiles.LabelPlaces), places.ToJson());
        }

        new AcceptedSplits(_inputs.OutputFolder, ProjectPath.Full(_inputs.ProjectFolder, _inputs.SplitRecordFile)).Plan(data.Split with { Key = split });
        AtomicFile.WriteIfDifferent(Output(OutputFiles.Request), RequestFile.ToJson(dataOfTraining, configuration, data.Weights));
        return new PlannedDataset(data.Meaning.Dataset, ContentHash.Of(dataset.Span));
    }

    /// <summary>Where the project asks for a training from scratch, the last one counts as not done.</summary>
    private void ForgetTraining()
    {
        if (_inputs.Model is { Incremental.FromScratch: true })
        {
            var record = StageRecord.DonePath(_inputs.OutputFolder, StoredStage.Train.Name);
            if (File.Exists(record))
            {
                File.Delete(record);
            }
        }
    }

    private static bool Trains(IEnumerable<StageDecision> decisions)
        => decisions.Any(decision => IsTraining(decision) && decision.Action != StageAction.Skip);

    private static bool IsTraining(StageDecision decision) => decision.Name == StoredStage.Train.Name;

    /// <summary>Decides how to train, and leaves the decision where the stage finds it.</summary>
    private PlannedTraining DecideTraining(Fingerprint wanted, AssembledData data, StatCache own)
    {
        var settings = _inputs.Model!.Incremental;
        var begun = BegunAs(wanted.Hash);
        var decision = settings.Repeat is { } repeated ? LineageFile.Repeat(ProjectPath.Full(_inputs.ProjectFolder, repeated))
            : begun ?? new TrainingPolicy(settings).Decide(
                LastModelFile.Read(_inputs.OutputFolder, _inputs.ProjectFile), wanted, data.Meaning, new SettingsWithData(_inputs, data.Configuration, wanted).Of);
        AtomicFile.WriteIfDifferent(Output(OutputFiles.Decision), CanonicalJson.Write(decision, PlanJson.Canonical.TrainingDecision));
        return new PlannedTraining(Basis(begun, own), decision);
    }

    /// <summary>What <see cref="PlannedTraining.Basis"/> is.</summary>
    private string Basis(TrainingDecision? begun, StatCache own)
        => begun is not null ? $"{ContentHash.Of(CanonicalJson.Write(begun, PlanJson.Canonical.TrainingDecision))}" : HashOf(Stored(LastModelFile.Record), own);

    /// <summary>The decision with which the interrupted training of a key began; null where none goes on, or where the project asks for another one.</summary>
    private TrainingDecision? BegunAs(string key)
        => _inputs.Model is { Incremental: { FromScratch: false, Repeat: null } } ? _interrupted.DecisionOf(key) : null;

    /// <summary>How far the interrupted training of a key had come, in words; null where none goes on.</summary>
    private string? Resumes(string key)
        => _inputs.Model is { Incremental.FromScratch: true } && _interrupted.DecisionOf(key) is not (null or { Lineage.Way: TrainingWay.Scratch }) ? null : _interrupted.Find(key);

    /// <summary>NDB3060 where the model would be made from something else than what is locked.</summary>
    private Diagnostic? LockedDifference(DatasetMeaning data, Stage train)
    {
        if (_inputs.LockFile is not { } path)
        {
            return null;
        }

        var (locked, now) = (LockFile.Read(ProjectPath.Full(_inputs.ProjectFolder, path)), ModelLock.Of(data, train.Inputs));
        var differences = locked.DifferencesTo(now);
        return differences.Count > 0 ? LockDiagnostics.Differs(path, differences, locked.HasOtherPartsThan(now) ? _inputs.SplitRecordFile : null) : null;
    }

    private static ImmutableSortedDictionary<string, string> Hashes(StatCache own, params IEnumerable<string> paths)
        => paths.ToImmutableSortedDictionary(path => path, path => HashOf(path, own), StringComparer.Ordinal);

    private static string HashOf(string path, StatCache own) => own.Hash(path)?.ToString() ?? "";

    private string Output(string name) => Path.Combine(_inputs.OutputFolder, name);

    private string Stored(string name) => ProjectPath.Relative(_inputs.ProjectFolder, Output(name));
}
