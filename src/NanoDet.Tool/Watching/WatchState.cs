using System.Collections.Immutable;

namespace NanoDet.Tool.Watching;

/// <summary>The state of a training at a moment.</summary>
/// <param name="Progress">Its reported progress.</param>
/// <param name="Waiting">The stages of the build that are not done, the current one first.</param>
/// <param name="IsRunning">Whether a process is training.</param>
/// <param name="IsBuilding">Whether a build works in the folder.</param>
/// <param name="IsDone">Whether it has ended for good.</param>
internal sealed record WatchState(TrainingProgress Progress, ImmutableArray<string> Waiting, bool IsRunning, bool IsBuilding, bool IsDone);
