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
    private static readonly char[] Spaces = [' ', '\t', '\u00A0', '\u1680', .. Enumerable.Range(0x2000, 11).Select(code => (char)code), '\u202F', '\u205F', '\u3000'];

    // Left by word processors, pages and tables, and no part of any word: hyphens and spaces without width, marks of a direction or a file.
    private static readonly SearchValues<char> Traces = SearchValues.Create("\u00AD\u061C\u180E\u200B\u200E\u200F\u2060\uFEFF");

    /// <summary>Without spaces around it, without characters that are no part of a word, and with composed letters: what is the same text is one class.</summary>
    public static string Plain(string name)
    {
        if (Ascii.IsValid(name))
        {
            return name.Trim(Spaces);
        }

        var visible = name.AsSpan().ContainsAny(Traces) ? string.Concat(name.Where(character => !Traces.Contains(character))) : name;
        return ComposedLetters.Of(visible.Trim(Spaces));
    }

    /// <summary>The same, for a name that can be printed on a line: classes occur in logs, on pictures and in the code of programs.</summary>
    /// <param name="name">The name.</param>
    /// <param name="location">Its place.</param>
    /// <exception cref="NanoDetException">NDB1046.</exception>
    public static string Checked(string name, SourceLocation? location)
        => Plain(name) is var plain && PrintedText.FirstUnprintable(plain) is { } character
            ? throw new NanoDetException(LabelDiagnostics.UnprintableClass(location, plain, character))
            : plain;

    /// <summary>Why two names in their plain form can be taken for each other.</summary>
    /// <returns>In words; null where they differ to the eye.</returns>
    public static string? Likeness(string one, string other)
    {
        if (LookAlike.Of(one) != LookAlike.Of(other))
        {
            return null;
        }

        return one.Equals(other, StringComparison.OrdinalIgnoreCase) ? "their letters differ in case"
            : $"they differ in characters that look alike or cannot be seen ({Others(one, other)} and {Others(other, one)})";
    }

    /// <summary>The first character of a name that another one has not at its place.</summary>
    private static string Others(string name, string other)
    {
        var same = name.AsSpan().CommonPrefixLength(other);
        return same < name.Length ? string.Create(CultureInfo.InvariantCulture, $"U+{(int)name[same]:X4}") : "nothing";
    }
}
