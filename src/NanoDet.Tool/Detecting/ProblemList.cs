using NanoDet.Core.Diagnostics;

namespace NanoDet.Tool.Detecting;

/// <summary>Problems that end nothing: told on standard error as they come, remembered for the exit code.</summary>
internal sealed class ProblemList
{
    /// <summary>Whether an error was among them.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Tells a problem.</summary>
    public void Add(Diagnostic problem)
    {
        HasErrors |= problem.Severity == DiagnosticSeverity.Error;
        Console.Error.WriteLine(problem);
    }
}
