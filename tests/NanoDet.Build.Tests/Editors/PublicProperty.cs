using System.Xml.Linq;
using NanoDet.Testing;

namespace NanoDet.Build.Tests.Editors;

/// <summary>A property that a project may set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Group">The chapter that it stands in.</param>
/// <param name="Description">What it says.</param>
/// <param name="Words">The words that it may be; none if it may be anything else.</param>
internal sealed record PublicProperty(string Name, string Group, string Description, IReadOnlyList<string> Words)
{
    /// <summary>Reads the properties of <c>NanoDet.Build.props</c>.</summary>
    /// <param name="words">The words of each property that has a closed set of them.</param>
    public static IReadOnlyList<PublicProperty> Read(IReadOnlyDictionary<string, IReadOnlyList<string>> words)
        => [.. XDocument.Load(Path.Combine(Repository.Root, "build", "NanoDet.Build.props")).Root!.Elements("PropertyGroup").SelectMany(group => group.Elements()
            .Where(element => element.Name.LocalName.StartsWith("NanoDet", StringComparison.Ordinal))
            .Select(element => new PublicProperty(
                element.Name.LocalName, (string)group.Attribute("Label")!, ((XComment)element.NodesBeforeSelf().Last(node => node is not XText)).Value.Trim(), words.GetValueOrDefault(element.Name.LocalName) ?? [])))];
}
