using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Labels.LabelMe;
using NanoDet.Data.Labels.Voc;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

/// <summary>Names that would print lines of their own, or that are no text at all.</summary>
public sealed class HostileNamesTests
{
    [Theory]
    [InlineData("cat&#10;##vso[task.complete]")]
    [InlineData("cat\n::error::x")]
    [InlineData("cat&#x85;")]
    [InlineData("\u202Etac")]
    public void A_class_of_Pascal_VOC_that_cannot_be_printed_is_refused_at_its_place(string name)
    {
        var xml = $"<annotation>\n<object>\n <name>{name}</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object></annotation>";

        var diagnostic = Refused(() => VocReader.Read(Encoding.UTF8.GetBytes(xml), "a.xml"));

        Assert.Equal(("NDB1046", 3), (diagnostic.Code, diagnostic.Location!.Value.Line));
        Assert.DoesNotContain(diagnostic.ToString(), character => char.IsControl(character));
    }

    [Theory]
    [InlineData(@"cat\n##vso[task.complete]", "NDB1046")]
    [InlineData(@"\u001b[2J", "NDB1046")]
    [InlineData(@"\ud83d", "NDB1001")]
    public void A_class_in_JSON_that_cannot_be_printed_is_refused_at_its_place(string name, string code)
    {
        Diagnostic[] refused =
        [
            Refused(() => CocoReader.Read(Encoding.UTF8.GetBytes($"{{\"images\": [], \"annotations\": [], \"categories\": [\n{{\"id\": 1, \"name\": \"{name}\"}}]}}"), "a.json")),
            Refused(() => LabelMeReader.Read(Encoding.UTF8.GetBytes($"{{\"imagePath\": \"a.png\", \"shapes\": [\n{{\"label\": \"{name}\", \"points\": [[1, 1], [2, 2]]}}]}}"), "a.json")),
        ];

        Assert.All(refused, diagnostic => Assert.Equal((code, 2), (diagnostic.Code, diagnostic.Location!.Value.Line)));
    }

    [Fact]
    public void A_class_in_a_list_that_cannot_be_printed_is_refused_at_its_line()
    {
        using var folder = new TestFolder();
        var path = folder.Write("classes.txt", "dog\ncat\u001B[2J\n");

        var diagnostic = Refused(() => ClassList.FromFile(path));

        Assert.Equal(("NDB1046", new SourceLocation(path, 2, 1)), (diagnostic.Code, diagnostic.Location!.Value));
        Assert.Equal("NDB1046", Refused(() => ClassList.FromNames(["dog", "cat\n"], new("a.proj"))).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u200b")]
    public void A_class_without_a_name_is_refused_at_its_place(string name)
    {
        var items = Refused(() => ClassList.FromNames(["dog", name], new("a.proj")));
        var coco = Refused(() => CocoReader.Read(Encoding.UTF8.GetBytes($$"""{"images":[],"annotations":[],"categories":[{"id":1,"name":"{{name}}"}]}"""), "a.json"));

        Assert.Equal(("NDB1046", "The class name is empty", "a.proj"), (items.Code, items.Message, items.Location!.Value.File));
        Assert.Equal(("NDB1046", "The class name is empty", new SourceLocation("a.json", 1, 45)), (coco.Code, coco.Message, coco.Location));
    }

    [Theory]
    [InlineData(@"{""\ud800"": 1}")]
    [InlineData(@"{""images"": [{""id"": 1, ""\udc00x"": 2}]}")]
    [InlineData(@"{""shapes"": [{""flags"": {""\ud83d"": true}}]}")]
    [InlineData(@"[{""\ud800\ud800"": 1}]")]
    public void Half_of_a_surrogate_pair_in_a_JSON_name_is_told_where_it_stands(string json)
    {
        using var folder = new TestFolder();
        var path = folder.Write("a.json", "\n" + json);
        Action[] readers =
        [
            () => CocoReader.Read(path), () => LabelMeReader.Read(path), () => CocoResultReader.Read(path), () => LabelFormatDetector.DetectFile(path),
        ];

        var told = 0;
        foreach (var read in readers)
        {
            try
            {
                read();
            }
            catch (NanoDetException exception)
            {
                Assert.Equal(("NDB1001", 2), (exception.Diagnostic.Code, exception.Diagnostic.Location!.Value.Line));
                told += exception.Diagnostic.Message.Contains("surrogate", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        Assert.True(told > 0);
    }

    private static Diagnostic Refused(Action read) => Assert.Throws<NanoDetException>(read).Diagnostic;
}
