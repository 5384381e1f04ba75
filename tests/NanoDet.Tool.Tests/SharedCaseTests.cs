using System.Text.Json;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels.Coco;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>The cases that went wrong in the hands of people: a build and the tool read each alike, and as meant. Skipped where they are not at hand.</summary>
public sealed class SharedCaseTests : IDisposable
{
    private static readonly SharedCase[] Cases =
    [
        new("data-yaml", [".=data-yaml"], "cone cube | images/1.jpg: cube 120 90 200 150 | images/2.jpg: cone 120 90 200 150 | images/3.jpg: cube 120 90 200 150 | images/4.jpg: cone 120 90 200 150"),
        new("coco-same-names", [".=coco-same-names"], "a | test/0001.jpg: a 10 20 70 80 | train/0001.jpg: a 10 20 70 80 | valid/0001.jpg: a 10 20 70 80"),
        new("readme-among-labels", [".=readme-among-labels"], "a | images/1.jpg: a 120 90 200 150 | images/2.jpg: a 120 90 200 150 | images/3.jpg: a 120 90 200 150 | images/4.jpg: a 120 90 200 150"),
        new("coco-kinds", [".=coco-kinds"], "person | images/1.jpg: person 10 20 70 80 | images/2.jpg: person 10 20 70 80"),
        new("hidden-files", [".=hidden-files"], "box | images/1.jpg: box 10 20 170 180 | images/2.jpg: box 10 20 170 180 | images/3.jpg: box 10 20 170 180 | images/4.jpg: box 10 20 170 180"),
        new("not-labels", [".=not-labels"], "box | images/1.jpg: box 10 20 170 180 | images/2.jpg: box 10 20 170 180 | images/3.jpg: box 10 20 170 180 | images/4.jpg: box 10 20 170 180"),
        new("labels-classes-txt", [".=labels-classes-txt"], "a b | images/1.jpg: b 120 90 200 150 | images/2.jpg: a 120 90 200 150 | images/3.jpg: b 120 90 200 150 | images/4.jpg: a 120 90 200 150"),
        new("list-with-paths", [".=list-with-paths"], "box | images/1.jpg: box 90 20 170 180 | images/2.jpg: box 95 20 170 180 | images/3.jpg: box 10 20 170 180 | images/4.jpg: box 10 20 170 180"),
        new("yolo-beside-images", [".=yolo-beside-images"], "a b | images/1.jpg: b 120 90 200 150 | images/2.jpg: a 120 90 200 150 | images/3.jpg: b 120 90 200 150 | images/4.jpg: a 120 90 200 150"),
        new("voc-and-yolo-side-by-side", [".=voc-and-yolo-side-by-side"], "NDB1060"),
        new("repeated-category", ["images=repeated-category/images", "annotations/c.json=repeated-category/annotations/c.json"], "fish shark | images/1.jpg: fish 110 20 170 80, shark 210 20 270 80 | images/2.jpg: fish 110 20 170 80, shark 210 20 270 80 | images/3.jpg: fish 110 20 170 80, shark 210 20 270 80 | images/4.jpg: fish 110 20 170 80, shark 210 20 270 80"),
        new("repeated-category, other name", ["images=repeated-category/images", "annotations/c.json=repeated-category/other-name.json"], "fish shark | images/1.jpg: fish 110 20 170 80, shark 210 20 270 80 | images/2.jpg: fish 110 20 170 80, shark 210 20 270 80 | images/3.jpg: fish 110 20 170 80, shark 210 20 270 80 | images/4.jpg: fish 110 20 170 80, shark 210 20 270 80"),
        new("same-name-in-subfolder", [".=same-name-in-subfolder"], "bolt nut washer | images/1.jpg: bolt 167 89 245 157, bolt 188 7 267 45, nut 133 166 177 212, washer 91 118 129 156 | images/2.jpg: bolt 105 0 224 47, bolt 59 19 101 131, nut 145 93 188 141, nut 210 26 266 87, nut 235 141 279 185, washer 18 191 64 237 | images/night/1.jpg: bolt 105 0 224 47, bolt 59 19 101 131, nut 145 93 188 141, nut 210 26 266 87, nut 235 141 279 185, washer 18 191 64 237"),
        new("classes-encoding, GBK", ["images/1.png=320x240", "labels/1.txt=:0 0.5 0.5 0.25 0.25", "labels/classes.txt=classes-encoding/classes-gbk.txt"], "NDB1047"),
        new("classes-encoding, Windows-1252", ["images/1.png=320x240", "labels/1.txt=:0 0.5 0.5 0.25 0.25", "labels/classes.txt=classes-encoding/classes-cp1252.txt"], "NDB1047"),
        new("classes-encoding, UTF-16 without BOM", ["images/1.png=320x240", "labels/1.txt=:0 0.5 0.5 0.25 0.25", "labels/classes.txt=classes-encoding/classes-utf16-nobom.txt"], "NDB1047"),
        new("xanylabeling-difficult", ["images/1.png=320x240", "annotations/1.json=xanylabeling-difficult/1.json"], "a | images/1.png: a 10 20 60 80, a 100 120 160 180, a 100 20 160 80 difficult"),
        new("duplicate-boxes, VOC", ["images/1.png=320x240", "annotations/1.xml=duplicate-boxes/1.xml"], "box other | images/1.png: box 10 20 170 180, other 10 20 170 180", "NDB1034"),
        new("duplicate-boxes, YOLO", ["images/1.png=320x240", "labels/classes.txt=:box", "labels/1.txt=duplicate-boxes/1.txt"], "box | images/1.png: box 120 90 200 150", "NDB1034"),
        new("duplicate-boxes, COCO", ["images/1.png=320x240", "annotations/t.json=duplicate-boxes/t.json"], "a | images/1.png: a 10 10 70 70, a 110 10 170 70", "NDB1034"),
        new("coco-odd, no box", [.. Pictures, "annotations/a.json=coco-odd/a.json"], "a | images/1.png: a 18 20 78 80 | images/2.png: a 11 20 71 80, a 15 20 75 80 | images/3.png: a 12 20 72 80, a 16 20 76 80 | images/4.png: a 13 20 73 80, a 17 20 77 80", "NDB1009"),
        new("coco-odd, empty box", [.. Pictures, "annotations/a.json=coco-odd/b.json"], "a | images/1.png: a 18 20 78 80 | images/2.png: a 11 20 71 80, a 15 20 75 80 | images/3.png: a 12 20 72 80, a 16 20 76 80 | images/4.png: a 13 20 73 80, a 17 20 77 80", "NDB1009"),
        new("coco-odd, null as box", [.. Pictures, "annotations/a.json=coco-odd/c.json"], "a | images/1.png: a 18 20 78 80 | images/2.png: a 11 20 71 80, a 15 20 75 80 | images/3.png: a 12 20 72 80, a 16 20 76 80 | images/4.png: a 13 20 73 80, a 17 20 77 80", "NDB1009"),
        new("coco-odd, texts as ids", [.. Pictures, "annotations/a.json=coco-odd/d.json"], "a | images/1.png: a 14 20 74 80, a 18 20 78 80 | images/2.png: a 11 20 71 80, a 15 20 75 80 | images/3.png: a 12 20 72 80, a 16 20 76 80 | images/4.png: a 13 20 73 80, a 17 20 77 80"),
        new("coco-odd, no ids", [.. Pictures, "annotations/a.json=coco-odd/j.json"], "a | images/1.png: a 14 20 74 80, a 18 20 78 80 | images/2.png: a 11 20 71 80, a 15 20 75 80 | images/3.png: a 12 20 72 80, a 16 20 76 80 | images/4.png: a 13 20 73 80, a 17 20 77 80"),
        new("coco-odd, long ids", [.. Pictures, "annotations/a.json=coco-odd/u.json"], "a | images/1.png: a 14 20 74 80, a 18 20 78 80 | images/2.png: a 11 20 71 80, a 15 20 75 80 | images/3.png: a 12 20 72 80, a 16 20 76 80 | images/4.png: a 13 20 73 80, a 17 20 77 80"),
        new("yolo-lines, confidence", Yolo("conf"), "bolt nut | images/1.png: bolt 120 90 200 150"),
        new("yolo-lines, CSV", Yolo("csv"), "NDB1010"),
        new("yolo-lines, decimals as class", Yolo("dec"), "bolt nut | images/1.png: nut 120 90 200 150"),
        new("yolo-lines, pixels", Yolo("pixel"), "NDB1010"),
        new("yolo-lines, pixels inside the picture", Yolo("pixel_in"), "NDB1010"),
        new("yolo-lines, pose", Yolo("pose2"), "bolt nut | images/1.png: bolt 128 72 192 168"),
        new("yolo-lines, pose by description", ["images/1.png=320x240", "data.yaml=:names: [bolt]\nkpt_shape: [2, 2]", "labels/1.txt=:0 0.4 0.4 0.6 0.4 0.6 0.6 0.4 0.6"], "bolt | images/1.png: bolt 32 48 224 144"),
        new("xml-encodings, UTF-16", ["images/1.png=320x240", "annotations/1.xml=xml-encodings/utf16.xml"], "螺栓 | images/1.png: 螺栓 10 20 170 180"),
        new("xml-encodings, GB2312", ["images/1.png=320x240", "annotations/1.xml=xml-encodings/gb2312.xml"], "螺栓 | images/1.png: 螺栓 10 20 170 180"),
        new("xml-encodings, Windows-1251", ["images/1.png=320x240", "annotations/1.xml=xml-encodings/cp1251.xml"], "болт | images/1.png: болт 10 20 170 180"),
        new("xml-encodings, document type", ["images/1.png=320x240", "annotations/1.xml=xml-encodings/doctype.xml"], "a | images/1.png: a 10 20 170 180"),
        new("rotated, LabelImg2", ["images/1.png=320x240", "annotations/1.xml=rotated/robndbox.xml"], "a | images/1.png: a 10 20 60 80, a 118 78 202 162", "NDB1033"),
        new("rotated, CVAT", [.. Pictures, "annotations/a.json=rotated/cvat-coco.json"], "a | images/1.png: a 103 71 217 149 | images/2.png: a 100 100 220 120", "NDB1033"),
        new("cvat-xml", [.. Pictures, "annotations/annotations.xml=cvat-xml/annotations.xml"], "NDB1010"),
        new("convert-inverted-box, VOC", ["images/a.png=320x240", "images/b.png=320x240", "annotations/a.xml=convert-inverted-box/a.xml"], "nut | ", "NDB1030"),
        new("convert-inverted-box, COCO", ["images/a.png=320x240", "annotations/c.json=convert-inverted-box/c.json"], "nut | ", "NDB1030"),
    ];


