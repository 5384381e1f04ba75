using System.Collections.Immutable;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Tool.Watching;

/// <summary>The folder of a training, and the folder of its build.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="TrainFolder">The folder with <c>progress.jsonl</c>.</param>
/// <param name="BuildFolder">The folder with the records of the stages; null for a training that was started by hand.</param>
internal sealed record WatchedTraining(string Name, string TrainFolder, string? BuildFolder)
{
    /// <summary>The name of the progress file.</summary>
    public const string ProgressName = "progress.jsonl";

    private static readonly ImmutableArray<string> Stages = [.. Stage.After("augment").Prepend("augment")];

    /// <summary>The progress file.</summary>
    public string ProgressPath => Path.Combine(TrainFolder, ProgressName);

    /// <summary>Whether there is progress, or a build is about to train.</summary>
    public bool Exists => File.Exists(ProgressPath) || Waiting().Contains("train");

    /// <summary>Reads the current state.</summary>
    public WatchState Read()
    {
        var waiting = Waiting();
        var progress = TrainingProgress.Read(ProgressPath);
        var isDone = BuildFolder is null ? progress.Ending is not null : !waiting.Contains("train");
        return new WatchState(progress, waiting, FolderLock.IsTaken(TrainFolder), BuildFolder is not null && FolderLock.IsTaken(BuildFolder), isDone);
    }

    /// <summary>The stages of the last plan that are not done yet, in order.</summary>
    private ImmutableArray<string> Waiting() => BuildFolder is null ? [] : [.. Stages.Where(IsWaiting)];

    private bool IsWaiting(string stage)
    {
        try
        {
            return StageRecord.Read(StageRecord.WantedPath(BuildFolder!, stage)) is { } wanted
                && wanted.Key != StageRecord.Read(StageRecord.DonePath(BuildFolder!, stage))?.Key;
        }
        catch (IOException)
        {
            // The file is just being replaced.
            return true;
        }
    }
}
