using System.Text.RegularExpressions;
using NanoDet.Testing;

namespace NanoDet.Build.Tests.Editors;

/// <summary>An item that a project may have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Metadata">The names of its metadata.</param>
internal sealed partial record PublicItem(string Name, string Description, IReadOnlyList<string> Metadata)
{
    /// <summary>Reads the table of items in <c>docs/properties.md</c>, and the settings of augmentation, which has a page of its own.</summary>
    public static IReadOnlyList<PublicItem> Read()
        => [.. Lines("properties.md").SkipWhile(line => line != "## Items").TakeWhile(line => line != "## Targets").Select(line => Row().Match(line)).Where(row => row.Success && row.Groups["name"].Value != "NanoDetModel").Select(row => new PublicItem(
            row.Groups["name"].Value,
            Plain(row.Groups["what"].Value),
            row.Groups["name"].Value == "NanoDetAugmentation" ? Settings() : [.. Metadatum().Matches(row.Groups["metadata"].Value).Select(match => match.Groups[1].Value)]))];

    private static string[] Settings()
        => [.. Lines("augmentation.md").Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => Metadatum().Matches(line.Split('|')[2]).Select(match => match.Groups[1].Value))
            .Append("Probability").Distinct().Order(StringComparer.Ordinal)];

    private static string[] Lines(string page) => File.ReadAllLines(Path.Combine(Repository.Root, "docs", page));

    private static string Plain(string markdown) => Link().Replace(markdown, "$1").Replace("`", "", StringComparison.Ordinal).Trim();

    [GeneratedRegex(@"^\| `(?<name>NanoDet\w+)` \| (?<what>[^|]*) \|(?<metadata>[^|]*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"`([A-Z]\w+)`")]
    private static partial Regex Metadatum();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();
}
