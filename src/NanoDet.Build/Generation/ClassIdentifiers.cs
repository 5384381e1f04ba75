namespace NanoDet.Build.Generation;

/// <summary>Names for the classes of a model that C# takes, in the order of the labels.</summary>
internal static class ClassIdentifiers
{
    /// <summary>One name for each class: its words, each with a capital letter. Equal ones get their label as a number.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> classes)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. classes.Select((name, label) => Free(Of(name), label, taken))];
    }

    private static string Free(string name, int label, HashSet<string> taken)
    {
        while (!taken.Add(name))
        {
            name = $"{name}_{label}";
        }

        return name;
    }

    private static string Of(string name)
    {
        // Surrogates are no letters of a name in C#.
        var words = string.Concat(name.Select(character => char.IsLetterOrDigit(character) || character == '_' ? character : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var joined = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return joined.Length == 0 || !(char.IsLetter(joined[0]) || joined[0] == '_') ? $"_{joined}" : joined;
    }
}
