using NanoDet.Core.Diagnostics;

namespace NanoDet.Build.Logging;

/// <summary>
/// What a project says about warnings. MSBuild itself obeys <c>WarningsAsErrors</c> and <c>NoWarn</c> for the warnings of tasks, and
/// leaves <c>TreatWarningsAsErrors</c> to them; an error made of a warning is beyond <c>NoWarn</c>.
/// </summary>
/// <param name="all">Whether every warning is an error.</param>
/// <param name="exceptions">Codes that stay warnings all the same.</param>
/// <param name="silent">Codes that are not told.</param>
/// <param name="errors">Codes whose warnings MSBuild itself makes errors.</param>
internal sealed class WarningRules(bool all, string exceptions, string silent, string errors)
{
    private readonly HashSet<string> _errors = Codes(errors);
    private readonly HashSet<string> _exceptions = Codes(exceptions);
    private readonly HashSet<string> _silent = Codes(silent);

    /// <summary>Whether a warning is not told.</summary>
    public bool IsSilent(string code) => _silent.Contains(code);

    /// <summary>Whether a warning is an error.</summary>
    public bool IsError(string code) => all && !_exceptions.Contains(code);

    /// <summary>A diagnostic with the severity that it has in the end; null if it is not told.</summary>
    public Diagnostic? Judge(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error ? diagnostic
        : IsSilent(diagnostic.Code) ? null
        : IsError(diagnostic.Code) || (_errors.Contains(diagnostic.Code) && !_exceptions.Contains(diagnostic.Code)) ? diagnostic with { Severity = DiagnosticSeverity.Error }
        : diagnostic;

    private static HashSet<string> Codes(string list)
        => new(list.Split([';', ',', ' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
