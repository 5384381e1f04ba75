using System.Xml.Linq;

namespace NanoDet.Build.Tests.Editors;

/// <summary>The XML schema of our properties and items, in the form of MSBuild's own (Microsoft.Build.CommonTypes.xsd).</summary>
internal static class PropertySchema
{
    /// <summary>The namespace of MSBuild's schema.</summary>
    public const string Namespace = "http://schemas.microsoft.com/developer/msbuild/2003";

    private static readonly XNamespace Xs = "http://www.w3.org/2001/XMLSchema";

    /// <summary>Makes the schema.</summary>
    public static XDocument Of(IReadOnlyList<PublicProperty> properties, IReadOnlyList<PublicItem> items) => new(
        new XComment(" Properties and items of NanoDet.Build for editors. It belongs beside Microsoft.Build.Core.xsd; docs/editors.md says how. Generated: EditorFileTests. "),
        new XElement(
            Xs + "schema",
            new XAttribute("targetNamespace", Namespace), new XAttribute(XNamespace.Xmlns + "msb", Namespace), new XAttribute(XNamespace.Xmlns + "xs", Xs), new XAttribute("elementFormDefault", "qualified"),
            new XElement(Xs + "include", new XAttribute("schemaLocation", "Microsoft.Build.Core.xsd")),
            properties.Where(property => property.Words.Count > 0).DistinctBy(TypeOf).Select(Words),
            properties.Select(Property),
            items.Select(Item)));

    /// <summary>The words are suggested, and any other text is taken too: a value may be an expression.</summary>
    private static XElement Words(PublicProperty property) => new(
        Xs + "simpleType", new XAttribute("name", TypeOf(property)),
        new XElement(
            Xs + "union", new XAttribute("memberTypes", "xs:string"),
            new XElement(Xs + "simpleType", new XElement(
                Xs + "restriction", new XAttribute("base", "xs:string"), property.Words.Select(word => new XElement(Xs + "enumeration", new XAttribute("value", word)))))));

    private static XElement Property(PublicProperty property) => new(
        Xs + "element", new XAttribute("name", property.Name), new XAttribute("substitutionGroup", "msb:Property"),
        Documentation(property.Description),
        new XElement(Xs + "complexType", new XElement(Xs + "simpleContent", new XElement(
            Xs + "extension", new XAttribute("base", property.Words.Count == 0 ? "xs:string" : $"msb:{TypeOf(property)}"), Text("Condition"), Text("Label")))));

    /// <summary>Properties with the same words have one type.</summary>
    private static string TypeOf(PublicProperty property) => $"NanoDet_{string.Join('_', property.Words)}";

    private static XElement Item(PublicItem item) => new(
        Xs + "element", new XAttribute("name", item.Name), new XAttribute("substitutionGroup", "msb:Item"),
        Documentation(item.Description),
        new XElement(Xs + "complexType", new XElement(Xs + "complexContent", new XElement(
            Xs + "extension", new XAttribute("base", "msb:SimpleItemType"),
            item.Metadata.Count == 0 ? null : new XElement(
                Xs + "choice", new XAttribute("minOccurs", 0), new XAttribute("maxOccurs", "unbounded"),
                item.Metadata.Select(name => new XElement(Xs + "element", new XAttribute("name", name), new XAttribute("type", "xs:string")))),
            item.Metadata.Select(Text)))));

    private static XElement Text(string attribute) => new(Xs + "attribute", new XAttribute("name", attribute), new XAttribute("type", "xs:string"));

    private static XElement Documentation(string text) => new(Xs + "annotation", new XElement(Xs + "documentation", text));
}
