using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Pipeline.Diagnostics;

/// <summary>NDB907x: the tasks of the build.</summary>
public static class TaskDiagnostics
{
    /// <summary>NDB9070: a task ended for a reason that it does not know.</summary>
    /// <param name="task">The name of the task.</param>
    /// <param name="reason">What the exception says.</param>
    public static Diagnostic Unexpected(string task, string reason)
        => new("NDB9070", Error, $"The task {task} ended unexpectedly, which is a fault of NanoDet.Build: {reason.ReplaceLineEndings(" ").TrimEnd('.')}");
}
