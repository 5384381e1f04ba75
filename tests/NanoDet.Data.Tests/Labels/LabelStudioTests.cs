namespace NanoDet.Data.Tests.Labels;

public sealed class LabelStudioTests
{
    [Theory]
    [InlineData("rectanglelabels", """ "x":10,"y":20,"width":30,"height":40,"rotation":0""", "20,20,80,60")]
    [InlineData("rectanglelabels", """ "x":10,"y":20,"width":30,"height":40""", "20,20,80,60")]
    [InlineData("rectanglelabels", """ "x":50,"y":20,"width":30,"height":40,"rotation":90""", "60,20,100,80")]
    [InlineData("rectanglelabels", """ "x":50,"y":50,"width":10,"height":10,"rotation":180""", "80,40,100,50")]
    [InlineData("polygonlabels", """ "points":[[10,20],[30,5],[20,50]]""", "20,5,60,50")]
    [InlineData("ellipselabels", """ "x":50,"y":50,"radiusX":10,"radiusY":20,"rotation":0""", "80,30,120,70")]
    [InlineData("ellipselabels", """ "x":50,"y":50,"radiusX":10,"radiusY":40,"rotation":90""", "60,30,140,70")]
    public void Per_cent_of_the_image_become_pixels(string type, string value, string box)
    {
        var content = ToolForms.Read(Task(Annotation(Shape(type, value))));
        Assert.Equal([$"a.png cat {box}"], ToolForms.Objects(content));
        Assert.Empty(ToolForms.Problems(content));
        Assert.Equal((200, 100), (content.Images[0].Width, content.Images[0].Height));
    }

