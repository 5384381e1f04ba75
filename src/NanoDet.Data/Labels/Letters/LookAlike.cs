using System.Collections.Frozen;
using System.Text;

namespace NanoDet.Data.Labels.Letters;

/// <summary>
/// How a name looks to people: two that look alike may be a slip of the keyboard, so that somebody is asked. Letters of one script are
/// no others than they seem where a name is in that script alone, so nothing but a question may follow from it.
/// </summary>
internal static class LookAlike
{
    private const string Cyrillic = "АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХX";
    private const string Greek = "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";

    // Those of full width are as far from the others everywhere.
    private const char FirstWide = '\uFF01', LastWide = '\uFF5E';
    private const int WideToOrdinary = FirstWide - '!';

    private static readonly FrozenDictionary<char, char> Latin = (Cyrillic + Greek).Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToFrozenDictionary();

    /// <summary>A form that is equal for names that look alike: in capitals, in Latin letters as far as they seem such, and with one kind of space.</summary>
    /// <param name="name">The name, with composed letters.</param>
    public static string Of(string name)
    {
        if (Ascii.IsValid(name) && !name.Contains("  ", StringComparison.Ordinal))
        {
            return name.ToUpperInvariant();
        }

        var seen = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (IsUnseen(character))
            {
                continue;
            }

            var ordinary = IsSpace(character) ? ' ' : character is >= FirstWide and <= LastWide ? (char)(character - WideToOrdinary) : character;
            if (ordinary != ' ' || seen is not [.., ' '])
            {
                seen.Append(Latin.GetValueOrDefault(char.ToUpperInvariant(ordinary), char.ToUpperInvariant(ordinary)));
            }
        }

        return seen.ToString();
    }

    /// <summary>Where two names that look alike differ, character for character from the left; null where one of them has nothing.</summary>
    /// <param name="one">A name.</param>
    /// <param name="other">Another one with the same form.</param>
    public static List<(char? One, char? Other)> Differences(string one, string other)
    {
        var found = new List<(char?, char?)>();
        for (var (i, j) = (0, 0); i < one.Length || j < other.Length;)
        {
            char? left = i < one.Length ? one[i] : null, right = j < other.Length ? other[j] : null;
            var isSame = left == right;
            var isMore = !isSame && IsMore(one, i);
            var isLess = !isSame && !isMore && IsMore(other, j);
            if (!isSame)
            {
                found.Add((isLess ? null : left, isMore ? null : right));
            }

            i += isLess || left is null ? 0 : 1;
            j += isMore || right is null ? 0 : 1;
        }

        return found;
    }

    /// <summary>Whether a character of a name does not show: it has no width, or is a space after another.</summary>
    private static bool IsMore(string name, int index) => index < name.Length && (IsUnseen(name[index]) || (index > 0 && IsSpace(name[index]) && IsSpace(name[index - 1])));

    // Joiners and the choice of a glyph: they mean something in some scripts and with emoji, and nothing in others.
    private static bool IsUnseen(char character) => character is '\u034F' or '\u200C' or '\u200D' or (>= '\uFE00' and <= '\uFE0F');

    // The empty letter of Braille is one too.
    private static bool IsSpace(char character) => char.IsWhiteSpace(character) || character == '\u2800';
}
