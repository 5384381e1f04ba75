using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Resolvers;
using System.Xml.Schema;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;

namespace NanoDet.Build.Tests.Editors;

/// <summary>What editors know of our properties and items follows from what there is; <c>NANODET_WRITE_FILES=1</c> writes it.</summary>
public sealed partial class EditorFileTests(PackageFeed feed, CheckedProject project) : IClassFixture<CheckedProject>
{
    // What our schema needs of MSBuild's own, which no package has: heads of what may be in a group, and the attributes of an item.
    private const string MSBuildSchema = $"""
        <xs:schema targetNamespace="{PropertySchema.Namespace}" xmlns:msb="{PropertySchema.Namespace}" xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
          <xs:element name="Project"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">
            <xs:element name="PropertyGroup"><xs:complexType><xs:sequence minOccurs="0" maxOccurs="unbounded"><xs:element ref="msb:Property"/></xs:sequence></xs:complexType></xs:element>
            <xs:element name="ItemGroup"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element ref="msb:Item"/></xs:choice></xs:complexType></xs:element>
          </xs:choice></xs:complexType></xs:element>
          <xs:element name="Property" abstract="true"/>
          <xs:element name="Item" type="msb:SimpleItemType" abstract="true"/>
          <xs:complexType name="SimpleItemType"><xs:attribute name="Include" type="xs:string"/><xs:attribute name="Update" type="xs:string"/><xs:attribute name="Condition" type="xs:string"/></xs:complexType>
        </xs:schema>
        """;

    [Fact]
    public async Task They_say_what_the_properties_and_items_say()
    {
        var properties = PublicProperty.Read(await WordsAsync());
        Assert.Equal(["Always", "IfCached", "Never"], properties.Single(property => property.Name == "NanoDetTrain").Words);
        Assert.Equal(["true", "false"], properties.Single(property => property.Name == "NanoDetEnabled").Words);
        Assert.Equal(["Single", "Half", "Int8"], properties.Single(property => property.Name == "NanoDetPrecision").Words);
        Assert.Empty(properties.Single(property => property.Name == "NanoDetDevice").Words); // One of several cards has a number.
        Assert.Empty(properties.Single(property => property.Name == "NanoDetThreads").Words);
        GeneratedFile.Expect("build/NanoDet.Build.xsd", Text(PropertySchema.Of(properties, PublicItem.Read())));
        GeneratedFile.Expect("build/NanoDet.Build.Properties.xaml", Text(PropertyPage.Of(properties)));
    }

    [Theory]
    [InlineData("""<PropertyGroup><NanoDetTrain Condition="'$(CI)' != ''">IfCached</NanoDetTrain><NanoDetEpochs>50</NanoDetEpochs></PropertyGroup>""", null)]
    [InlineData("""<PropertyGroup><NanoDetThreads>$(Threads)</NanoDetThreads></PropertyGroup>""", null)]
    [InlineData("""<ItemGroup><NanoDetImage Update="a.png" Split="test"><Negative>true</Negative></NanoDetImage><NanoDetAugmentation Include="Affine" Rotate="-5..5" /></ItemGroup>""", null)]
    [InlineData("""<PropertyGroup><NanoDetEpoch>50</NanoDetEpoch></PropertyGroup>""", "NanoDetEpoch'")]
    [InlineData("""<ItemGroup><NanoDetImages Include="a.png" /></ItemGroup>""", "NanoDetImages'")]
    [InlineData("""<ItemGroup><NanoDetImage Update="a.png" Splitt="test" /></ItemGroup>""", "Splitt'")]
    public void The_schema_takes_names_that_there_are(string body, string? wrong)
    {
        var file = new Uri(Path.Combine(Repository.Root, "build", "NanoDet.Build.xsd"));
        var beside = new XmlPreloadedResolver();
        beside.Add(new Uri(file, "Microsoft.Build.Core.xsd"), MSBuildSchema);
        var schemas = new XmlSchemaSet { XmlResolver = beside };
        using (var reader = XmlReader.Create(File.OpenRead(file.LocalPath), new() { CloseInput = true }, file.AbsoluteUri))
        {
            schemas.Add(null, reader);
        }

        var problems = new List<string>();
        XDocument.Parse($"""<Project xmlns="{PropertySchema.Namespace}">{body}</Project>""").Validate(schemas, (_, problem) => problems.Add(problem.Message));
        if (wrong is null)
        {
            Assert.Empty(problems);
        }
        else
        {
            Assert.Contains(wrong, Assert.Single(problems), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_is_made_of_what_the_project_system_knows_and_a_project_names_it()
    {
        var page = XDocument.Load(Path.Combine(Repository.Root, "build", "NanoDet.Build.Properties.xaml")).Root!;
        foreach (var element in page.DescendantsAndSelf().Where(element => !element.Name.LocalName.Contains('.', StringComparison.Ordinal)))
        {
            var known = RuleTypes.Properties(element.Name.LocalName);
            Assert.True(known is not null, element.Name.LocalName);
            Assert.Empty(element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Name.LocalName).Except(known));
        }

        var categories = page.Descendants(PropertyPage.Namespace + "Category").Select(category => (string)category.Attribute("Name")!).ToList();
        Assert.All(page.Elements().Where(element => element.Attribute("Category") is not null), property => Assert.Contains((string)property.Attribute("Category")!, categories));

        var named = await (await project.GetAsync(feed)).RunAsync("msbuild", "-getItem:PropertyPageSchema");
        var path = Regex.Match(named.Output, "\"FullPath\": \"([^\"]*NanoDet\\.Build\\.Properties\\.xaml)\"").Groups[1].Value.Replace(@"\\", @"\", StringComparison.Ordinal);
        Assert.True(File.Exists(path), named.Output);
    }

    /// <summary>The words of each property, as the message for a wrong value names them.</summary>
    private async Task<Dictionary<string, IReadOnlyList<string>>> WordsAsync()
    {
        var judged = XDocument.Load(Path.Combine(Repository.Root, "build", "NanoDet.Build.Checks.targets")).Descendants("_NanoDetValue").Select(value => value.Attribute("Include")!.Value);
        var wrong = await (await project.GetAsync(feed)).RunAsync("msbuild", ["-t:NanoDetBuildModel", .. judged.Select(name => $"-p:{name}=%3F")]);
        return wrong.Diagnostics.OfType<Error>().Select(error => WordList().Match(error.Text)).Where(match => match.Success)
            .ToDictionary(match => match.Groups[1].Value, IReadOnlyList<string> (match) => match.Groups[2].Value.Split(" or "), StringComparer.Ordinal);
    }

    private static string Text(XDocument document)
    {
        using var text = new StringWriter { NewLine = "\n" };
        using (var writer = XmlWriter.Create(text, new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            document.Save(writer);
        }

        return text + "\n";
    }

    [GeneratedRegex(@"^(NanoDet\w+) is '\?', but must be (\w+(?: or \w+)+)$")]
    private static partial Regex WordList();
}
