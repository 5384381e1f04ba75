using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Pipeline.Diagnostics;

/// <summary>NDB440x: continuing from the last model.</summary>
public static class IncrementalDiagnostics
{
    /// <summary>NDB4401: the project asks to continue from the last model, but that is not possible.</summary>
    public static Diagnostic NothingToGoOnFrom(string reason)
        => new("NDB4401", Error, $"NanoDetIncremental is 'finetune', but training cannot continue from the last model: {reason}");

    /// <summary>NDB4402: the data changed, but the last model is kept.</summary>
    public static Diagnostic ModelKept(string reason)
        => new("NDB4402", Warning, $"The last model is kept: {reason}");

    /// <summary>NDB4403: the project asks to keep the last model, but there is none.</summary>
    public static Diagnostic NothingToKeep()
        => new("NDB4403", Error, "NanoDetIncremental is 'never', but there is no earlier model to keep");

    /// <summary>NDB4404: the weights to continue from are not those that the plan saw.</summary>
    public static Diagnostic WrongParent(string path)
        => new("NDB4404", Error, "The weights to continue from are missing or differ from those that the plan saw", new SourceLocation(path));
}
