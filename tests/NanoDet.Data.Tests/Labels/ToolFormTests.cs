using NanoDet.Data.Labels;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Labels;

/// <summary>What all forms of JSON about many images have in common.</summary>
public sealed class ToolFormTests
{
    [Theory]
    [InlineData("createml", LabelFormat.CreateMl)]
    [InlineData("createml-apple", LabelFormat.CreateMl)]
    [InlineData("via", LabelFormat.Via)]
    [InlineData("via-project", LabelFormat.Via)]
    [InlineData("vott", LabelFormat.Vott)]
    [InlineData("labelstudio", LabelFormat.LabelStudio)]
    [InlineData("labelstudio-min", LabelFormat.LabelStudio)]
    [InlineData("datumaro", LabelFormat.Datumaro)]
    [InlineData("coco", LabelFormat.Coco)]
    public void The_file_of_a_tool_is_told_by_its_members_and_gives_the_boxes_in_pixels(string tool, LabelFormat form)
    {
        var content = ToolForms.Read(ToolLabels.Of(tool, "bolt", ["a.png", "b c.png"])!);

        Assert.Equal(form, content.Form);
        Assert.False(content.IsOfOneImage);
        Assert.Equal(["a.png bolt 16,12,48,36", "b c.png bolt 16,12,48,36"], ToolForms.Objects(content));
        Assert.Empty(ToolForms.Problems(content));
        Assert.All(content.Images, image => Assert.True(image.Width is null or 64 && image.Height is null or 48));
    }

    [Theory]
    [InlineData("createml")]
    [InlineData("via")]
    [InlineData("via-project")]
    [InlineData("vott")]
    [InlineData("vott-asset")]
    [InlineData("labelstudio")]
    [InlineData("labelstudio-min")]
    [InlineData("labelstudio-task")]
    [InlineData("labelstudio-storage")]
    [InlineData("datumaro")]
    [InlineData("coco")]
    public void The_ends_of_a_file_show_the_same_as_its_members(string tool)
    {
        const int Length = 4096;
        var one = ToolForms.Sample(tool, "a.png");
        var many = ToolForms.Sample(tool, [.. Enumerable.Range(0, 200).Select(i => $"{i}.png")]);

        var kind = JsonForm.OfMembers(one, "a.json");
        Assert.NotNull(JsonForm.FormatOf(kind));
        Assert.Equal(kind, JsonForm.OfEnds(one, one));
        Assert.Equal(kind, JsonForm.OfEnds(many[..Math.Min(Length, many.Length)], many[^Math.Min(Length, many.Length)..]));
    }

    [Theory]
    [InlineData("""{"name":"categories","version":"images","license":"bbox"}""")]
    [InlineData("""["image", "annotations"]""")]
    [InlineData("""[]""")]
    [InlineData("""[1, 2]""")]
    [InlineData("""{"data":[{"x":[1]}],"layout":{"annotations":[]}}""")]
    [InlineData("""{"items":[{"name":"a"}]}""")]
    [InlineData("""{"regions":{"eu":1}}""")]
    [InlineData("""[{"data":1,"id":2}]""")]
    [InlineData("""[{"image_id":1,"category_id":1,"bbox":[1,2,3,4],"score":1}]""")]
    public void Other_JSON_is_no_labels(string json)
    {
        Assert.Null(JsonForm.FormatOf(JsonForm.OfMembers(System.Text.Encoding.UTF8.GetBytes(json), "a.json")));
        Assert.StartsWith("a.json: error NDB1004: The file is not in a known label format", ToolForms.Error(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/data/upload/1/0f3a9c1e-a.png", "0f3a9c1e-a.png")]
    [InlineData("/label-studio/data/upload/12/a.png", "a.png")]
    [InlineData("/data/local-files/?d=night%2Fa%20b.png", "night/a b.png")]
    [InlineData("/data/local-files/?d=Users%5Cme%5Ca.png&x=1", "Users/me/a.png")]
    [InlineData("s3://bucket/night/a.png", "night/a.png")]
    [InlineData("https://host:80/night/a.png?token=b/c.png", "night/a.png")]
    [InlineData("file:///home/me/a.png", "home/me/a.png")]
    [InlineData(@"night\a.png", "night/a.png")]
    [InlineData("a.png", "a.png")]
    [InlineData("https://host", "")]
    public void An_address_has_the_path_of_its_picture(string address, string path) => Assert.Equal(path, PictureAddress.PathOf(address));
}
