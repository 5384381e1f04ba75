using System.Collections.Immutable;

namespace NanoDet.Tool.Watching;

/// <summary>How a training stands at a moment.</summary>
/// <param name="Progress">What it has told.</param>
/// <param name="Waiting">The stages of the build that are not done, the current one first.</param>
/// <param name="IsRunning">Whether a process trains.</param>
/// <param name="IsDone">Whether nothing more will come.</param>
internal sealed record WatchState(TrainingProgress Progress, ImmutableArray<string> Waiting, bool IsRunning, bool IsDone);
