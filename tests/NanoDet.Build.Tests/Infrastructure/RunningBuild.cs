namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>A build that runs.</summary>
/// <param name="Command">Its process.</param>
/// <param name="BinaryLog">The binary log that it writes.</param>
internal sealed record RunningBuild(RunningCommand Command, string BinaryLog)
{
    /// <summary>Waits for its end.</summary>
    public async Task<BuildOutcome> EndAsync()
    {
        var (exitCode, output) = await Command.EndAsync();
        return new BuildOutcome(exitCode, output, BinaryLog);
    }
}
