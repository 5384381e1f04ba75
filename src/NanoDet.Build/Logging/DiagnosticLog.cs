using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;

namespace NanoDet.Build.Logging;

/// <summary>
/// Writes diagnostics to MSBuild's log, with code, file, line and column in their own fields, so that <c>NoWarn</c> and
/// <c>WarningsAsErrors</c> apply and editors can jump to the place, and with a link to the page in the package. What has no
/// place of its own is placed at the project file: MSBuild would name the file of ours that contains the task.
/// </summary>
internal sealed class DiagnosticLog(TaskLoggingHelper log, string projectFile, string projectFolder, string documentationFolder, WarningRules rules)
{
    private const int MostOfACode = 20;

    private readonly List<Diagnostic> _told = [];

    /// <summary>Everything that was written or kept, and what was left out after the first twenty of a code, without what is silent; with the severities that the project gives it.</summary>
    public IReadOnlyCollection<Diagnostic> Told => _told;

    /// <summary>
    /// Writes many diagnostics: the first twenty of each code, and then one that gives their number. It has the same code, so that
    /// a setting that suppresses the others or turns them into errors applies to it too.
    /// </summary>
    /// <param name="diagnostics">The diagnostics.</param>
    /// <param name="list">The file that lists all of them.</param>
    public void Write(IReadOnlyCollection<Diagnostic> diagnostics, string list)
    {
        var told = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var diagnostic in diagnostics)
        {
            var number = told[diagnostic.Code] = told.GetValueOrDefault(diagnostic.Code) + 1;
            Keep(diagnostic);
            if (number <= MostOfACode)
            {
                Show(diagnostic);
            }
        }

        foreach (var (code, count) in told.Where(entry => entry.Value > MostOfACode))
        {
            var severity = diagnostics.First(diagnostic => diagnostic.Code == code).Severity;
            Show(new Diagnostic(code, severity, $"Only {MostOfACode} of {count} messages with this code are shown; {list} lists all of them"));
        }
    }

    /// <summary>Writes a line for the user; names from outside are escaped, see <see cref="PrintedText"/>.</summary>
    public void Say(MessageImportance importance, string line) => log.LogMessage(importance, "{0}", PrintedText.Escape(line));

    /// <summary>Writes one diagnostic.</summary>
    public void Write(Diagnostic diagnostic)
    {
        Keep(diagnostic);
        Show(diagnostic);
    }

    /// <summary>Writes all that ended an operation: of a label file, each of its errors.</summary>
    public void Write(NanoDetException exception)
    {
        foreach (var diagnostic in exception.Diagnostics)
        {
            Write(diagnostic);
        }
    }

    /// <summary>Keeps one that another task writes, for a file of this one.</summary>
    public void Keep(Diagnostic diagnostic)
    {
        if (rules.Judge(diagnostic) is { } judged)
        {
            _told.Add(judged);
        }
    }

    private void Show(Diagnostic diagnostic)
    {
        var (file, line, column) = diagnostic.Location is { } location
            ? (PrintedText.Escape(ProjectPath.Full(projectFolder, location.File)), location.Line, location.Column)
            : (PrintedText.Escape(projectFile), 0, 0);
        var isWarning = diagnostic.Severity == DiagnosticSeverity.Warning;

        // The overloads without arguments take the text literally: a brace in a path is not a placeholder.
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
