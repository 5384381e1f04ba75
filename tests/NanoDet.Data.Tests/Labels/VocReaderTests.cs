using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Voc;

namespace NanoDet.Data.Tests.Labels;

public sealed class VocReaderTests
{
    private const string LabelImg = """
        <annotation verified="yes">
        	<folder>pictures</folder>
        	<filename>猫 1.jpg</filename>
        	<path>C:\Users\someone\pictures\cat 1.jpg</path>
        	<source>
        		<database>Unknown</database>
        	</source>
        	<size>
        		<width>640</width>
        		<height>480</height>
        		<depth>3</depth>
        	</size>
        	<segmented>0</segmented>
        	<object>
        		<name>cat</name>
        		<pose>Unspecified</pose>
        		<truncated>1</truncated>
        		<difficult>0</difficult>
        		<bndbox>
        			<xmin>12</xmin>
        			<ymin>34</ymin>
        			<xmax>56</xmax>
        			<ymax>78</ymax>
        		</bndbox>
        	</object>
        </annotation>
        """;

    [Fact]
    public void What_labelImg_writes_is_read_with_lines_and_columns()
    {
        var image = Read(LabelImg);

        Assert.Equal("猫 1.jpg", image.FileName);
        Assert.Equal(new SourceLocation("a.xml", 1, 1), image.Location);
        Assert.Equal((640, 480), (image.Width, image.Height));
        var cat = Assert.Single(image.Objects);
        Assert.Equal(
            new LabeledObject("cat", new BoundingBox(12, 34, 56, 78))
            {
                Truncated = true,
                Location = new("a.xml", 14, 2),
                BoxLocation = new("a.xml", 19, 3),
            },
            cat);
    }

    [Fact]
    public void What_labelme_writes_is_read_with_floats_sides_in_any_order_and_an_annotation_inside_the_annotation()
    {
        var image = Read(
            """
            <?xml version='1.0' encoding='utf-8'?>
            <annotation>
              <folder/>
              <filename>a.jpg</filename>
              <database/>
              <annotation/>
              <image/>
              <size><height>338</height><width>500</width><depth>3</depth></size>
              <segmented/>
              <object>
                <bndbox><ymax>200.5</ymax><ymin>1e1</ymin><xmax>281.70000076293945</xmax><xmin>1.25</xmin></bndbox>
                <difficult/>
                <name>person</name>
              </object>
            </annotation>
            """);

        Assert.Equal((500, 338), (image.Width, image.Height));
        Assert.Equal(new BoundingBox(1.25, 10, 281.70000076293945, 200.5), Assert.Single(image.Objects).Box);
    }

    [Fact]
    public void Parts_of_a_person_are_not_taken_for_the_person()
    {
        var image = Read(
            """
            <annotation><object><name>person</name>
            <bndbox><xmin>1</xmin><ymin>2</ymin><xmax>30</xmax><ymax>40</ymax></bndbox>
            <part><name>head</name><bndbox><xmin>5</xmin><ymin>6</ymin><xmax>7</xmax><ymax>8</ymax></bndbox></part>
            </object></annotation>
            """);

        var person = Assert.Single(image.Objects);
        Assert.Equal("person", person.ClassName);
        Assert.Equal(new BoundingBox(1, 2, 30, 40), person.Box);
        Assert.Equal("", image.FileName);
        Assert.Null(image.Width);
    }

    [Fact]
    public void Entities_and_other_encodings_are_left_to_the_general_reader()
    {
        const string Xml = "<?xml version=\"1.0\" encoding=\"utf-16\"?><annotation><filename>a &amp; <![CDATA[<b>]]>.jpg</filename></annotation>";

        Assert.Equal("a & <b>.jpg", VocReader.Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Xml)).ToArray(), "a.xml").FileName);
    }

    [Theory]
    [InlineData("<annotation><object><name>a</name>", "NDB1001")]
    [InlineData("", "NDB1001")]
    [InlineData("<annotations/>", "NDB1010")]
    [InlineData("<dataset/>", "NDB1001")]
    [InlineData("<annotation/><annotation/>", "NDB1001")]
    [InlineData("<annotation><object><name>a</name></object></annotation>", "NDB1006")]
    [InlineData("<annotation><object><name>a</name><bndbox><xmin>NaN</xmin></bndbox></object></annotation>", "NDB1005")]
    [InlineData("<annotation><object><name>a</name><bndbox><xmin>Infinity</xmin></bndbox></object></annotation>", "NDB1005")]
    [InlineData("<annotation><object><name>a</name><bndbox><xmin>12,5</xmin></bndbox></object></annotation>", "NDB1005")]
    [InlineData("<annotation><object><name>a</name><bndbox><xmin>1e999</xmin></bndbox></object></annotation>", "NDB1005")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;&b;\">]><annotation><filename>&c;</filename></annotation>", "NDB1001")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><annotation/>", "NDB1001")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><annotation><filename>&b;</filename></annotation>", "NDB1001")]
    [InlineData("<annotation><object><name>a</name><robndbox><cx>1</cx><cy>1</cy><w>1</w></robndbox></object></annotation>", "NDB1006")]
    public void A_bad_file_gives_a_code(string xml, string code)
        => Assert.Equal(code, Assert.Throws<NanoDetException>(() => Read(xml)).Diagnostic.Code);

    [Fact]
    public void A_number_that_is_none_is_shown_at_its_line()
    {
        var diagnostic = Assert.Throws<NanoDetException>(() => Read(LabelImg.Replace("<xmax>56", "<xmax>fifty", StringComparison.Ordinal))).Diagnostic;

        Assert.Equal("a.xml(22,4): error NDB1005: 'xmax' must be a number, but is 'fifty'", diagnostic.ToString());
    }

    [Fact]
    public void A_file_that_is_not_there_gives_a_code()
        => Assert.Equal("NDB1003", Assert.Throws<NanoDetException>(() => VocReader.Read("no/such/file.xml")).Diagnostic.Code);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var image = new LabeledImage("a/b & c.jpg",
        [
            new("cat", new(1, 2, 30.5, 40)) { Difficult = true },
            new("<dog>", new(0, 0, 1.0 / 3, 7)) { Truncated = true },
        ])
        { Width = 100, Height = 50 };
        using var stream = new MemoryStream();
        VocWriter.Write(stream, image);

        var read = VocReader.Read(stream.ToArray(), "a.xml");

        Assert.Equal((image.FileName, image.Width, image.Height), (read.FileName, read.Width, read.Height));
        Assert.Equal(image.Objects, read.Objects.Select(labeled => labeled with { Location = null, BoxLocation = null }));
    }

    private static LabeledImage Read(string xml) => VocReader.Read(Encoding.UTF8.GetBytes(xml), "a.xml");
}
