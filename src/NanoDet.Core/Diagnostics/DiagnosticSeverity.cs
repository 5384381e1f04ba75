namespace NanoDet.Core.Diagnostics;

/// <summary>How a diagnostic weighs: an error fails the build, a warning is told and the build goes on.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The user should look at it.</summary>
    Warning,

    /// <summary>The work cannot be done as asked.</summary>
    Error,
}
