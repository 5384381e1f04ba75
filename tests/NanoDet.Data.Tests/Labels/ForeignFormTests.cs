using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

public sealed class ForeignFormTests
{
    [Theory]
    [InlineData("""[{"name":"1.png","labels":[{"category":"car","box2d":{"x1":1,"y1":2,"x2":3,"y2":4}}]}]""", "BDD100K's (Scalabel)", false)]
    [InlineData("""[{"data_row":{"id":"x","external_id":"1.png"},"projects":{}}]""", "Labelbox's", true)]
    [InlineData("""[{"ID":"x","Labeled Data":"https://host/1.png","Label":{}}]""", "Labelbox's", true)]
    [InlineData("""[{"image":"1.png","bbox":[{"label":"bolt","coordinates":{"x":1,"y":2,"width":3,"height":4}}]}]""", "a list of images with 'bbox'", true)]
    [InlineData("""{"dataset":"d","image":{"width":64,"height":48,"filename":"1.png"},"annotations":[{"name":"bolt","bounding_box":{"x":1,"y":2,"w":3,"h":4}}]}""", "V7's (Darwin)", false)]
    [InlineData("""{"project":{"pid":"x","data_format_version":"3.1.1"},"config":{},"attribute":{},"file":{},"metadata":{},"view":{}}""", "a project of VIA 3", true)]
    public void Json_of_other_tools_is_told_by_its_name(string json, string name, bool isInMembers)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(json);
        var kind = JsonForm.OfEnds(bytes, bytes);
        var told = ForeignForm.Of(kind, new("a.json"))!;
        Assert.Equal(("NDB1010", true), (told.Code, told.Message.StartsWith($"The labels seem to be {name}, which is not read; ", StringComparison.Ordinal)));

        // The members at the top alone do not show all of them; no other form is taken for them either.
        Assert.Equal(isInMembers ? kind : JsonKind.Nothing, JsonForm.OfMembers(bytes, "a.json"));
    }

    [Theory]
    [InlineData("Pedestrian 0.00 0 -0.20 712.40 143.00 810.73 307.92 1.89 0.48 1.20 1.84 1.47 8.41 0.01", "KITTI's")]
    [InlineData("Car -1 -1 -10 712.40 143.00 810.73 307.92 -1 -1 -1 -1000 -1000 -1000 -10 0.93", "KITTI's")]
    [InlineData("10 20 30 20 30 40 10 40 plane 0", "DOTA's")]
    [InlineData("imagesource:GoogleEarth", "DOTA's")]
    [InlineData("gsd:0.146", "DOTA's")]
    [InlineData("bolt 0.5 0.5 0.25 0.25", "lines with the name of a class and numbers")]
    public void Text_of_other_tools_is_told_by_its_name(string line, string name)
    {
        using var folder = new TestFolder();
        var path = folder.Write("labels/1.txt", $"{line}\n");
        var told = ForeignForm.OfLine(line, new(path, 1, 1))!;
        Assert.StartsWith($"The labels seem to be {name}", told.Message, StringComparison.Ordinal);
        Assert.Equal(told, LabelFileReader.WithoutClasses([folder.Write("labels/0.txt", "\n"), path], file => file));
        Assert.Equal(told, Assert.Throws<NanoDetException>(() => NanoDet.Data.Labels.Yolo.YoloReader.Read(path, ClassList.FromNames(["bolt"]), 64, 48)).Diagnostic);
    }

    [Theory]
    [InlineData("a photo of a bolt")]
    [InlineData("0 0.5 0.5 0.25 0.25")]
    [InlineData("")]
    public void Other_text_is_no_form(string line) => Assert.Null(ForeignForm.OfLine(line, new("1.txt", 1, 1)));

    [Fact]
    public void Boxes_of_CreateML_as_lists_of_numbers_are_told()
    {
        using var folder = new TestFolder();
        var path = folder.Write("a.json", """[{"image":"1.png","annotations":[{"label":"bolt","bbox":[1,2,3,4]}]}]""");
        Assert.Equal("NDB1010", Assert.Throws<NanoDetException>(() => LabelFileReader.Read(path, path)).Diagnostic.Code);
    }
}
