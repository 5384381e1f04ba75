namespace NanoDet.Data.Tests.Labels;

public sealed class VottTests
{
    [Fact]
    public void An_export_lists_its_tags_in_order_and_a_region_is_an_object_for_each_of_its_tags()
    {
        var content = ToolForms.Read("""
            {"name":"p","tags":[{"name":"person","color":"#fff"},{"name":"dog","color":"#000"},{"name":"animal","color":"#111"}],"version":"2.2.0","assets":{
            "1":{"asset":{"format":"jpg","id":"1","name":"a b.jpg","path":"file:/Users/me/a%20b.jpg","size":{"width":50,"height":40},"state":2,"type":1},"regions":[
            {"id":"r","type":"RECTANGLE","tags":["animal","dog"],"boundingBox":{"height":20.5,"width":10.25,"left":11.5,"top":12},"points":[]},
            {"id":"s","type":"RECTANGLE","tags":[],"boundingBox":{"height":1,"width":1,"left":1,"top":1}},
            {"id":"t","type":"POINT","tags":["dog"],"boundingBox":null}],"version":"2.2.0"},
            "2":{"asset":{"name":"seen.jpg","size":null,"state":1},"regions":[]},
            "3":{"asset":{"name":"unseen.jpg","state":0},"regions":[]}}}
            """);

        Assert.Equal(["a b.jpg animal 11.5,12,21.75,32.5", "a b.jpg dog 11.5,12,21.75,32.5"], ToolForms.Objects(content));
        Assert.Equal(["person", "dog", "animal"], content.Classes);
        Assert.Equal([("a b.jpg", 50, 40), ("seen.jpg", null, null)], content.Images.Select(image => (image.FileName, image.Width, image.Height)));
        Assert.Equal(
            [
                "a.json(5,1): warning NDB1009: One annotation in this file has no box and no outline with an area (points and masks have none) and is left out",
                "a.json(4,1): warning NDB1011: One object in this file has no class and is left out",
            ],
            ToolForms.Problems(content));
    }

    [Fact]
    public void The_file_of_an_asset_names_its_image()
    {
        var content = ToolForms.Read("""{"asset":{"format":"jpg","id":"3c","name":"a.jpg","size":{"width":50,"height":40},"state":2,"type":1},"regions":[{"id":"r","type":"RECTANGLE","tags":["car"],"boundingBox":{"height":2,"width":3,"left":1,"top":2}}],"version":"2.1.0"}""");
        Assert.Equal(["a.jpg car 1,2,4,4"], ToolForms.Objects(content));
        Assert.Empty(content.Classes);
    }

    [Fact]
    public void A_region_of_an_asset_without_a_name_is_an_error()
        => Assert.Equal(
            "a.json(2,1): error NDB1006: The object has no 'asset'",
            ToolForms.Error("{\"tags\":[],\"assets\":{\n\"1\":{\"regions\":[{\"tags\":[\"a\"],\"boundingBox\":{\"left\":1,\"top\":1,\"width\":1,\"height\":1}}]}}}"));

    [Fact]
    public void Members_that_are_null_are_none()
        => Assert.Equal(["a.jpg"], ToolForms.Read("""{"tags":null,"assets":{"1":{"asset":{"name":"a.jpg","state":2},"regions":null}}}""").Images.Select(image => image.FileName));
}
