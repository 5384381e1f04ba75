using NanoDet.Core.Diagnostics;

namespace NanoDet.Tool.Detecting;

/// <summary>Collects problems that do not stop the work: it reports them on standard error and keeps them for the exit code.</summary>
internal sealed class ProblemList
{
    /// <summary>Whether there was an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Reports a problem.</summary>
    public void Add(Diagnostic problem)
    {
        HasErrors |= problem.Severity == DiagnosticSeverity.Error;
        Console.Error.WriteLine(problem);
    }
}
