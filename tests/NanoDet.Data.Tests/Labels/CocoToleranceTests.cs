using System.Collections.Immutable;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;

namespace NanoDet.Data.Tests.Labels;

/// <summary>COCO files as tools write them that do not keep to the form.</summary>
public sealed class CocoToleranceTests
{
    [Theory]
    [InlineData("")]
    [InlineData(""" "bbox": [],""")]
    [InlineData(""" "bbox": null,""")]
    [InlineData(""" "bbox": [1, 2, 3],""")]
    [InlineData(""" "bbox": [1, 2, null, 4],""")]
    [InlineData(""" "segmentation": {"counts": "abc", "size": [9, 9]},""")]
    [InlineData(""" "caption": "a cat",""")]
    public void An_annotation_without_a_box_costs_itself_and_is_told_once_at_the_first(string box)
    {
        var image = Labels($$"""
            {"images":[{"id":1,"file_name":"a.jpg"}],"categories":[{"id":5,"name":"cat"}],"annotations":[
            {"id":1,"image_id":1,"category_id":5,"bbox":[1,2,3,4]},
            {"id":2,{{box}}"image_id":1,"category_id":5},
            {"id":3,{{box}}"image_id":1}]}
            """).Single();

        Assert.Equal(new BoundingBox(1, 2, 4, 6), image.Objects.Single().Box);
        Assert.Equal("a.json(3,1): warning NDB1009: 2 annotations in this file, the first of them here, have no box of four numbers and are left out", image.Problems.Single().ToString());
    }

    [Fact]
    public void Annotations_of_images_that_the_file_lacks_cost_themselves_and_are_told_once_at_the_first()
    {
        const string Start = """{"images":[{"id":1,"file_name":"a.jpg"}],"categories":[{"id":5,"name":"cat"}],"annotations":[""";
        var image = Labels(Start + """

            {"id":1,"image_id":1,"category_id":5,"bbox":[1,2,3,4]},
            {"id":2,"image_id":7,"category_id":5,"bbox":[1,2,3,4]},
            {"id":3,"image_id":8,"category_id":5,"bbox":[1,2,3,4]}]}
            """).Single();

        Assert.Equal(new BoundingBox(1, 2, 4, 6), image.Objects.Single().Box);
        Assert.Equal("a.json(3,1): warning NDB1019: 2 annotations in this file, the first of them here, are of images that 'images' does not list, and are left out", image.Problems.Single().ToString());
        Assert.Equal("NDB1007", Assert.Throws<NanoDetException>(() => Labels(Start + """{"id":2,"image_id":7,"category_id":5,"bbox":[1,2,3,4]}]}""")).Diagnostic.Code);
    }

    [Fact]
    public void What_is_told_of_an_image_that_the_file_lacks_is_told_with_the_first()
    {
        var images = Labels("""{"images":[{"id":1,"file_name":"a.jpg"},{"id":2,"file_name":"b.jpg"}],"categories":[],"annotations":[{"image_id":9}]}""");

        Assert.Equal([1, 0], images.Select(image => image.Problems.Length));
    }

    [Theory]
    [InlineData("\"7\"", "7")]
    [InlineData("7.0", "\"7\"")]
    [InlineData("12345678901234567891", "12345678901234567891")]
    [InlineData("12345678901234567891", "\"12345678901234567891\"")]
    [InlineData("\"3f2a-b\"", "\"3f2a-b\"")]
    public void Ids_are_numbers_in_any_spelling_long_ones_and_texts(string id, string reference)
    {
        var json = $$"""{"images":[{"id":{{id}},"file_name":"a.jpg"}],"categories":[{"id":{{id}},"name":"cat"}],"annotations":[{"id":{{id}},"image_id":{{reference}},"category_id":{{reference}},"bbox":[1,2,3,4]}]}""";
        var document = CocoReader.Read(Encoding.UTF8.GetBytes(json), "a.json");
        var result = CocoResultReader.Read(Encoding.UTF8.GetBytes($$"""[{"image_id":{{reference}},"category_id":{{reference}},"bbox":[1,2,3,4],"score":1}]"""), "d.json").Single();

        Assert.Equal("cat", CocoConversion.ToLabels(document).Single().Objects.Single().ClassName);
        Assert.Equal((document.Images[0].Id, document.Categories[0].Id), (result.ImageId, result.CategoryId));
    }

