using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NanoDet.Core.Diagnostics;

/// <summary>
/// Text that goes to a log or a console, with names from outside in it. A build server takes some lines for commands
/// (<c>##vso[…]</c>, <c>##[…]</c>, <c>##teamcity[…]</c>, <c>::error …</c>), and a terminal obeys control characters: a file
/// that is named so must not give orders, nor end a line and begin another.
/// </summary>
public static partial class PrintedText
{
    // Surrogates only have to be looked at: a pair is a character like any other.
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(character => IsUnprintable(character) || char.IsSurrogate(character))]);

    /// <summary>
    /// The text as one line without effect: control characters, line ends, marks that turn the direction of writing and unpaired
    /// surrogates as <c>\u000A</c>, and what a build server would take for a command broken in the same way. Text without
    /// them, and text that has been escaped, stays as it is.
    /// </summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = FirstUnprintable(text) is null ? text : EscapeCharacters(text);
        line = line.Contains("##", StringComparison.Ordinal) ? HashCommand().Replace(line, @"#\u0023$1") : line;
        var start = line.Length - line.AsSpan().TrimStart().Length;
        return line.AsSpan(start).StartsWith("::") ? string.Concat(line.AsSpan(0, start), @"\u003A", line.AsSpan(start + 1)) : line;
    }

    /// <summary>The first character that cannot be printed as it is; null where there is none.</summary>
    public static char? FirstUnprintable(ReadOnlySpan<char> text)
    {
        for (var start = 0; text[start..].IndexOfAny(Suspicious) is >= 0 and var offset; start += offset + 2)
        {
            if (!IsPair(text, start + offset))
            {
                return text[start + offset];
            }
        }

        return null;
    }

    private static string EscapeCharacters(string text)
    {
        var line = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPair(text, i))
            {
                line.Append(text[i++]).Append(text[i]);
            }
            else if (IsUnprintable(text[i]) || char.IsSurrogate(text[i]))
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
            }
            else
            {
                line.Append(text[i]);
            }
        }

        return line.ToString();
    }

    private static bool IsPair(ReadOnlySpan<char> text, int index) => index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);

    private static bool IsUnprintable(char character) => char.IsControl(character) || character is '\u2028' or '\u2029'
        or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    [GeneratedRegex(@"##([A-Za-z.]*\[)", RegexOptions.CultureInvariant)]
    private static partial Regex HashCommand();
}
