using System.CommandLine;
using NanoDet.Core.Diagnostics;

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
        => Of(description, Enum.GetValues<T>(), name, aliases);

    /// <summary>Makes an option whose words are some of the names of an enumeration.</summary>
    /// <param name="description">Its description.</param>
    /// <param name="values">The values that it takes.</param>
    /// <param name="name">Its name, including the dashes.</param>
    /// <param name="aliases">Shorter names.</param>
    public static Option<T> Of<T>(string description, IReadOnlyCollection<T> values, string name, params string[] aliases)
        where T : struct, Enum
    {
        string[] words = [.. values.Select(value => value.ToString().ToLowerInvariant())];
        var option = new Option<T>(name, aliases) { Description = description, HelpName = string.Join('|', words) };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        option.CustomParser = result =>
        {
            var word = result.Tokens is [var token] ? token.Value : "";
            if (values.Where(value => word.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase)).ToList() is [var value])
            {
                return value;
            }

            var meant = Suggestion.For(word, words) is { } near ? $"; did you mean '{near}'?" : $"; it takes {string.Join(", ", words[..^1])} or {words[^1]}.";
            result.AddError($"'{word}' is not a value of {name}{meant}");
            return default;
        };
        return option;
    }
}