    private readonly TestFolder _folder = new();
    private readonly TestFolder _output = new("out");

    /// <summary>Names of the cases.</summary>
    public static TheoryData<string> Names => [.. Cases.Select(entry => entry.Name)];

    private static string[] Pictures => ["images/1.png=320x240", "images/2.png=320x240", "images/3.png=320x240", "images/4.png=320x240"];

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_build_and_the_tool_read_a_case_alike_and_as_meant(string name)
    {
        var known = Cases.Single(entry => entry.Name == name);
        known.Write(_folder);

        var planned = SharedCase.Plan(_folder, _output);
        var converted = await SharedCase.ConvertAsync(_folder, _output);

        Assert.Equal((known.Expected, known.Warnings), planned);
        Assert.Equal((known.Expected, known.Warnings), converted);
    }

    [Fact]
    public async Task The_first_orientation_of_a_picture_counts_everywhere()
    {
        var pictures = new[] { "a-long.jpg", "c-exif.webp", "two-exif.jpg" };
        new SharedCase("", ["images=exif", .. pictures.Select(name => $"annotations/{Path.ChangeExtension(name, ".xml")}=:<annotation><object><name>a</name><bndbox><xmin>10</xmin><ymin>20</ymin><xmax>60</xmax><ymax>600</ymax></bndbox></object></annotation>")], "").Write(_folder);

        var planned = SharedCase.Plan(_folder, _output, inputs => inputs).Dataset!;
        await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "coco", "--out", _output["all.json"]);
        var detected = await ToolProcess.RunAsync("detect", MosaicModel.Write(_output["model.onnx"]), _folder["images"], "--format", "json", "--quiet");

