using System.Collections.Immutable;
using NanoDet.Data.Linting;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Linting;

/// <summary>The findings that words on a command line mean: <c>all</c>, a code or the name of one finding.</summary>
internal static class FindingChoice
{
    /// <summary>Returns the findings that the words mean, in the order of the findings.</summary>
    /// <exception cref="UsageException">A word is no name of a finding, no code of the lint and not <c>all</c>. That there is none of a code is no mistake.</exception>
    public static ImmutableArray<ToldFinding> Of(ImmutableArray<ToldFinding> findings, IReadOnlyCollection<string> words)
    {
        if (words.FirstOrDefault(word => !IsOfMany(word) && !findings.Any(finding => Means(word, finding))) is { } unknown)
        {
            throw new UsageException($"'{unknown}' is no finding, or one that was accepted; give the name at the end of its line, a code or all");
        }

        return [.. findings.Where(finding => words.Any(word => Means(word, finding)))];
    }

    private static bool IsOfMany(string word) => IsAll(word) || LintWords.Has(word.ToUpperInvariant());

    private static bool IsAll(string word) => word.Equals("all", StringComparison.OrdinalIgnoreCase);

    private static bool Means(string word, ToldFinding finding)
        => IsAll(word)
            || word.Equals(finding.Diagnostic.Code, StringComparison.OrdinalIgnoreCase)
            || word.Equals(finding.Meaning.Id, StringComparison.OrdinalIgnoreCase);
}
