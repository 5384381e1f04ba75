using System.CommandLine;

namespace NanoDet.Tool.Commands;

/// <summary>Makes options that take one of a few words, which help and completions show in lower case.</summary>
internal static class WordOption
{
    /// <summary>Makes an option whose words are the names of an enumeration.</summary>
    /// <param name="description">Its description.</param>
    /// <param name="name">Its name, including the dashes.</param>
    /// <param name="aliases">Shorter names.</param>
    public static Option<T> Of<T>(string description, string name, params string[] aliases)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        var option = new Option<T>(name, aliases) { Description = description, HelpName = string.Join('|', words) };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        return option;
    }
}
