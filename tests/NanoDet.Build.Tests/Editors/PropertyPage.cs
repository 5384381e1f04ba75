using System.Xml.Linq;

namespace NanoDet.Build.Tests.Editors;

/// <summary>The page of our properties in the project system of Visual Studio: one rule, with a category for each chapter.</summary>
internal static class PropertyPage
{
    /// <summary>The namespace of rules.</summary>
    public static readonly XNamespace Namespace = "http://schemas.microsoft.com/build/2009/properties";

    /// <summary>Makes the rule.</summary>
    public static XDocument Of(IReadOnlyList<PublicProperty> properties) => new(
        new XComment(" The page 'NanoDet' among the properties of a project in Visual Studio. Generated: EditorFileTests. "),
        new XElement(
            Namespace + "Rule",
            new XAttribute("Name", "NanoDetBuild"), new XAttribute("DisplayName", "NanoDet"), new XAttribute("PageTemplate", "generic"), new XAttribute("Order", 900),
            new XAttribute("Description", "How the object-detection model of this project is made from its images and labels."),
            new XElement(Namespace + "Rule.DataSource", new XElement(Namespace + "DataSource", new XAttribute("Persistence", "ProjectFile"), new XAttribute("HasConfigurationCondition", false))),
            new XElement(Namespace + "Rule.Categories", properties.Select(property => property.Group).Distinct().Select(group => new XElement(
                Namespace + "Category", new XAttribute("Name", Name(group)), new XAttribute("DisplayName", group)))),
            properties.Select(Property)));

    private static XElement Property(PublicProperty property) => new(
        Namespace + (property.Words.Count == 0 ? "StringProperty" : property.Words.SequenceEqual(["true", "false"]) ? "BoolProperty" : "EnumProperty"),
        new XAttribute("Name", property.Name), new XAttribute("DisplayName", property.Name["NanoDet".Length..]), new XAttribute("Category", Name(property.Group)), new XAttribute("Description", property.Description),
        property.Words.SequenceEqual(["true", "false"]) ? null : property.Words.Select(word => new XElement(Namespace + "EnumValue", new XAttribute("Name", word), new XAttribute("DisplayName", word))));

    private static string Name(string group) => group.Replace(" ", "", StringComparison.Ordinal);
}