    [Theory]
    [InlineData("12345678901234567891", "12345678901234567892", "There is no image with the id that this entry names in this file")]
    [InlineData("\"a\"", "\"b\"", "There is no image with the id that this entry names in this file")]
    [InlineData("1", "2", "There is no image with the id 2 in this file")]
    public void Other_ids_are_other_images(string id, string reference, string message)
    {
        var json = $$"""{"images":[{"id":{{id}},"file_name":"a.jpg"}],"categories":[{"id":1,"name":"cat"}],"annotations":[{"image_id":{{reference}},"category_id":1,"bbox":[1,2,3,4]}]}""";

        Assert.Equal(message, Assert.Throws<NanoDetException>(() => CocoReader.Read(Encoding.UTF8.GetBytes(json), "a.json")).Diagnostic.Message);
    }

    [Fact]
    public void Annotations_without_ids_are_numbered_by_their_place()
        => Assert.Equal([1, 2], CocoReader.Read(
            """{"images":[{"id":1,"file_name":"a.jpg"}],"categories":[{"id":1,"name":"a"}],"annotations":[{"image_id":1,"category_id":1,"bbox":[1,2,3,4]},{"image_id":1,"category_id":1,"bbox":[1,2,3,5]}]}"""u8,
            "a.json").Annotations.Select(annotation => annotation.Id));

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("1.0", true)]
    [InlineData("\"1\"", true)]
    [InlineData("\"True\"", true)]
    [InlineData("\"yes\"", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("0.0", false)]
    [InlineData("\"0\"", false)]
    [InlineData("\"False\"", false)]
    [InlineData("\"no\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("null", false)]
    public void A_flag_is_true_in_any_spelling(string flag, bool expected)
    {
        var json = $$"""{"images":[{"id":1,"file_name":"a.jpg"}],"categories":[{"id":1,"name":"a"}],"annotations":[{"image_id":1,"category_id":1,"bbox":[1,2,3,4],"iscrowd":{{flag}},"difficult":{{flag}}}]}""";
        var found = Labels(json).Single().Objects.Single();

        Assert.Equal((expected, expected), (found.Crowd, found.Difficult));
    }

    [Theory]
    [InlineData("fish")]
    [InlineData("sea")]
    public void A_category_that_only_groups_others_is_no_class(string parent)
    {
        var document = CocoReader.Read(Encoding.UTF8.GetBytes($$"""
            {"images":[{"id":1,"file_name":"a.jpg"}],
             "categories":[{"id":0,"name":"{{parent}}","supercategory":"none"},{"id":1,"name":"fish","supercategory":"{{parent}}"},{"id":2,"name":"shark","supercategory":"{{parent}}"},{"id":3,"name":"ray","supercategory":"ray"}],
             "annotations":[{"image_id":1,"category_id":1,"bbox":[1,2,3,4]}]}
            """), "a.json");

        Assert.Equal([1L, 2, 3], document.Categories.Select(category => category.Id));
    }

    [Fact]
    public void A_category_with_objects_is_a_class_whatever_it_groups()
        => Assert.Equal([0L, 1], CocoReader.Read(
            """{"images":[{"id":1,"file_name":"a.jpg"}],"categories":[{"id":0,"name":"fish"},{"id":1,"name":"shark","supercategory":"fish"}],"annotations":[{"image_id":1,"category_id":0,"bbox":[1,2,3,4]}]}"""u8,
            "a.json").Categories.Select(category => category.Id));

    [Fact]
    public void A_box_that_CVAT_has_turned_is_the_upright_box_around_it()
    {
        var image = Labels("""
            {"images":[{"id":1,"file_name":"a.jpg"}],"categories":[{"id":1,"name":"a"}],"annotations":[
            {"image_id":1,"category_id":1,"bbox":[100,100,120,20],"area":2400,"attributes":{"occluded":false,"rotation":30.0}},
            {"image_id":1,"category_id":1,"bbox":[10,10,20,20],"attributes":{"rotation":0.0}},
            {"image_id":1,"category_id":1,"bbox":[10,10,20,30],"attributes":{"rotation":90}}]}
            """).Single();

        var hull = image.Objects[0].Box;
        Assert.Equal((103.04, 71.34, 216.96, 148.66), (Math.Round(hull.Left, 2), Math.Round(hull.Top, 2), Math.Round(hull.Right, 2), Math.Round(hull.Bottom, 2)));
        Assert.Equal(new BoundingBox(10, 10, 30, 30), image.Objects[1].Box);
        Assert.Equal((5.0, 35.0), (image.Objects[2].Box.Left, image.Objects[2].Box.Right));
        Assert.Equal(("NDB1033", 2), (image.Problems.Single().Code, image.Problems.Single().Location!.Value.Line));
        Assert.StartsWith("2 boxes in this file", image.Problems.Single().Message, StringComparison.Ordinal);
    }

    private static ImmutableArray<LabeledImage> Labels(string json) => CocoConversion.ToLabels(CocoReader.Read(Encoding.UTF8.GetBytes(json), "a.json"));
}
