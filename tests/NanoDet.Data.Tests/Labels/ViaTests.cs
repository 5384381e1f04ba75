namespace NanoDet.Data.Tests.Labels;

public sealed class ViaTests
{
    [Theory]
    [InlineData("""{"name":"rect","x":1,"y":2,"width":3,"height":4}""", "1,2,4,6")]
    [InlineData("""{"name":"circle","cx":10,"cy":20,"r":5}""", "5,15,15,25")]
    [InlineData("""{"name":"ellipse","cx":10,"cy":20,"rx":5,"ry":2}""", "5,18,15,22")]
    [InlineData("""{"name":"ellipse","cx":10,"cy":20,"rx":5,"ry":2,"theta":1.5707963267948966}""", "8,15,12,25")]
    [InlineData("""{"name":"polygon","all_points_x":[3,1,8],"all_points_y":[2,9,4]}""", "1,2,8,9")]
    [InlineData("""{"name":"polyline","all_points_x":[3,1],"all_points_y":[2,9]}""", "1,2,3,9")]
    public void A_shape_becomes_the_box_around_it(string shape, string box)
        => Assert.Equal([$"a.png cat {box}"], ToolForms.Objects(ToolForms.Read(Regions($$$"""{"shape_attributes":{{{shape}}},"region_attributes":{"class":"cat"}}"""))));

    [Fact]
    public void A_class_may_be_a_number()
        => Assert.Equal(["a.png 1 1,2,4,6"], ToolForms.Objects(ToolForms.Read(Regions("""{"shape_attributes":{"name":"rect","x":1,"y":2,"width":3,"height":4},"region_attributes":{"class":1,"comment":"check"}}"""))));

    [Fact]
    public void Regions_are_a_list_or_a_map_from_numbers()
        => Assert.Equal(
            ["a.png cat 1,2,4,6", "a.png dog 0,0,1,1"],
            ToolForms.Objects(ToolForms.Read("""
                {"a.png1":{"fileref":"","size":1,"filename":"a.png","base64_img_data":"","file_attributes":{},"regions":{
                "0":{"shape_attributes":{"name":"rect","x":1,"y":2,"width":3,"height":4},"region_attributes":{"class":"cat"}},
                "1":{"shape_attributes":{"name":"rect","x":0,"y":0,"width":1,"height":1},"region_attributes":{"class":"dog"}}}}}
                """)));

    [Fact]
    public void Points_and_regions_without_a_class_cost_themselves()
    {
        var content = ToolForms.Read(Regions(
            """{"shape_attributes":{"name":"point","cx":1,"cy":2},"region_attributes":{"class":"cat"}}""",
            """{"shape_attributes":{"name":"rect","x":1,"y":2,"width":3},"region_attributes":{"class":"cat"}}""",
            """{"shape_attributes":{"name":"polygon","all_points_x":[1,2],"all_points_y":[1]},"region_attributes":{"class":"cat"}}""",
            """{"shape_attributes":{"name":"rect","x":1,"y":2,"width":3,"height":4},"region_attributes":{"class":""}}""",
            """{"shape_attributes":{"name":"rect","x":1,"y":2,"width":3,"height":4},"region_attributes":{"class":"cat"}}"""));

        Assert.Equal(["a.png cat 1,2,4,6"], ToolForms.Objects(content));
        Assert.Equal(
            [
                "a.json(2,1): warning NDB1009: 3 annotations in this file, the first of them here, have no box and no outline with an area (points and masks have none) and are left out",
                "a.json(5,1): warning NDB1011: One object in this file has no class and is left out",
            ],
            ToolForms.Problems(content));
    }

    [Theory]
    [InlineData("""{"Class":"cat","note":"x"}""", "cat")]
    [InlineData("""{"name":"x","type":"cat"}""", "cat")]
    [InlineData("""{"label":"cat","type":"x"}""", "cat")]
    [InlineData("""{"species":"cat"}""", "cat")]
    [InlineData("""{"species":"cat","note":"","age":""}""", "cat")]
    [InlineData("""{"class":{"cat":true,"dog":false}}""", "cat")]
    public void The_class_is_the_attribute_with_a_usual_name_or_the_only_one(string attributes, string name)
        => Assert.Equal([$"a.png {name} 1,2,4,6"], ToolForms.Objects(ToolForms.Read(Regions(Rect(attributes)))));

    [Fact]
    public void Two_ticks_are_two_objects()
        => Assert.Equal(["a.png cat 1,2,4,6", "a.png dog 1,2,4,6"], ToolForms.Objects(ToolForms.Read(Regions(Rect("""{"class":{"cat":true,"dog":true}}""")))));

    [Fact]
    public void One_attribute_counts_for_the_whole_file()
    {
        var content = ToolForms.Read(Regions(Rect("""{"note":"old","class":"cat"}"""), Rect("""{"note":"new"}""")));
        Assert.Equal(["a.png cat 1,2,4,6"], ToolForms.Objects(content));
        Assert.Equal(["a.json(3,1): warning NDB1011: One object in this file has no class and is left out"], ToolForms.Problems(content));
    }

    [Fact]
    public void Attributes_that_do_not_say_which_of_them_is_the_class_are_an_error_with_their_names()
    {
        Assert.Equal(
            "a.json(2,1): error NDB1017: The regions have the attributes 'colour', 'species', and none has a name that stands for a class. In VIA, rename the one with the class to 'class'",
            ToolForms.Error(Regions(Rect("""{"species":"cat","colour":"red"}"""))));
        Assert.Equal(
            "a.json(2,1): error NDB1017: The regions have no attribute with a value, so nothing names their classes. In VIA, add a region attribute 'class' and give each region its class",
            ToolForms.Error(Regions(Rect("{}"), Rect("""{"class":""}"""))));
    }

    [Fact]
    public void A_file_without_regions_has_images_without_objects()
        => Assert.Equal(["a.png"], ToolForms.Read("""{"a.png1":{"filename":"a.png","size":1,"regions":[],"file_attributes":{}}}""").Images.Select(image => image.FileName));

    private static string Rect(string attributes) => $$$"""{"shape_attributes":{"name":"rect","x":1,"y":2,"width":3,"height":4},"region_attributes":{{{attributes}}} }""";

    private static string Regions(params string[] regions) => $$$"""
        {"a.png1":{"filename":"a.png","size":1,"regions":[
        {{{string.Join(",\n", regions)}}}],"file_attributes":{} } }
        """;
}
