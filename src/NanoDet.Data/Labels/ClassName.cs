using System.Buffers;
using System.Globalization;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels.Letters;

namespace NanoDet.Data.Labels;

/// <summary>The form in which names of classes are compared, wherever they were read.</summary>
internal static class ClassName
{
    // Those that people type and cannot see; what controls a terminal is refused.
    private static readonly char[] Spaces = [' ', '\t', '\u00A0', '\u1680', .. Enumerable.Range(0x2000, 11).Select(code => (char)code), '\u202F', '\u205F', '\u2800', '\u3000'];

    // Left by word processors, pages and tables, and no part of any word: hyphens, spaces and signs of formulas without width, marks of a
    // direction or a file, and fillers of Hangul, which are typed for an empty name.
    private static readonly SearchValues<char> Traces = SearchValues.Create("\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2060\u2061\u2062\u2063\u2064\u3164\uFEFF\uFFA0");

    private static readonly SearchValues<char> Unseen = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(code => Traces.Contains(code) || IsVariation(code))]);

    /// <summary>Without spaces around it, without characters that are no part of a word, and with composed letters: what is the same text is one class.</summary>
    public static string Plain(string name)
    {
        if (Ascii.IsValid(name))
        {
            return name.Trim(Spaces);
        }

        return ComposedLetters.Of(Visible(name).Trim(Spaces));
    }

    private static string Visible(string name)
    {
        if (!name.AsSpan().ContainsAny(Unseen))
        {
            return name;
        }

        var visible = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            // The choice of a glyph means something with emoji, keycaps and the letters of some scripts, and nothing with Latin letters.
            var isTrace = IsVariation(character) ? visible is not [.., var before] || (char.IsAscii(before) && !char.IsAsciiDigit(before) && before is not ('#' or '*')) : Traces.Contains(character);
            if (!isTrace)
            {
                visible.Append(character);
            }
        }

        return visible.ToString();
    }

    private static bool IsVariation(char character) => character is >= '\uFE00' and <= '\uFE0F';

    /// <summary>The same, for a name that can be printed on a line: classes occur in logs, on pictures and in the code of programs.</summary>
    /// <param name="name">The name.</param>
    /// <param name="location">Its place.</param>
    /// <exception cref="NanoDetException">NDB1046.</exception>
    public static string Checked(string name, SourceLocation? location)
        => Plain(name) is var plain && PrintedText.FirstUnprintable(plain) is { } character
            ? throw new NanoDetException(LabelDiagnostics.UnusableClass(location, plain, character))
            : plain;

    /// <summary>The same, where an empty name is a mistake: a model without a name for a class is refused by those who read it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="location">Its place.</param>
    /// <exception cref="NanoDetException">NDB1046.</exception>
    public static string Required(string name, SourceLocation? location)
        => Checked(name, location) is { Length: > 0 } plain ? plain : throw new NanoDetException(LabelDiagnostics.UnusableClass(location, "", null));

    /// <summary>Why two names in their plain form can be taken for each other.</summary>
    /// <returns>In words; null where they differ to the eye.</returns>
    public static string? Likeness(string one, string other)
    {
        if (LookAlike.Of(one) != LookAlike.Of(other))
        {
            return null;
        }

        var differences = LookAlike.Differences(one, other);
        return differences.FirstOrDefault(difference => !IsOfCase(difference)) is var (left, right) && (left, right) != default
            ? $"they differ in characters that look alike or cannot be seen ({Code(left)} and {Code(right)})" : "their letters differ in case";
    }

    /// <summary>Of names that look alike, the one that is spelt most like another.</summary>
    /// <param name="names">The names, at least one.</param>
    /// <param name="name">The other one.</param>
    public static string Nearest(IEnumerable<string> names, string name) => names.MinBy(other => LookAlike.Differences(other, name).Count)!;

    private static bool IsOfCase((char? One, char? Other) difference)
        => difference is ({ } one, { } other) && char.ToUpperInvariant(one) == char.ToUpperInvariant(other);

    private static string Code(char? character) => character is { } there ? string.Create(CultureInfo.InvariantCulture, $"U+{(int)there:X4}") : "nothing";
}
