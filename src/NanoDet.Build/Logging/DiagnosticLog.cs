using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;

namespace NanoDet.Build.Logging;

/// <summary>
/// Tells diagnostics to MSBuild: code, file, line and column in their own fields, so that <c>NoWarn</c> and
/// <c>WarningsAsErrors</c> know them and editors can jump there, and a link to the page that came with the package.
/// </summary>
internal sealed class DiagnosticLog(TaskLoggingHelper log, string projectFolder, string documentationFolder, WarningRules rules)
{
    private const int MostOfACode = 20;

    /// <summary>
    /// Tells many: of each code the first twenty, then how many more there are. The last is of the same code, so that what
    /// silences or hardens the others counts for it too.
    /// </summary>
    /// <param name="diagnostics">The diagnostics.</param>
    /// <param name="list">The file that lists all of them.</param>
    public void Write(IReadOnlyCollection<Diagnostic> diagnostics, string list)
    {
        var told = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var diagnostic in diagnostics)
        {
            var number = told[diagnostic.Code] = told.GetValueOrDefault(diagnostic.Code) + 1;
            if (number <= MostOfACode)
            {
                Write(diagnostic);
            }
        }

        foreach (var (code, count) in told.Where(entry => entry.Value > MostOfACode))
        {
            var severity = diagnostics.First(diagnostic => diagnostic.Code == code).Severity;
            Write(new Diagnostic(code, severity, $"There are {count - MostOfACode} more of these, {count} in all; {list} lists them"));
        }
    }

    /// <summary>Says a line to people; names from outside are escaped, see <see cref="PrintedText"/>.</summary>
    public void Say(MessageImportance importance, string line) => log.LogMessage(importance, "{0}", PrintedText.Escape(line));

    /// <summary>Tells one diagnostic.</summary>
    public void Write(Diagnostic diagnostic)
    {
        var (file, line, column) = diagnostic.Location is { } location
            ? (PrintedText.Escape(ProjectPath.Full(projectFolder, location.File)), location.Line, location.Column)
            : (null, 0, 0);
        var isWarning = diagnostic.Severity == DiagnosticSeverity.Warning;

        // The overloads without arguments take the text as it is: a brace in a path is no placeholder.
        if (isWarning && rules.IsSilent(diagnostic.Code))
        {
            log.LogMessage(null, diagnostic.Code, null, file, line, column, 0, 0, MessageImportance.Low, diagnostic.Message, []);
        }
        else if (!isWarning || rules.IsError(diagnostic.Code))
        {
            log.LogError(null, diagnostic.Code, null, Page(diagnostic.Code), file, line, column, 0, 0, diagnostic.Message, []);
        }
        else
        {
            log.LogWarning(null, diagnostic.Code, null, Page(diagnostic.Code), file, line, column, 0, 0, diagnostic.Message, []);
        }
    }

    private string? Page(string code)
    {
        var path = Path.GetFullPath(Path.Combine(documentationFolder, $"{code}.md"));
        return documentationFolder.Length > 0 && File.Exists(path) ? new Uri(path).AbsoluteUri : null;
    }
}
