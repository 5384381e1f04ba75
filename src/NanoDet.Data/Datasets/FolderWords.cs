namespace NanoDet.Data.Datasets;

/// <summary>
/// The name of a folder without the word that says whether pictures or labels are in it: <c>train</c> of <c>train_images</c> and
/// <c>labels-train</c>, <c>Tr</c> of medical sets' <c>imagesTr</c>, and nothing of <c>images</c>. Names are compared without case.
/// </summary>
internal static class FolderWords
{
    private static readonly string[] ForPictures = ["images", "image", "JPEGImages", "imgs", "img"];
    private static readonly string[] ForLabels = ["annotations", "annotation", "labels", "label", "xmls", "xml"];

    /// <summary>Whether a word says that pictures are in a folder.</summary>
    public static bool IsForPictures(ReadOnlySpan<char> name) => Is(name, ForPictures);

    /// <summary>Whether a word says that labels are in a folder.</summary>
    public static bool IsForLabels(ReadOnlySpan<char> name) => Is(name, ForLabels);

    /// <summary>What a name says besides the word for pictures; the name where it has no such word.</summary>
    public static ReadOnlySpan<char> WithoutPictures(ReadOnlySpan<char> name) => Without(name, ForPictures);

    /// <summary>What a name says besides the word for labels; the name where it has no such word.</summary>
    public static ReadOnlySpan<char> WithoutLabels(ReadOnlySpan<char> name) => Without(name, ForLabels);

    /// <summary>What a name says besides a word for pictures or labels; nothing where it is no name of two words.</summary>
    public static ReadOnlySpan<char> Rest(ReadOnlySpan<char> name)
        => Without(name, ForPictures) is var pictures && pictures.Length < name.Length ? pictures
            : Without(name, ForLabels) is var labels && labels.Length < name.Length ? labels : default;

    private static bool Is(ReadOnlySpan<char> name, string[] words)
    {
        foreach (var word in words)
        {
            if (name.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Without(ReadOnlySpan<char> name, string[] words)
    {
        foreach (var word in words)
        {
            if (name.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return [];
            }

            if (name.Length <= word.Length + 1)
            {
                continue;
            }

            var rest = name[word.Length..];
            if (name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (rest[0] is '_' or '-' || rest is "Tr" or "Ts"))
            {
                return rest.TrimStart("_-");
            }

            if (name.EndsWith(word, StringComparison.OrdinalIgnoreCase) && name[^(word.Length + 1)] is '_' or '-')
            {
                return name[..^(word.Length + 1)];
            }
        }

        return name;
    }
}
