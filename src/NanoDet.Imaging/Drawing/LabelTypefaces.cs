using System.Collections.Concurrent;
using System.Text;
using SkiaSharp;

namespace NanoDet.Imaging.Drawing;

/// <summary>
/// Finds a typeface for every character: the embedded one for Latin, Greek and Cyrillic, otherwise one of the system. Skia's
/// Linux build without dependencies only finds fonts in /usr/share/fonts and cannot search by character, so its
/// families and the usual folders of a user's fonts are searched once.
/// </summary>
internal static class LabelTypefaces
{
    private static readonly Lazy<SKTypeface> Embedded = new(LoadEmbedded);
    private static readonly Lazy<SKTypeface[]> Installed = new(LoadInstalled);
    private static readonly ConcurrentDictionary<(int Character, string Script), SKTypeface?> Found = new();

    /// <summary>The embedded typeface.</summary>
    public static SKTypeface Default => Embedded.Value;

    /// <summary>Returns a typeface that has the character; null if this machine has none.</summary>
    /// <param name="character">The character.</param>
    /// <param name="script"><c>JP</c>, <c>KR</c> or <c>SC</c>: the regional form of a Chinese character.</param>
    public static SKTypeface? For(Rune character, string script)
        => Default.ContainsGlyph(character.Value) ? Default : Found.GetOrAdd((character.Value, script), key => Search(key.Character, key.Script));

    /// <summary>Returns the regional form of Chinese characters for a text: Japanese if it has kana, Korean if it has Hangul, otherwise simplified Chinese.</summary>
    public static string ScriptOf(string text)
        => text.Any(character => character is >= '\u3040' and <= '\u30FF') ? "JP"
        : text.Any(character => character is >= '\uAC00' and <= '\uD7AF') ? "KR"
        : "SC";

    private static SKTypeface? Search(int character, string script)
    {
        var language = script switch { "JP" => "ja", "KR" => "ko", _ => "zh-Hans" };
        var matched = SKFontManager.Default.MatchCharacter(null, SKFontStyle.Bold, [language], character);
        return matched is not null && matched.ContainsGlyph(character)
            ? matched
            : Installed.Value
                .Where(typeface => typeface.ContainsGlyph(character))
                .OrderByDescending(typeface => Preference(typeface.FamilyName, script))
                .ThenBy(typeface => typeface.FamilyName, StringComparer.Ordinal)
                .FirstOrDefault();
    }

    /// <summary>Orders typefaces: the right script first, sans-serif before serif.</summary>
    private static int Preference(string family, string script)
        => (family.EndsWith(' ' + script, StringComparison.Ordinal) ? 4 : 0)
        + (family.Contains("Serif", StringComparison.OrdinalIgnoreCase) ? 0 : 2)
        + (family.Contains("Mono", StringComparison.OrdinalIgnoreCase) ? 0 : 1);

    private static SKTypeface[] LoadInstalled()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] folders = ["/usr/local/share/fonts", Path.Combine(home, ".local", "share", "fonts"), Path.Combine(home, ".fonts")];
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 5, IgnoreInaccessible = true };
        var own = folders
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.*", options))
            .Where(file => Path.GetExtension(file).ToUpperInvariant() is ".TTF" or ".OTF" or ".TTC")
            .Order(StringComparer.Ordinal)
            .Select(file => SKTypeface.FromFile(file));
        var shared = SKFontManager.Default.FontFamilies.Select(family => SKFontManager.Default.MatchFamily(family, SKFontStyle.Bold));
        return [.. own.Concat(shared).OfType<SKTypeface>()];
    }

    private static SKTypeface LoadEmbedded()
    {
        using var stream = typeof(LabelTypefaces).Assembly.GetManifestResourceStream("NotoSans-SemiBold.ttf");
        return SKTypeface.FromStream(stream) ?? throw new InvalidOperationException("The embedded typeface cannot be read");
    }
}
