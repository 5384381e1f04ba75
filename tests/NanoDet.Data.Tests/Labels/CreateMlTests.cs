namespace NanoDet.Data.Tests.Labels;

public sealed class CreateMlTests
{
    [Fact]
    public void The_centre_of_a_box_is_given_and_an_image_may_have_no_object()
    {
        var content = ToolForms.Read("""
            [{"image":"a.png","annotations":[{"label":" cat ","coordinates":{"x":10.5,"y":20,"width":5,"height":8}},{"label":"dog","coordinates":{"width":2,"height":2,"x":1,"y":1}}]},
            {"image":"b.png","annotations":[]},{"image":"c.png","annotations":null},{"image":"d.png","verified":true}]
            """);

        Assert.Equal(["a.png cat 8,16,13,24", "a.png dog 0,0,2,2"], ToolForms.Objects(content));
        Assert.Equal(["a.png", "b.png", "c.png", "d.png"], content.Images.Select(image => image.FileName));
        Assert.Equal(2, content.Images[1].Location!.Value.Line);
    }

    [Fact]
    public void Shares_of_the_image_are_told_as_such()
        => Assert.Equal(
            "a.json(1,34): error NDB1010: The labels seem to be CreateML's with shares of the image instead of pixels, which is not read; export the coordinates in pixels, or multiply them by the width and height of the image",
            ToolForms.Error("""[{"image":"a.png","annotations":[{"label":"cat","coordinates":{"x":0.5,"y":0.5,"width":0.4,"height":0.3}}]}]"""));

    [Fact]
    public void What_has_no_box_or_no_class_costs_itself_and_is_told_once_at_the_first()
    {
        var content = ToolForms.Read("""
            [{"image":"a.png","annotations":[
            {"label":"cat","coordinates":{"x":10,"y":20,"width":4,"height":8}},
            {"label":"cat"},
            {"label":"cat","coordinates":{"x":10,"y":20,"width":4}},
            {"label":"cat","coordinates":[1,2,3,4]},
            {"coordinates":{"x":10,"y":20,"width":4,"height":8}},
            {"label":"  ","coordinates":{"x":10,"y":20,"width":4,"height":8}}]}]
            """);

        Assert.Equal(["a.png cat 8,16,12,24"], ToolForms.Objects(content));
        Assert.Equal(
            [
                "a.json(3,1): warning NDB1009: 3 annotations in this file, the first of them here, have no box and no outline with an area (points and masks have none) and are left out",
                "a.json(6,1): warning NDB1011: 2 objects in this file, the first of them here, have no class and are left out",
            ],
            ToolForms.Problems(content));
    }

    [Theory]
    [InlineData("""[{"annotations":[],"image":null}]""", "a.json(1,2): error NDB1006: The object has no 'image'")]
    [InlineData("""[{"image":"a.png","annotations":"cat"}]""", "a.json(1,33): error NDB1001: The label file cannot be read: 'annotations' must be an array")]
    [InlineData("""[{"image":"a.png","annotations":[{"label":"cat","coordinates":{"x":"1"}}]}]""", "a.json(1,68): error NDB1005: 'x' must be a number, but is '1'")]
    [InlineData("""[{"image":"a.png","annotations":[{"label":"c\u0007t","coordinates":{"x":1,"y":1,"width":1,"height":1}}]}]""", "a.json(1,34): error NDB1046: The class name 'c\\u0007t' has the character U+0007, which cannot be printed")]
    public void A_broken_file_gives_a_code_and_its_place(string json, string message) => Assert.Equal(message, ToolForms.Error(json));
}
