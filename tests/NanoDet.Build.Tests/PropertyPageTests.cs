using System.Text.RegularExpressions;
using System.Xml.Linq;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary><c>docs/properties.md</c> says what the MSBuild files say.</summary>
public sealed partial class PropertyPageTests
{
    private static readonly string Build = Path.Combine(Repository.Root, "build");
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "properties.md"));

    [Fact]
    public void Each_property_stands_there_with_its_default_and_its_comment()
    {
        var described = XDocument.Load(Path.Combine(Build, "NanoDet.Build.props")).Root!.Elements("PropertyGroup")
            .SelectMany(group => group.Elements().Where(IsPublic).Select(property => $"### {group.Attribute("Label")!.Value} {Row(property)}"));
        Assert.Equal(described.Order(StringComparer.Ordinal), Rows("## Properties").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_item_and_each_target_stands_there()
    {
        var targets = string.Concat(Directory.EnumerateFiles(Build, "*.targets").Select(File.ReadAllText));
        Assert.Equal(Named(targets, @"@\((NanoDet\w+)"), Named(string.Concat(Rows("## Items")), @"\| `(NanoDet\w+)` \|"));
        Assert.Equal(Named(targets, @"<Target Name=""(NanoDet\w+)"""), Named(string.Concat(Rows("## Targets")), @"\| `(NanoDet\w+)` \|"));
    }

    private static bool IsPublic(XElement element) => element.Name.LocalName.StartsWith("NanoDet", StringComparison.Ordinal);

    private static string Row(XElement property)
    {
        var value = UnderHome().Replace(property.Value.Trim(), match => $"~/{match.Groups[1].Value.Replace("', '", "/", StringComparison.Ordinal)}");
        var shown = value.Length == 0 ? " "
            : value.Contains("$(_", StringComparison.Ordinal) || value.Contains("$(MSBuildThisFile", StringComparison.Ordinal) ? " in the package "
            : property.Attribute("Condition")!.Value.Contains("Exists(", StringComparison.Ordinal) ? $" `{value}`, where it exists "
            : $" `{value}` ";
        var comment = property.NodesBeforeSelf().Last(node => node is not XText) as XComment;
        Assert.True(comment is not null, $"{property.Name} has no comment before it");
        return $"| `{property.Name}` |{shown}| {string.Join(' ', comment.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))} |";
    }

    /// <summary>A folder of the user: the folders below, quoted.</summary>
    [GeneratedRegex(@"^\$\(\[System\.IO\.Path\]::Combine\('\$\(\[System\.Environment\]::GetFolderPath\(SpecialFolder\.UserProfile\)\)', '(.*)'\)\)$")]
    private static partial Regex UnderHome();

    /// <summary>Rows of the tables of a chapter that begin with a name, each after the heading of its section.</summary>
    private static IEnumerable<string> Rows(string chapter)
    {
        var section = "";
        foreach (var line in Page.SkipWhile(line => line != chapter).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                section = line;
            }
            else if (line.StartsWith("| `", StringComparison.Ordinal))
            {
                yield return $"{section} {line}";
            }
        }
    }

    private static IEnumerable<string> Named(string text, string pattern)
        => Regex.Matches(text, pattern).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
}