    [Theory]
    [InlineData("photo", "b.png")]
    [InlineData("mask", "a.png")]
    [InlineData("img", null)]
    public void The_image_of_several_is_the_one_that_shapes_name(string name, string? image)
    {
        var json = $$$"""[{"id":1,"data":{"mask":"a.png","photo":"b.png"},"annotations":[{"result":[{"original_width":200,"original_height":100,"to_name":"{{{name}}}","type":"rectanglelabels","value":{"x":10,"y":20,"width":30,"height":40,"rectanglelabels":["cat"]}}]}]}]""";
        if (image is null)
        {
            Assert.StartsWith("a.json(1,2): error NDB1010: The labels seem to be a task with several images, which is not read;", ToolForms.Error(json), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal([$"{image} cat 20,20,80,60"], ToolForms.Objects(ToolForms.Read(json)));
        }
    }

    [Fact]
    public void A_turned_rectangle_becomes_the_upright_box_around_it_and_that_is_told()
    {
        // In pixels: a square with sides of 20 that hangs on its corner at (100, 20) and is turned clockwise by 45 degrees.
        var content = ToolForms.Read(Task(Annotation(Shape("rectanglelabels", """ "x":50,"y":20,"width":10,"height":20,"rotation":45"""))));
        Assert.Equal(["a.png cat 85.86,20,114.14,48.28"], ToolForms.Objects(content));
        Assert.Equal(["a.json(3,1): warning NDB1033: One box in this file is rotated; the upright box around it is used, because the model finds upright boxes"], ToolForms.Problems(content));
    }

    [Fact]
    public void Masks_points_and_shapes_without_a_class_cost_themselves_and_answers_are_no_shapes()
    {
        var content = ToolForms.Read(Task(Annotation(
            Shape("brushlabels", """ "format":"rle","rle":[1,2,3]"""),
            Shape("keypointlabels", """ "x":50,"y":50,"width":0.5"""),
            """{"original_width":200,"original_height":100,"id":"r9","type":"rectangle","value":{"x":1,"y":1,"width":1,"height":1}}""",
            """{"original_width":200,"original_height":100,"id":"r9","type":"choices","value":{"x":1,"y":1,"width":1,"height":1,"choices":["big"]}}""",
            """{"type":"choices","value":{"choices":["day"]}}""",
            """{"from_id":"r1","to_id":"r9","type":"relation","direction":"right"}""")));

        Assert.Empty(ToolForms.Objects(content));
        Assert.Equal(
            [
                "a.json(3,1): warning NDB1009: 2 annotations in this file, the first of them here, have no box and no outline with an area (points and masks have none) and are left out",
                "a.json(5,1): warning NDB1011: One object in this file has no class and is left out",
            ],
            ToolForms.Problems(content));
    }

    [Fact]
    public void A_shape_that_is_drawn_apart_from_its_label_is_one_object()
        => Assert.Equal(["a.png cat 20,20,80,60"], ToolForms.Objects(ToolForms.Read(Task(Annotation(
            """{"original_width":200,"original_height":100,"id":"r1","type":"rectangle","value":{"x":10,"y":20,"width":30,"height":40,"rotation":0}}""",
            """{"original_width":200,"original_height":100,"id":"r1","type":"labels","value":{"x":10,"y":20,"width":30,"height":40,"rotation":0,"labels":["cat"]}}""")))));

    [Fact]
    public void Predictions_drafts_and_skipped_annotations_are_no_labels_but_an_empty_annotation_is_an_image_without_objects()
    {
        var shape = Shape("rectanglelabels", """ "x":10,"y":20,"width":30,"height":40""");
        var content = ToolForms.Read($$$"""
            [{"id":1,"annotations":[],"predictions":[{"result":[{{{shape}}}]}],"drafts":[{"result":[{{{shape}}}]}],"data":{"image":"predicted.png"}},
            {"id":2,"annotations":[{"result":[{{{shape}}}],"was_cancelled":true}],"data":{"image":"skipped.png"}},
            {"id":3,"annotations":[{"result":[],"was_cancelled":false}],"data":{"image":"empty.png"}},
            {"id":4,"completions":[{"result":[{{{shape}}}]}],"data":{"photo":"/data/upload/3/old.png","text":"x"}}]
            """);

        Assert.Equal(["empty.png", "old.png"], content.Images.Select(image => image.FileName));
        Assert.Equal(["old.png cat 20,20,80,60"], ToolForms.Objects(content));
    }

    [Theory]
    [InlineData(""" "updated_at":"2024-05-02T10:00:00Z" """, """ "updated_at":"2024-05-01T10:00:00Z" """, "first")]
    [InlineData(""" "updated_at":"2024-05-01T10:00:00Z" """, """ "updated_at":"2024-05-02T10:00:00Z" """, "second")]
    [InlineData(""" "updated_at":"2024-05-01T10:00:00Z","ground_truth":true """, """ "updated_at":"2024-05-02T10:00:00Z" """, "first")]
    [InlineData(""" "lead_time":1 """, """ "lead_time":1 """, "second")]
    public void Of_several_annotations_the_ground_truth_counts_or_else_the_last(string first, string second, string expected)
    {
        static string Labelled(string name, string members) => $$$"""
            {"result":[{"original_width":200,"original_height":100,"type":"rectanglelabels","value":{"x":10,"y":20,"width":30,"height":40,"rectanglelabels":["{{{name}}}"]}}],{{{members}}}}
            """;
        var content = ToolForms.Read(Task(Labelled("first", first), Labelled("second", second)));

        Assert.Equal([$"a.png {expected} 20,20,80,60"], ToolForms.Objects(content));
        Assert.Equal(
            ["a.json(1,2): warning NDB1012: One image in this file was labelled more than once; the labels marked as ground truth are used, or else those that were changed last"],
            ToolForms.Problems(content));
    }

    [Fact]
    public void Several_entries_of_a_task_in_the_short_form_are_several_annotations()
    {
        static string Entry(string name, string time) => $$$"""{"image":"/data/upload/1/a.png","id":7,"boxes":[{"x":10,"y":20,"width":30,"height":40,"rotation":0,"rectanglelabels":["{{{name}}}"],"original_width":200,"original_height":100}],"annotator":1,"annotation_id":1,"updated_at":"{{{time}}}"}""";
        var content = ToolForms.Read($"[{Entry("new", "2024-05-02")},{Entry("old", "2024-05-01")}]");
        Assert.Equal(["a.png new 20,20,80,60"], ToolForms.Objects(content));
        Assert.Single(ToolForms.Problems(content));
    }

    [Fact]
    public void Tasks_of_two_projects_with_one_id_are_two_tasks()
    {
        var shape = Shape("rectanglelabels", """ "x":10,"y":20,"width":30,"height":40""");
        var content = ToolForms.Read($$$"""[{"id":1,"annotations":[{"result":[{{{shape}}}]}],"data":{"image":"a.png"}},{"id":1,"annotations":[{"result":[{{{shape}}}]}],"data":{"image":"b.png"}}]""");
        Assert.Equal(["a.png cat 20,20,80,60", "b.png cat 20,20,80,60"], ToolForms.Objects(content));
    }

    [Theory]
    [InlineData("""{"type":"rectanglelabels","value":{"x":1,"y":1,"width":1,"height":1,"rectanglelabels":["cat"]}}""", "a.json(3,1): error NDB1006: The object has no 'original_width'")]
    [InlineData("""{"original_width":1,"original_height":1,"image_rotation":90,"type":"rectanglelabels","value":{"x":1,"y":1,"width":1,"height":1,"rectanglelabels":["cat"]}}""", "a.json(3,1): error NDB1010: The labels seem to be for an image that was turned in Label Studio, which is not read; turn it back there and export again")]
    public void What_cannot_be_known_is_an_error(string shape, string message) => Assert.Equal(message, ToolForms.Error(Task(Annotation(shape))));

    private static string Shape(string type, string value) => $$$"""{"original_width":200,"original_height":100,"image_rotation":0,"id":"r1","from_name":"label","to_name":"image","type":"{{{type}}}","value":{{{{value}}},"{{{type}}}":["cat"]}}""";

    private static string Annotation(params string[] shapes) => $$$"""{"was_cancelled":false,"result":[{{{"\n" + string.Join(",\n", shapes)}}}]}""";

    private static string Task(params string[] annotations) => $$$"""
        [{"id":1,"annotations":[
        {{{string.Join(",\n", annotations)}}}],"data":{"image":"a.png"}}]
        """;
}
