namespace NanoDet.Data.Tests.Labels;

public sealed class DatumaroTests
{
    [Theory]
    [InlineData(""" "type":"bbox","bbox":[1,2,3,4]""", "1,2,4,6")]
    [InlineData(""" "type":"polygon","points":[3,2,1,9,8,4]""", "1,2,8,9")]
    [InlineData(""" "type":"polyline","points":[3,2,1,9]""", "1,2,3,9")]
    [InlineData(""" "type":"ellipse","points":[3,2,8,9]""", "3,2,8,9")]
    public void An_annotation_becomes_a_box(string annotation, string box)
        => Assert.Equal([$"a.png dog {box}"], ToolForms.Objects(ToolForms.Read(File($$$"""{"label_id":1,{{{annotation}}}}"""))));

    [Theory]
    [InlineData(""" "type":"bbox","bbox":[10,20,30,10],"attributes":{"rotation":90}""", "20,10,30,40")]
    [InlineData(""" "type":"rotated_bbox","bbox":[25,25,30,10,90]""", "20,10,30,40")]
    public void A_turned_box_becomes_the_upright_one_around_it_and_that_is_told(string annotation, string box)
    {
        var content = ToolForms.Read(File($$$"""{"label_id":1,{{{annotation}}}}"""));
        Assert.Equal([$"a.png dog {box}"], ToolForms.Objects(content));
        Assert.Equal(["a.json(3,1): warning NDB1033: One box in this file is rotated; the upright box around it is used, because the model finds upright boxes"], ToolForms.Problems(content));
    }

    [Theory]
    [InlineData(1, 1, "a.png dog 1,2,14,16")]
    [InlineData(0, 0, "a.png dog 1,2,4,6;a.png dog 11,12,14,16")]
    [InlineData(1, 2, "a.png dog 1,2,4,6;a.png dog 11,12,14,16")]
    public void Parts_of_one_group_are_one_object(int first, int second, string objects)
        => Assert.Equal(objects, string.Join(';', ToolForms.Objects(ToolForms.Read(File(
            $$$"""{"label_id":1,"type":"bbox","bbox":[1,2,3,4],"group":{{{first}}}},{"label_id":1,"type":"polygon","points":[11,12,14,16],"group":{{{second}}}},{"label_id":1,"type":"mask","group":{{{first}}}}""")))));

    [Fact]
    public void The_labels_are_the_classes_in_order_wherever_they_stand_and_the_height_of_an_image_comes_first()
    {
        var content = ToolForms.Read("""
            {"items":[{"id":"night/a","annotations":[{"type":"bbox","label_id":2,"bbox":[1,2,3,4],"attributes":{"is_crowd":true,"difficult":1,"truncated":"true"}}],"image":{"path":"night/a.jpg","size":[48,64]}},
            {"id":"b","annotations":[],"media":{"path":""}}],
            "categories":{"label":{"labels":[{"name":"zebra"},{"name":"cat"},{"name":"ant"}]},"mask":{"colormap":[]}}}
            """);

        Assert.Equal(["zebra", "cat", "ant"], content.Classes);
        Assert.Equal(["night/a.jpg ant 1,2,4,6"], ToolForms.Objects(content));
        Assert.Equal([("night/a.jpg", 64, 48), ("b", null, null)], content.Images.Select(image => (image.FileName, image.Width, image.Height)));
        var labeled = content.Images[0].Objects.Single();
        Assert.True(labeled.Crowd && labeled.Difficult && labeled.Truncated);
    }

    [Theory]
    [InlineData(""" {"type":"bbox","label_id":1,"bbox":[1,2,3,4]} """, "cat dog")]
    [InlineData(""" {"type":"bbox","label_id":0,"bbox":[1,2,3,4]} """, "animal cat dog")]
    [InlineData("", "animal cat dog")]
    public void A_label_that_only_groups_others_is_no_class(string annotation, string classes)
        => Assert.Equal(classes.Split(' '), ToolForms.Read($$$"""
            {"categories":{"label":{"labels":[{"name":"animal","parent":""},{"name":"cat","parent":"animal"},{"name":"dog","parent":" animal"}]}},"items":[{"id":"a","annotations":[{{{annotation}}}]}]}
            """).Classes);

    [Fact]
    public void Masks_labels_of_the_image_and_boxes_without_a_label_cost_themselves()
    {
        var content = ToolForms.Read(File(
            """{"type":"label","label_id":7}""",
            """{"type":"mask","label_id":1,"rle":{"counts":"abc","size":[4,4]}}""",
            """{"type":"points","label_id":1,"points":[1,2,3,4]}""",
            """{"type":"bbox","label_id":1,"bbox":[1,2,3]}""",
            """{"type":"bbox","label_id":null,"bbox":[1,2,3,4]}""",
            """{"type":"bbox","label_id":0,"bbox":[1,2,3,4]}"""));

        Assert.Equal(["a.png cat 1,2,4,6"], ToolForms.Objects(content));
        Assert.Equal(
            [
                "a.json(3,1): warning NDB1009: 4 annotations in this file, the first of them here, have no box and no outline with an area (points and masks have none) and are left out",
                "a.json(7,1): warning NDB1011: One object in this file has no class and is left out",
            ],
            ToolForms.Problems(content));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("-1")]
    public void A_label_that_the_file_does_not_list_is_an_error(string number)
        => Assert.Equal($"a.json(3,1): error NDB1007: There is no label with the id {number} in this file", ToolForms.Error(File($$$"""{"type":"bbox","label_id":{{{number}}},"bbox":[1,2,3,4]}""")));

    private static string File(params string[] annotations) => $$$"""
        {"info":{},"categories":{"label":{"labels":[{"name":"cat","parent":"","attributes":[]},{"name":"dog","parent":"","attributes":[]}],"attributes":[]}},"items":[
        {"id":"a","annotations":[{{{"\n" + string.Join(",\n", annotations)}}}],"image":{"path":"a.png"}}]}
        """;
}
