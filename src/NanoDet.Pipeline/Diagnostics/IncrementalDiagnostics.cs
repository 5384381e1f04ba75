using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Pipeline.Diagnostics;

/// <summary>NDB440x: going on from the last model.</summary>
public static class IncrementalDiagnostics
{
    /// <summary>NDB4401: the project asks for going on from the last model, and that cannot be done.</summary>
    public static Diagnostic NothingToGoOnFrom(string reason)
        => new("NDB4401", Error, $"NanoDetIncremental is 'finetune', but training cannot go on from the last model: {reason}");

    /// <summary>NDB4402: the data changed and the last model stays.</summary>
    public static Diagnostic ModelKept(string reason)
        => new("NDB4402", Warning, $"The model stays as it is: {reason}");

    /// <summary>NDB4403: the project asks for keeping the last model, and there is none.</summary>
    public static Diagnostic NothingToKeep()
        => new("NDB4403", Error, "NanoDetIncremental is 'never', but there is no earlier model to keep");

    /// <summary>NDB4404: the weights to go on from are not those that were decided about.</summary>
    public static Diagnostic WrongParent(string path)
        => new("NDB4404", Error, "The weights to go on from are missing or not those that the plan saw", new SourceLocation(path));
}