        Assert.All(planned.Images, image => Assert.Equal((480, 640, 6), (image.Width, image.Height, image.Orientation)));
        Assert.All(CocoReader.Read(_output["all.json"]).Images, image => Assert.Equal((480, 640), (image.Width, image.Height)));
        Assert.All(detected.Json.EnumerateArray(), picture => Assert.Equal((480, 640), (picture.GetProperty("width").GetInt32(), picture.GetProperty("height").GetInt32())));
        Assert.Equal((3, 3), (planned.Images.Length, detected.Json.GetArrayLength()));
    }

    [Fact]
    public async Task Objects_beyond_the_hundredth_are_told_and_the_figure_stays()
    {
        new SharedCase("", ["images/1.png=640x480", "annotations/t.json=over-100/t.json"], "").Write(_folder);
        var (dataset, diagnostics) = SharedCase.Plan(_folder, _output, inputs => inputs);
        Assert.Equal("NDB1035", Assert.Single(diagnostics).Code);
        Assert.Equal(150, Assert.Single(dataset!.Images).Objects.Length);

        var run = await ToolProcess.RunAsync("eval", "--truth", SharedData.Path("cases/over-100/t.json"), "--detections", SharedData.Path("cases/over-100/d.json"), "--json");
        Assert.Equal(0.663, run.Json.GetProperty("stats")[0].GetDouble(), 0.001);
        Assert.Contains("warning NDB6115: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_object_twice_counts_once_in_an_evaluation()
    {
        var run = await ToolProcess.RunAsync("eval", "--truth", SharedData.Path("cases/duplicate-boxes/t.json"), "--detections", SharedData.Path("cases/duplicate-boxes/d.json"), "--json");
        Assert.Equal(1, run.Json.GetProperty("stats")[0].GetDouble(), 0.001);
        Assert.Equal(2, run.Error.Split("warning NDB1034: ").Length - 1);
    }

    [Fact]
    public async Task Objects_that_are_too_small_to_be_learnt_are_counted_by_a_plan()
    {
        new SharedCase("", [".=tiny-boxes"], "").Write(_folder);
        var (dataset, diagnostics) = SharedCase.Plan(_folder, _output, inputs => inputs with { Preset = "nanodet-plus-m-0.5x_160" });
        Assert.StartsWith("200 of 200 objects ", Assert.Single(diagnostics, diagnostic => diagnostic.Code == "NDB1036").Message, StringComparison.Ordinal);
        Assert.Equal(10, dataset!.Images.Length);

        await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "coco", "--out", _output["all.json"]);
        Assert.All(CocoReader.Read(_output["all.json"]).Annotations, annotation => Assert.Equal(2, annotation.Width));
    }

    [Theory]
    [InlineData("list-with-paths", "images/1.jpg images/2.jpg images/3.jpg", "images/4.jpg", "")]
    [InlineData("coco-same-names", "train/0001.jpg", "valid/0001.jpg", "test/0001.jpg")]
    [InlineData("list-forms", "JPEGImages/a.png JPEGImages/b.png JPEGImages/c.png JPEGImages/d.png JPEGImages/my image 1.png JPEGImages/north/1.png", "JPEGImages/1.png JPEGImages/e.png JPEGImages/my image 2.png JPEGImages/north/2.png", "")]
    public async Task The_parts_that_are_there_are_the_parts(string name, string train, string val, string test)
    {
        string[] pictures = name == "list-forms" ? ["1", "a", "b", "c", "d", "e", "my image 1", "my image 2", "north/1", "north/2"] : [];
        new SharedCase("", [$".={name}", .. pictures.Select(picture => $"JPEGImages/{picture}.png=320x240"), .. pictures.Select(picture => $"Annotations/{picture}.xml=:<annotation><object><name>a</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>60</xmax><ymax>60</ymax></bndbox></object></annotation>")], "").Write(_folder);

        var (dataset, diagnostics) = SharedCase.Plan(_folder, _output, inputs => inputs);

        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Code.StartsWith("NDB2", StringComparison.Ordinal));
        string In(DatasetPart part) => string.Join(' ', dataset!.Of(part).Select(image => image.Path));
        Assert.Equal((train, val, test), (In(DatasetPart.Train), In(DatasetPart.Validation), In(DatasetPart.Test)));
        var run = await ToolProcess.RunAsync("inspect", _folder.FullPath, "--json");
        Assert.Equal(name == "coco-same-names" ? """{"train":1,"val":1,"test":1}""" : "{}", JsonSerializer.Serialize(run.Json.GetProperty("dataset").GetProperty("partsByFolder")));
    }

    [Fact]
    public async Task A_box_without_area_fails_a_conversion()
    {
        new SharedCase("", ["images/a.png=320x240", "annotations/a.xml=convert-inverted-box/a.xml"], "").Write(_folder);
        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "coco", "--out", _output["all.json"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("left out: images: 0, objects: 1", run.Error, StringComparison.Ordinal);
    }

    private static string[] Yolo(string file) => ["images/1.png=320x240", "labels/classes.txt=:bolt\nnut", $"labels/1.txt=yolo-lines/{file}"];
}
