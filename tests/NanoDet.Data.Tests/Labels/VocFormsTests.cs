using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Voc;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

/// <summary>Pascal VOC as tools write it that do not keep to the form.</summary>
public sealed class VocFormsTests
{
    public static TheoryData<string, string> Encodings => new()
    {
        { "utf-16", "кот" },
        { "utf-16BE", "кот" },
        { "windows-1251", "кот" },
        { "gb2312", "猫" },
        { "shift_jis", "猫" },
        { "iso-8859-1", "Stück" },
        { "utf-8", "猫" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_file_is_read_in_the_encoding_that_it_declares(string name, string className)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        using var folder = new TestFolder();
        var path = folder["a.xml"];
        File.WriteAllBytes(path, [.. encoding.GetPreamble(), .. encoding.GetBytes($"<?xml version=\"1.0\" encoding=\"{name}\"?>{Annotation(className)}")]);

        Assert.Equal(LabelFormat.Voc, LabelFormatDetector.DetectFile(path));
        Assert.Equal(className, VocReader.Read(path).Objects.Single().ClassName);
    }

    [Theory]
    [InlineData("<!DOCTYPE annotation>")]
    [InlineData("<!DOCTYPE annotation SYSTEM \"http://nowhere.invalid/voc.dtd\">")]
    [InlineData("<!DOCTYPE annotation PUBLIC \"-//x//EN\" \"file:///etc/passwd\">")]
    [InlineData("<!DOCTYPE annotation [<!ELEMENT annotation ANY>]>")]
    public void A_document_type_without_entities_is_skipped(string type)
        => Assert.Equal("cat", Read($"{type}\n{Annotation("cat")}").Objects.Single().ClassName);

    [Fact]
    public void Entities_are_refused_at_their_line()
        => Assert.Equal(
            "a.xml(2,11): error NDB1001: The label file cannot be read: its document type declares entities, which label files do not need; remove the <!DOCTYPE …>",
            Assert.Throws<NanoDetException>(() => Read($"<?xml version=\"1.0\"?>\n<!DOCTYPE annotation [<!ENTITY e \"x\">]>\n{Annotation("&e;")}")).Diagnostic.ToString());

    [Fact]
    public void CVATs_own_form_is_named()
        => Assert.Equal(
            "a.xml(2,1): error NDB1010: The labels seem to be CVAT's own XML, which is not read; export as Pascal VOC 1.1 or COCO 1.0",
            Assert.Throws<NanoDetException>(() => Read("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations><version>1.1</version></annotations>")).Diagnostic.ToString());

    [Fact]
    public void A_rotated_box_is_the_upright_box_around_it()
    {
        var image = Read(
            """
            <annotation>
            <object><type>bndbox</type><name>a</name><bndbox><xmin>10</xmin><ymin>20</ymin><xmax>60</xmax><ymax>80</ymax></bndbox></object>
            <object><type>robndbox</type><name>b</name>
            <robndbox><cx>160</cx><cy>120</cy><w>100</w><h>20</h><angle>0.7853981633974483</angle></robndbox></object>
            <object><name>c</name><robndbox><cx>50</cx><cy>40</cy><w>20</w><h>10</h><angle>0</angle></robndbox></object>
            </annotation>
            """);

        var hull = image.Objects[1].Box;
        Assert.Equal(["a", "b", "c"], image.Objects.Select(labeled => labeled.ClassName));
        Assert.Equal((117.57, 77.57, 202.43, 162.43), (Math.Round(hull.Left, 2), Math.Round(hull.Top, 2), Math.Round(hull.Right, 2), Math.Round(hull.Bottom, 2)));
        Assert.Equal(new BoundingBox(40, 35, 60, 45), image.Objects[2].Box);
        Assert.Equal("a.xml(4,1): warning NDB1033: One box in this file is rotated; the upright box around it is used, because the model finds upright boxes", image.Problems.Single().ToString());
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("1.0", true)]
    [InlineData("True", true)]
    [InlineData("yes", true)]
    [InlineData("0", false)]
    [InlineData("", false)]
    [InlineData("Unspecified", false)]
    public void A_flag_is_true_in_any_spelling(string flag, bool expected)
    {
        var found = Read(Annotation("cat").Replace("</name>", $"</name><difficult>{flag}</difficult><truncated>{flag}</truncated>", StringComparison.Ordinal)).Objects.Single();

        Assert.Equal((expected, expected), (found.Difficult, found.Truncated));
    }

    private static string Annotation(string className)
        => $"<annotation><filename>1.jpg</filename><object><name>{className}</name><bndbox><xmin>10</xmin><ymin>20</ymin><xmax>170</xmax><ymax>180</ymax></bndbox></object></annotation>";

    private static LabeledImage Read(string xml) => VocReader.Read(Encoding.UTF8.GetBytes(xml), "a.xml");
}
