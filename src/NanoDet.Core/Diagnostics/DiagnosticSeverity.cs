namespace NanoDet.Core.Diagnostics;

/// <summary>The severity of a diagnostic: an error fails the build; after a warning the build continues.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The user should look at it.</summary>
    Warning,

    /// <summary>The work cannot be done as asked.</summary>
    Error,
}
