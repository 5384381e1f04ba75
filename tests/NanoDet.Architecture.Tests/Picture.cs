using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NanoDet.Testing;

namespace NanoDet.Architecture.Tests;

/// <summary>The projects and their references as the table in <c>docs/architecture.md</c> says them.</summary>
internal static partial class Picture
{
    private const string Prefix = "NanoDet.";

    /// <summary>What each project may reference, by its name.</summary>
    public static ImmutableSortedDictionary<string, DrawnProject> Projects { get; } = Read();

    /// <summary>A project and all that it references, directly and through others.</summary>
    public static ImmutableSortedSet<string> Closure(string project)
        => [project, .. Projects[project].Projects.SelectMany(Closure)];

    private static ImmutableSortedDictionary<string, DrawnProject> Read()
    {
        var rows = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"))).ToArray();
        var names = rows.Select(row => row.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        return rows.ToImmutableSortedDictionary(row => row.Groups["name"].Value, row =>
        {
            var references = row.Groups["references"].Value.Split(',', StringSplitOptions.TrimEntries)
                .Select(reference => reference.Split(' ')[0]).Where(reference => reference != "nothing").ToArray();
            return new DrawnProject(
                [.. references.Where(reference => names.Contains(Prefix + reference)).Select(reference => Prefix + reference)],
                [.. references.Where(reference => !names.Contains(Prefix + reference))]);
        }, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^\| `src/(?<name>NanoDet(?:\.\w+)+)` \|[^|\n]*\| (?<references>[^|\n]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
