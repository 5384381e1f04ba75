using System.Diagnostics;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>
/// Watches a build from outside, and knows what it does: <c>plan</c> until the first worker starts (which is all that a build
/// does whose model is restored), then what the workers do, and <c>describe</c> after the last.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="build">The build.</param>
internal sealed class BuildLife(BuildProject project, RunningBuild build)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(30);

    // An earlier build's worker may live on for a moment after its MSBuild was killed.
    private readonly HashSet<int> _orphans = [.. WorkerProcesses.Of(project)];

    /// <summary>What it does; as of the last look.</summary>
    public string Moment { get; private set; } = "plan";

    /// <summary>Its workers.</summary>
    public IEnumerable<(int Process, string Verb)> Workers => WorkerProcesses.VerbsOf(project).Where(worker => !_orphans.Contains(worker.Process));

    /// <summary>Waits until it does something.</summary>
    /// <returns>False where it came to its end without.</returns>
    public async Task<bool> ReachAsync(string moment)
    {
        for (Look(); Moment != moment; Look())
        {
            if (build.Command.HasExited)
            {
                return false;
            }

            await Task.Delay(Step, TestContext.Current.CancellationToken);
        }

        return true;
    }

    /// <summary>Watches it to its end.</summary>
    /// <returns>How long each moment took.</returns>
    public async Task<Dictionary<string, TimeSpan>> WatchAsync()
    {
        var lengths = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        for (var watch = Stopwatch.StartNew(); !build.Command.HasExited; watch.Restart())
        {
            await Task.Delay(Step, TestContext.Current.CancellationToken);
            Look();
            lengths[Moment] = lengths.GetValueOrDefault(Moment) + watch.Elapsed;
        }

        return lengths;
    }

    private void Look() => Moment = Workers.Select(worker => worker.Verb).FirstOrDefault() ?? (Moment == "evaluate" ? "describe" : Moment);
}
