using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Folders;

namespace NanoDet.Pipeline.Stages;

/// <summary>Runs a stage of the plan completely, once, and by one build at a time.</summary>
/// <param name="OutputFolder">The folder of the plan.</param>
/// <param name="Patience">How long to wait for another build.</param>
public sealed record StageRunner(string OutputFolder, TimeSpan Patience)
{
    /// <summary>The data set of a plan that this process made; null for none.</summary>
    public PlannedDataset? Planned { get; init; }

    /// <summary>Gets a line for people, once, if a stage has to wait for another build.</summary>
    public Action<string>? Waiting { get; init; }

    /// <summary>Is called, under the lock, with a stage that begins to run and its key: what was made before is still there, with its records.</summary>
    public Action<string, string>? Beginning { get; init; }

    /// <summary>Makes the outputs of a stage from the data set, and records their inputs.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="key">Its key in this build's plan.</param>
    /// <param name="make">Returns the outputs by their names in the output folder.</param>
    /// <param name="cancellation">Stops waiting for another build.</param>
    /// <returns>Whether it ran; another build may have done it in the meantime.</returns>
    /// <exception cref="NanoDetException">NDB9050, NDB9051, NDB9053 or NDB9054.</exception>
    public bool Run(string stage, string key, Func<Dataset, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> make, CancellationToken cancellation)
        => RunOnce(stage, key, _ =>
        {
            var outputs = make(PlannedDataset.Read(Path.Combine(OutputFolder, OutputFiles.Dataset), Planned));
            Forget([stage, .. Stage.After(stage)]);
            foreach (var (name, content) in outputs)
            {
                AtomicFile.WriteIfDifferent(Path.Combine(OutputFolder, name), content);
            }

            return outputs.Select(output => KeyValuePair.Create(output.Key, ContentHash.Of(output.Value.Span).ToString()));
        }, cancellation);

    /// <summary>Runs a stage that writes its outputs itself, and records their inputs.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="key">Its key in this build's plan.</param>
    /// <param name="make">
    /// Writes into the output folder and returns the names of the files; a name that ends with a slash is a folder, whose files
    /// are compared by name. If it throws, the stage has not run, and its files stay for the next time: a training
    /// resumes from its checkpoint.
    /// </param>
    /// <param name="cancellation">Stops waiting for another build.</param>
    /// <returns>Whether it ran; another build may have done it in the meantime.</returns>
    /// <exception cref="NanoDetException">NDB4203, NDB9050, NDB9051, NDB9053 or NDB9054.</exception>
    public bool Run(string stage, string key, Func<IEnumerable<string>> make, CancellationToken cancellation)
        => RunOnce(stage, key, isRepair =>
        {
            Forget(isRepair ? [stage] : [stage, .. Stage.After(stage)]);
            return make().Select(name => KeyValuePair.Create(name, HashOf(stage, name)));
        }, cancellation);

    /// <summary>
    /// Whether a stage has nothing to do although the plan says that it runs: the stage before only made lost outputs again, and
    /// they are the same as before.
    /// </summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="key">Its key in this build's plan.</param>
    public bool IsDone(string stage, string key)
        => StageRecord.Read(StageRecord.DonePath(OutputFolder, stage)) is { } done && done.Key == key && IsWhole(done);

    private bool RunOnce(string stage, string key, Func<bool, IEnumerable<KeyValuePair<string, string>>> make, CancellationToken cancellation)
    {
        try
        {
            using var gate = FolderLock.Take(OutputFolder, Patience, cancellation, Waiting);
            var wantedPath = StageRecord.WantedPath(OutputFolder, stage);
            var wanted = StageRecord.ReadInputs(wantedPath)
                ?? throw new NanoDetException(FolderDiagnostics.IntermediateDamaged(wantedPath, "it is not what the plan wrote"));
            if (wanted.Hash != key)
            {
                throw new NanoDetException(FolderDiagnostics.OtherPlan(OutputFolder));
            }

            var done = StageRecord.Read(StageRecord.DonePath(OutputFolder, stage));
            var isRepair = done?.Key == wanted.Hash;
            if (isRepair && IsWhole(done!))
            {
                return false;
            }

            Beginning?.Invoke(stage, key);
            var outputs = make(isRepair).ToImmutableSortedDictionary(StringComparer.Ordinal);
            if (isRepair && !outputs.SequenceEqual(done!.Outputs))
            {
                Forget(Stage.After(stage));
            }

            // A record that somebody edited may name any file.
            foreach (var stale in done?.Outputs.Keys.Except(outputs.Keys).Where(IsFileInside) ?? [])
            {
                File.Delete(Path.Combine(OutputFolder, stale));
            }

            StageRecord.Write(StageRecord.DonePath(OutputFolder, stage), wanted, outputs);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(FolderDiagnostics.NotAccessible(exception.Message), exception);
        }
    }

    /// <summary>
    /// Deletes the records of a stage that begins to run, and of the stages that read its outputs. If lost outputs
    /// are made again from the same inputs, this is known only afterwards: if the stage is stopped, it has no record, so the next
    /// build does not treat it as a repair.
    /// </summary>
    private void Forget(IEnumerable<string> stages)
    {
        foreach (var name in stages)
        {
            File.Delete(StageRecord.DonePath(OutputFolder, name));
        }
    }

    private bool IsFileInside(string name)
        => !name.EndsWith('/') && Path.GetFullPath(Path.Combine(OutputFolder, name)).StartsWith(Path.TrimEndingDirectorySeparator(OutputFolder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private bool IsWhole(StageRecord done) => done.Outputs.All(output => Find(output.Key)?.ToString() == output.Value);

    private string HashOf(string stage, string name)
        => Find(name)?.ToString() ?? throw new NanoDetException(WorkerDiagnostics.OutputMissing(stage, name));

    private ContentHash? Find(string name) => Path.Combine(OutputFolder, name) switch
    {
        var path when name.EndsWith('/') => FolderListing.Of(path),
        var path => File.Exists(path) ? ContentHash.OfFile(path) : null,
    };
}
