using System.Collections.Immutable;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Tool.Watching;

/// <summary>The folder of a training, and that of the build that it is part of.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="TrainFolder">The folder with <c>progress.jsonl</c>.</param>
/// <param name="BuildFolder">The folder with the records of the stages; null for a training that was started by hand.</param>
internal sealed record WatchedTraining(string Name, string TrainFolder, string? BuildFolder)
{
    /// <summary>The file that a training tells of itself in.</summary>
    public const string ProgressName = "progress.jsonl";

    private static readonly ImmutableArray<string> Stages = [.. Stage.After("augment").Prepend("augment")];

    /// <summary>The file that is followed.</summary>
    public string ProgressPath => Path.Combine(TrainFolder, ProgressName);

    /// <summary>Whether there is something to see, or a build is about to train.</summary>
    public bool Exists => File.Exists(ProgressPath) || Waiting().Contains("train");

    /// <summary>How things stand.</summary>
    public WatchState Read()
    {
        var waiting = Waiting();
        var progress = TrainingProgress.Read(ProgressPath);
        var isDone = BuildFolder is null ? progress.Ending is not null : !waiting.Contains("train");
        return new WatchState(progress, waiting, FolderLock.IsTaken(TrainFolder), isDone);
    }

    /// <summary>The stages that the last plan asked for and that are not done, in order.</summary>
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
            // Just being replaced.
            return true;
        }
    }
}
