using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoDet.Core.Diagnostics;

/// <summary>Reads the canonical line that <see cref="Diagnostic.ToString"/> writes; a process reports to its parent in this form.</summary>
internal static partial class DiagnosticLine
{
    /// <summary>Parses a line; null if it is not one of our diagnostics.</summary>
    public static Diagnostic? TryParse(string line)
    {
        if (Pattern().Match(line) is not { Success: true } match)
        {
            return null;
        }

        var severity = match.Groups["severity"].Value == "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
        SourceLocation? place = match.Groups["file"].Value is "NanoDet" ? null
            : new SourceLocation(match.Groups["file"].Value, Number(match.Groups["line"]), Number(match.Groups["column"]));
        return new Diagnostic(match.Groups["code"].Value, severity, match.Groups["message"].Value, place);
    }

    private static int Number(Group digits) => int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // Without backtracking, so that the time is linear in the length of any line.
    [GeneratedRegex(@"^(?<file>.+?)(\((?<line>[0-9]+)(,(?<column>[0-9]+))?\))?: (?<severity>error|warning) (?<code>NDB[0-9]{4}): (?<message>.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
