using System.Text;
using NanoDet.Core.Geometry;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.LabelMe;

namespace NanoDet.Data.Tests.Labels;

/// <summary>The shapes of labelme and X-AnyLabeling.</summary>
public sealed class LabelMeShapeTests
{
    [Theory]
    [InlineData("rectangle", "[[60, 80], [10, 20]]")]
    [InlineData("rectangle", "[[60, 20], [10, 80]]")]
    [InlineData("rectangle", "[[10, 20], [60, 20], [60, 80], [10, 80]]")]
    [InlineData("polygon", "[[10, 50], [30, 20], [60, 30], [40, 80]]")]
    [InlineData("linestrip", "[[10, 80], [30, 50], [60, 20]]")]
    [InlineData("line", "[[10, 80], [60, 20]]")]
    [InlineData("points", "[[10, 80], [60, 20], [20, 30]]")]
    [InlineData("rotation", "[[35, 20], [60, 50], [35, 80], [10, 50]]")]
    public void A_shape_is_the_box_around_it(string type, string points)
        => Assert.Equal(new BoundingBox(10, 20, 60, 80), Read($$"""{"label":"a","shape_type":"{{type}}","points":{{points}}}""").Objects.Single().Box);

    [Fact]
    public void A_circle_has_its_centre_and_a_point_on_it()
        => Assert.Equal(new BoundingBox(5, 5, 15, 15), Read("""{"label":"a","shape_type":"circle","points":[[10,10],[13,14]]}""").Objects.Single().Box);

    [Fact]
    public void A_rotated_box_is_told_once()
    {
        const string Shape = """{"label":"a","shape_type":"rotation","points":[[35,20],[60,50],[35,80],[10,50]]}""";

        Assert.Equal(("NDB1033", 1), (Read($"{Shape},{Shape}").Problems.Single().Code, Read($"{Shape},{Shape}").Problems.Single().Location!.Value.Line));
        Assert.Empty(Read("""{"label":"a","shape_type":"rectangle","points":[[1,2],[3,4]]}""").Problems);
    }

    [Theory]
    [InlineData("""  "difficult": true, "flags": {} """, true)]
    [InlineData("""  "flags": {}, "difficult": "True" """, true)]
    [InlineData("""  "flags": {"difficult": true}, "difficult": false """, true)]
    [InlineData("""  "flags": {}, "difficult": false """, false)]
    public void Difficult_is_a_member_of_the_shape_or_a_flag(string members, bool expected)
        => Assert.Equal(expected, Read($$"""{"label":"a","points":[[1,2],[3,4]],{{members}}}""").Objects.Single().Difficult);

    [Fact]
    public void Shapes_of_one_class_and_group_are_one_object()
    {
        var objects = Read(
            """
            {"label":"post","group_id":1,"points":[[10,20],[20,30]]},
            {"label":"post","group_id":null,"points":[[1,1],[2,2]]},
            {"label":"rail","group_id":1,"points":[[5,5],[6,6]]},
            {"label":"post","group_id":1,"difficult":true,"points":[[15,0],[40,25]]},
            {"label":"post","points":[[1,1],[2,3]]},
            {"label":"post","group_id":2,"points":[[7,7],[8,8]]}
            """).Objects;

        Assert.Equal(
            [("post", new(10, 0, 40, 30), true), ("post", new(1, 1, 2, 2), false), ("rail", new(5, 5, 6, 6), false), ("post", new(1, 1, 2, 3), false), ("post", new BoundingBox(7, 7, 8, 8), false)],
            objects.Select(labeled => (labeled.ClassName, labeled.Box, labeled.Difficult)));
        Assert.Equal(1, objects[0].Location!.Value.Line);
    }

    private static LabeledImage Read(string shapes) => LabelMeReader.Read(Encoding.UTF8.GetBytes($$"""{"imagePath":"a.jpg","shapes":[{{shapes}}]}"""), "a.json");
}
