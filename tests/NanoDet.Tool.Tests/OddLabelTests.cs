using System.Text.RegularExpressions;
using NanoDet.Data.Labels.Coco;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>What the tool makes of labels as people's tools write them: the same as a build.</summary>
public sealed class OddLabelTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string> Names => OddLabels.Names;

    public static TheoryData<string, string, bool> Sets => OddLabels.TracksOrTriangles;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task They_are_read_as_meant(string name)
    {
        var (file, objects) = OddLabels.Write(_folder, name, "labels");
        Directory.CreateDirectory(_folder["images"]);
        await File.WriteAllBytesAsync(_folder["images/img0.png"], TinyPng.Bytes(0), TestContext.Current.CancellationToken);

        var run = await ToolProcess.RunAsync("convert", _folder[$"labels/{file}"], "--images", _folder["images"], "--to", "coco", "--out", _folder["out.json"]);

        Assert.Equal(0, run.ExitCode);
        var document = CocoReader.Read(_folder["out.json"]);
        var names = document.Categories.ToDictionary(category => category.Id, category => category.Name);
        Assert.Equal(objects, string.Join(';', document.Annotations.Select(found => FormattableString.Invariant(
            $"{names[found.CategoryId]} {found.X:0} {found.Y:0} {found.X + found.Width:0} {found.Y + found.Height:0}"))));
    }

    [Fact]
    public async Task Shares_where_pixels_belong_are_told()
    {
        new KnownLayout("", ["images/1.png", "annotations/1.xml=<annotation><object><name>bolt</name><bndbox><xmin>0.25</xmin><ymin>0</ymin><xmax>1</xmax><ymax>0.5</ymax></bndbox></object></annotation>"], []).Write(_folder);

        var run = await ConvertAsync("coco");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB1010: The labels seem to be Pascal VOC's with shares of the image instead of pixels", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task A_set_shows_whether_a_line_is_a_track_or_a_triangle(string other, string objects, bool isGuess)
    {
        _folder.Write("classes.txt", OddLabels.Classes);
        _folder.Write("labels/img0.txt", OddLabels.TrackOrTriangle);
        _folder.Write("labels/img1.txt", other);
        Directory.CreateDirectory(_folder["images"]);
        for (var i = 0; i < 2; i++)
        {
            await File.WriteAllBytesAsync(_folder[$"images/img{i}.png"], TinyPng.Bytes(i), TestContext.Current.CancellationToken);
        }

        var run = await ToolProcess.RunAsync("convert", _folder["labels"], "--to", "coco", "--out", _folder["out.json"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(isGuess, run.Error.Contains("warning NDB1018: A line with six numbers of which the last is 1 is taken for a box", StringComparison.Ordinal));
        var document = CocoReader.Read(_folder["out.json"]);
        var image = document.Images.Single(image => image.FileName == "img0.png").Id;
        var found = document.Annotations.Single(found => found.ImageId == image);
        Assert.Equal(objects, FormattableString.Invariant($"{document.Categories[0].Name} {found.X:0} {found.Y:0} {found.X + found.Width:0} {found.Y + found.Height:0}"));
    }

    [Theory]
    [InlineData("0 0,5 0,5 0,25 0,25\n", "write this line as '0 0.5 0.5 0.25 0.25'")]
    [InlineData("1;0,5;0,5;0,25;0,25\n", "write this line as '1 0.5 0.5 0.25 0.25'")]
    public async Task Decimal_commas_are_told_with_the_line_to_write(string text, string told)
    {
        _folder.Write("labels/img0.txt", text);
        _folder.Write("labels/classes.txt", OddLabels.Classes);
        await File.WriteAllBytesAsync(_folder["labels/img0.png"], TinyPng.Bytes(0), TestContext.Current.CancellationToken);

        var run = await ToolProcess.RunAsync("convert", _folder["labels"], "--to", "coco", "--out", _folder["out.json"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"img0.txt(1,1): error NDB1010: The labels seem to be numbers with decimal commas, which is not read; YOLO text has points, and spaces between the numbers: {told}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0,0.5,0.5,0.25,0.25\n")]
    [InlineData("0 32 24 20 10\n")]
    public async Task Another_form_is_told_by_its_name(string text)
    {
        var path = _folder.Write("labels/img0.txt", text);
        _folder.Write("labels/classes.txt", OddLabels.Classes);
        await File.WriteAllBytesAsync(_folder["labels/img0.png"], TinyPng.Bytes(0), TestContext.Current.CancellationToken);

        var run = await ToolProcess.RunAsync("convert", _folder["labels"], "--to", "coco", "--out", _folder["out.json"]);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{path}(1,1): error NDB1010: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_that_fit_two_pictures_say_so()
    {
        new KnownLayout("", ["images/a.png", "images/a.bmp", "labels/a.txt=yolo:0", "labels/classes.txt=nut"], []).Write(_folder);

        var run = await ConvertAsync("coco");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{_folder["labels/a.txt"]}: error NDB1022: It is not clear which file belongs to this one: both 'images/a.bmp' and 'images/a.png' fit", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("heic")]
    [InlineData("AVIF")]
    public async Task A_picture_in_a_form_that_is_not_read_is_named(string form)
    {
        new KnownLayout("", ["images/1.png", $"images/5.{form}=x", "labels/1.txt=yolo:0", "labels/5.txt=yolo:0", "labels/classes.txt=nut"], []).Write(_folder);

        var run = await ConvertAsync("coco");

        Assert.Contains($"error NDB1020: The image of these labels is 'images/5.{form}', in a form that is not read. Convert it to JPEG", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Annotations_of_images_that_a_file_lacks_are_told_and_the_others_converted()
    {
        _folder.Write("labels/all.json", """{"images":[{"id":1,"file_name":"a.png"}],"categories":[{"id":1,"name":"nut"}],"annotations":[{"image_id":1,"category_id":1,"bbox":[1,2,3,4]},{"image_id":2,"category_id":1,"bbox":[1,2,3,4]}]}""");
        await File.WriteAllBytesAsync(_folder["labels/a.png"], TinyPng.Bytes(0), TestContext.Current.CancellationToken);

        var run = await ConvertAsync("coco");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("warning NDB1019: One annotation in this file is of an image that 'images' does not list", run.Error, StringComparison.Ordinal);
        Assert.Single(CocoReader.Read(_folder["out.json"]).Annotations);
    }

    [Fact]
    public async Task Two_labels_of_one_picture_are_one_error_and_no_other_follows()
    {
        new KnownLayout("", ["images/a.png", "annotations/x/a.xml=voc:nut", "annotations/y/a.xml=voc:bolt"], []).Write(_folder);

        var run = await ConvertAsync("voc");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["NDB1022"], Codes(run.Error));
    }

    [Fact]
    public async Task Two_entries_of_one_file_about_one_picture_are_told_as_such()
    {
        new KnownLayout("", ["images/a.png", "labels/c.json=coco:nut a.png ./a.png"], []).Write(_folder);

        var run = await ConvertAsync("voc");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB1022: Another entry of this file is about the same image, 'images/a.png'", run.Error, StringComparison.Ordinal);
        Assert.Equal(["NDB1022"], Codes(run.Error));
    }

    [Fact]
    public async Task A_list_beside_the_data_gives_the_order_of_classes_that_labels_name_as_in_a_build()
    {
        new KnownLayout("", ["images/1.png", "images/2.png", "annotations/1.xml=voc:bolt", "annotations/2.xml=voc:nut", "classes.txt=nut\nbolt\nscrew"], []).Write(_folder);
        foreach (var place in new[] { _folder.FullPath, _folder["annotations"] })
        {
            var run = await ToolProcess.RunAsync("convert", place, "--to", "yolo", "--out", _folder["out"], "--overwrite");

            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Equal("nut\nbolt\nscrew\n", await File.ReadAllTextAsync(_folder["out/classes.txt"], TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Classes_that_differ_in_case_are_told()
    {
        new KnownLayout("", ["images/1.png", "images/2.png", "annotations/1.xml=voc:Nut", "annotations/2.xml=voc:nut"], []).Write(_folder);

        var run = await ConvertAsync("coco");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("warning NDB1049: 'Nut' and 'nut' are two classes, because their letters differ in case.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detections_are_judged_by_the_one_coco_file_of_a_folder()
    {
        new KnownLayout("", ["images/a.png", "labels/c.json=coco:nut a.png"], []).Write(_folder);
        var found = _folder.Write("found.json.txt", """[{"image_id": 0, "category_id": 3, "bbox": [16, 12, 32, 24], "score": 0.9}]""");

        var run = await ToolProcess.RunAsync("eval", "--detections", found, "--truth", _folder.FullPath, "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(1, run.Json.GetProperty("images").GetInt32());

        File.Delete(_folder["labels/c.json"]);
        run = await ToolProcess.RunAsync("eval", "--detections", found, "--truth", _folder.FullPath);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("give --truth the COCO file that has these ids", run.Error, StringComparison.Ordinal);
    }

    private Task<ToolProcess> ConvertAsync(string format) => ToolProcess.RunAsync("convert", _folder.FullPath, "--to", format, "--out", _folder[format == "coco" ? "out.json" : "out"]);

    private static IEnumerable<string> Codes(string error) => Regex.Matches(error, "(?<=error )NDB[0-9]{4}").Select(match => match.Value);
}
