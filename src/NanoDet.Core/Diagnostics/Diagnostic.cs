namespace NanoDet.Core.Diagnostics;

/// <summary>
/// One thing the user should know: a code with a page in <c>docs/diagnostics</c>, one sentence, and the place it is about.
/// Only the methods of the area classes (such as <c>LabelDiagnostics</c>) make one, with one method per code.
/// </summary>
/// <param name="Code"><c>NDB</c> and four digits; never reused.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="Message">One sentence without a closing full stop; names from outside are escaped here, see <see cref="PrintedText"/>.</param>
/// <param name="Location">The user's file, line and column; null where there is none.</param>
public sealed record Diagnostic(string Code, DiagnosticSeverity Severity, string Message, SourceLocation? Location = null)
{
    /// <summary>One sentence on one line, without a closing full stop.</summary>
    public string Message { get; } = PrintedText.Escape(Message);

    /// <summary>The canonical line that MSBuild parses: <c>file(line,column): error NDB1001: sentence</c>.</summary>
    public override string ToString()
    {
        var severity = Severity == DiagnosticSeverity.Error ? "error" : "warning";
        return $"{Location?.ToString() ?? "NanoDet"}: {severity} {Code}: {Message}";
    }
}
