using System.Text;
using CsCheck;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.LabelMe;
using NanoDet.Data.Labels.Yolo;

namespace NanoDet.Data.Tests.Labels;

public sealed class YoloAndLabelMeTests
{
    private static readonly ClassList Classes = ClassList.FromNames(["cat", "dog"]);

    [Fact]
    public void A_yolo_box_comes_back_exactly_to_a_hundredth_of_a_pixel_in_images_up_to_30000_pixels()
        => Gen.Select(Gen.Int[1, 30000], Gen.Int[1, 30000]).SelectMany(size => Gen.Select(
            Gen.Const(size), Gen.Int[0, size.Item1 * 100], Gen.Int[0, size.Item2 * 100], Gen.Int[0, size.Item1 * 100], Gen.Int[0, size.Item2 * 100]))
            .Sample((size, left, top, right, bottom) =>
            {
                var image = new LabeledImage("", [new("dog", new(left / 100.0, top / 100.0, right / 100.0, bottom / 100.0))]) { Width = size.Item1, Height = size.Item2 };
                var text = YoloWriter.ToText(image, Classes);
                var read = YoloReader.Read(Encoding.UTF8.GetBytes(text), "a.txt", Classes, size.Item1, size.Item2);
                return read.Objects.Single().Box == image.Objects[0].Box;
            });

    [Fact]
    public void Six_decimals_give_whole_pixels_back()
        => Assert.Equal(new BoundingBox(75, 1, 428, 375), ReadYolo("1 0.503000 0.501333 0.706000 0.997333\r\n\r\n", 500, 375).Objects.Single().Box);

    [Fact]
    public void A_yolo_polygon_becomes_the_box_around_it()
        => Assert.Equal(new BoundingBox(10, 20, 50, 60), ReadYolo("0 0.1 0.3 0.5 0.2 0.3 0.6", 100, 100).Objects.Single().Box);

    [Theory]
    [InlineData("2 0.1 0.1 0.1 0.1", "NDB1045")]
    [InlineData("-1 0.1 0.1 0.1 0.1", "NDB1045")]
    [InlineData("cat 0.1 0.1 0.1 0.1", "NDB1010")]
    [InlineData("0 0.1 NaN 0.1 0.1", "NDB1005")]
    [InlineData("0 0.1 0.1 0.1", "NDB1001")]
    [InlineData("0 0.1 0.1 0.1 0.1 0.9 0.9 0.9", "NDB1001")]
    [InlineData("1.5 0.1 0.1 0.1 0.1", "NDB1005")]
    [InlineData("2.0 0.1 0.1 0.1 0.1", "NDB1045")]
    [InlineData("0,0.5,0.5,0.25,0.25", "NDB1010")]
    [InlineData("0;0.5;0.5;0.25;0.25", "NDB1010")]
    [InlineData("0 160 120 100 80", "NDB1010")]
    [InlineData("0 50 50 80 50 80 90", "NDB1010")]
    public void A_bad_yolo_line_gives_a_code_and_its_line(string line, string code)
    {
        var diagnostic = Assert.Throws<NanoDetException>(() => ReadYolo("0 0.5 0.5 0.1 0.1\n" + line, 100, 100)).Diagnostic;

        Assert.Equal((code, 2), (diagnostic.Code, diagnostic.Location!.Value.Line));
    }

    [Fact]
    public void Labelme_shapes_become_boxes()
    {
        var image = ReadLabelMe(
            """
            {"imagePath": "..\\images\\a.jpg", "imageData": null, "imageWidth": 100, "imageHeight": 80, "shapes": [
              {"label": "cat", "points": [[50, 60], [10, 20]], "shape_type": "rectangle", "flags": {}},
              {"label": "dog", "points": [[1, 5], [9, 2], [4, 8.5]], "shape_type": "polygon", "flags": {"difficult": true}},
              {"label": "cat", "points": [[10, 10], [13, 14]], "shape_type": "circle", "flags": null}]}
            """);

        Assert.Equal("../images/a.jpg", image.FileName);
        Assert.Equal([new(10, 20, 50, 60), new(1, 2, 9, 8.5), new(5, 5, 15, 15)], image.Objects.Select(labeled => labeled.Box));
        Assert.Equal([false, true, false], image.Objects.Select(labeled => labeled.Difficult));
        Assert.Equal(new SourceLocation("a.json", 3, 3), image.Objects[1].Location);
    }

    [Fact]
    public void What_is_written_for_labelme_is_read_back()
    {
        var image = new LabeledImage("猫.jpg", [new("cat", new(1, 2.5, 3, 4)) { Truncated = true }]) { Width = 7, Height = 8 };
        using var stream = new MemoryStream();
        LabelMeWriter.Write(stream, image);

        var read = LabelMeReader.Read(stream.ToArray(), "a.json");

        Assert.Equal((image.FileName, image.Width, image.Height), (read.FileName, read.Width, read.Height));
        Assert.Equal(image.Objects, read.Objects.Select(labeled => labeled with { Location = null }));
    }

    [Theory]
    [InlineData("{}", "NDB1001")]
    [InlineData("""{"shapes":[{"label":"a"}]}""", "NDB1006")]
    [InlineData("""{"shapes":[{"points":[[1,2]]}]}""", "NDB1006")]
    [InlineData("""{"shapes":[{"label":"a","points":[[1]]}]}""", "NDB1001")]
    [InlineData("""{"shapes":[{"label":"a","points":[["x",2]]}]}""", "NDB1005")]
    public void A_bad_labelme_file_gives_a_code(string json, string code)
        => Assert.Equal(code, Assert.Throws<NanoDetException>(() => ReadLabelMe(json)).Diagnostic.Code);

    private static LabeledImage ReadYolo(string text, int width, int height)
        => YoloReader.Read(Encoding.UTF8.GetBytes(text), "a.txt", Classes, width, height);

    private static LabeledImage ReadLabelMe(string json) => LabelMeReader.Read(Encoding.UTF8.GetBytes(json), "a.json");
}
