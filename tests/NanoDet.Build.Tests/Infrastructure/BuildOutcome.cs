using Microsoft.Build.Logging.StructuredLogger;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>A build that has ended.</summary>
/// <param name="ExitCode">0 where it succeeded.</param>
/// <param name="Output">What it printed.</param>
/// <param name="BinaryLog">Its binary log.</param>
internal sealed record BuildOutcome(int ExitCode, string Output, string BinaryLog)
{
    private readonly Lazy<Microsoft.Build.Logging.StructuredLogger.Build> _log = new(() => Microsoft.Build.Logging.StructuredLogger.BinaryLog.ReadBuild(BinaryLog));

    /// <summary>Our tasks that were executed, in order.</summary>
    public IReadOnlyList<string> Tasks => [.. _log.Value.FindChildrenRecursive<Microsoft.Build.Logging.StructuredLogger.Task>()
        .Where(task => task.FromAssembly?.Contains("NanoDet.Build", StringComparison.Ordinal) == true)
        .Select(task => task.Name.Split('.')[^1])];

    /// <summary>Messages that tasks of ours left in the log.</summary>
    public IEnumerable<string> Messages => _log.Value.FindChildrenRecursive<Message>().Select(message => message.Text);

    /// <summary>Warnings and errors, with their places.</summary>
    public IEnumerable<AbstractDiagnostic> Diagnostics => _log.Value.FindChildrenRecursive<AbstractDiagnostic>();
}
