using System.Globalization;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>
/// Recognises lists of classes that were copied out of something else, with its numbers, quotes or commas, which would become parts of
/// the names.
/// </summary>
internal static class DecoratedList
{
    private static readonly string[] Bullets = ["- ", "* ", "• "];

    /// <summary>Looks at the lines of a list.</summary>
    /// <param name="lines">The lines, without white space around them; none is empty.</param>
    /// <returns>What they look like, and what to write, in sentences without the last full stop; null where they are names.</returns>
    public static string? Find(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return null;
        }

        var first = lines[0];
        if (first.StartsWith('[') || first.StartsWith('{') || first is "names:" || first.StartsWith("names: ", StringComparison.Ordinal))
        {
            return Told("The lines look like a list of Python, JSON or YAML", first, "one name on each line, without brackets, quotes and commas");
        }

        if (All(lines, line => IsQuoted(line.TrimEnd(','))) || (lines.Count > 1 && All(lines.SkipLast(1), line => line.EndsWith(','))))
        {
            return Told("The lines have quotes or commas", first, $"the names alone, such as {first.TrimEnd(',').Trim('"', '\'')}");
        }

        if (Array.Find(Bullets, bullet => All(lines, line => line.StartsWith(bullet, StringComparison.Ordinal))) is { } mark)
        {
            return Told($"The lines begin with '{mark.Trim()}', as in YAML", first, $"the names alone, such as {first[mark.Length..]}");
        }

        if (lines is [_] && first.Contains(',', StringComparison.Ordinal))
        {
            return Told("The line has several names with commas", first, "one name on each line");
        }

        // "1 euro" and "2 euro" are names, and so are "player 0" and "player 1".
        return CountFrom(lines, 0, number => $"{number} ") || CountFrom(lines, 0, number => $"{number}:") || CountFrom(lines, 1, number => $"{number}:")
            || CountFrom(lines, 0, number => $"{number}. ") || CountFrom(lines, 1, number => $"{number}. ") || CountFrom(lines, 1, number => $"{number}) ")
            ? $"The lines begin with numbers, which would be parts of the names ('{DiagnosticText.Shorten(first)}'). Write the names alone: the first line is the class 0, the second 1 and so on"
            : IsNumberedBehind(lines)
            ? $"The lines end with numbers, which would be parts of the names ('{DiagnosticText.Shorten(first)}'). Write the names alone: the first line is the class 0, the second 1 and so on"
            : null;
    }

    private static string Told(string what, string first, string write) => $"{what} ('{DiagnosticText.Shorten(first)}'), which would be parts of the names. Write {write}";

    private static bool IsQuoted(string line) => line.Length > 2 && line[0] is '"' or '\'' && line[^1] == line[0];

    private static bool CountFrom(IReadOnlyList<string> lines, int first, Func<int, FormattableString> start)
        => lines.Index().All(entry => entry.Item.StartsWith(start(entry.Index + first).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    /// <summary>Whether all lines end with their number, from 0, and differ in what is before it.</summary>
    private static bool IsNumberedBehind(IReadOnlyList<string> lines)
        => lines.Index().All(entry => entry.Item.EndsWith(string.Create(CultureInfo.InvariantCulture, $" {entry.Index}"), StringComparison.Ordinal))
            && lines.Select(line => line[..line.LastIndexOf(' ')]).Distinct(StringComparer.OrdinalIgnoreCase).Count() == lines.Count;

    private static bool All(IEnumerable<string> lines, Func<string, bool> condition) => lines.All(condition);
}
