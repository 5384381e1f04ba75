using System.Text.Json;
using System.Text.RegularExpressions;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed partial class ViewTests : IDisposable
{
    private const int Gap = 10;
    private const int CellWidth = 320;
    private const int CellHeight = 262;
    private static readonly string Sample = Path.Combine(Repository.Root, "sample-project");
    private readonly TestFolder _folder = new("看 看");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_picture_keeps_its_size_and_gets_its_boxes()
    {
        Labelled("a.png", "bolt");

        var run = await ToolProcess.RunAsync("view", _folder["labels/a.xml"], "--images", _folder["images"], "--out", _folder["out/look.png"]);

        Assert.Equal((0, "", $"{_folder["out/look.png"]}: images: 1, boxes: 1, classes: 1\n"), (run.ExitCode, run.Output, run.Error.ReplaceLineEndings("\n")));
        var (drawn, plain) = (ImageDecoder.Load(_folder["out/look.png"]), ImageDecoder.Load(_folder["images/a.png"]));
        Assert.Equal(plain.Size, drawn.Size);

        // The box is (4, 5) to (30, 40): its right edge is drawn, what lies far outside of it is not touched.
        Assert.NotEqual(plain.Row(25)[30], drawn.Row(25)[30]);
        Assert.Equal(plain.Row(25)[50..].ToArray(), drawn.Row(25)[50..].ToArray());
    }

    [Fact]
    public async Task Many_pictures_become_a_contact_sheet_of_some_taken_evenly()
    {
        for (var i = 0; i < 7; i++)
        {
            Labelled($"{i}.png", "bolt");
        }

        var run = await ToolProcess.RunAsync("view", _folder["labels"], "--images", _folder["images"], "--out", _folder["sheet.jpg"], "--count", "3", "--columns", "2");

        Assert.Equal((0, $"{_folder["sheet.jpg"]}: images: 3 of 7, boxes: 7, classes: 1\n"), (run.ExitCode, run.Error.ReplaceLineEndings("\n")));
        Assert.Equal(
            new PixelSize((2 * (CellWidth + Gap)) + Gap, (2 * (CellHeight + Gap)) + Gap),
            ImageDecoder.Load(_folder["sheet.jpg"]).Size);
    }

    [Fact]
    public async Task Every_form_of_the_same_labels_gives_the_same_page()
    {
        foreach (var name in Directory.EnumerateFiles(Path.Combine(Sample, "annotations")).Order(StringComparer.Ordinal).Take(6).Select(Path.GetFileNameWithoutExtension))
        {
            Copy(Path.Combine(Sample, "annotations", name + ".xml"), $"voc/{name}.xml");
            Copy(Path.Combine(Sample, "images", name + ".jpg"), $"images/{name}.jpg");
        }

        Assert.Equal(0, (await ToolProcess.RunAsync("view", _folder["voc"], "--out", _folder["pages/voc/page.html"])).ExitCode);
        foreach (var (form, place) in new[] { ("coco", "coco.json"), ("labelme", "labelme"), ("yolo", "yolo") })
        {
            Assert.Equal(0, (await ToolProcess.RunAsync("convert", _folder["voc"], "--to", form, "--out", _folder[place])).ExitCode);
            var run = await ToolProcess.RunAsync("view", _folder[place], "--out", _folder[$"pages/{form}/page.html"], "--quiet");
            Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Error));
            Assert.Equal(File.ReadAllText(_folder["pages/voc/page.html"]), File.ReadAllText(_folder[$"pages/{form}/page.html"]));
        }

        Assert.Equal(6, Data("pages/voc/page.html").GetProperty("pictures").GetArrayLength());
    }

    [Fact]
    public async Task What_is_wrong_is_told_and_shown_and_the_rest_goes_on()
    {
        Labelled("good.png", "bolt");
        Labelled("unknown.png", "blot");
        Labelled("broken.png", "bolt");
        File.WriteAllText(_folder["images/broken.png"], "no picture");
        _folder.Write("labels/cut.xml", "<annotation><object>");
        _folder.Write("labels/lonely.xml", TinyVoc.Xml("lonely.png", "bolt"));
        var classes = _folder.Write("classes.txt", "bolt\nnut\n");

        var run = await ToolProcess.RunAsync("view", _folder["labels"], "--images", _folder["images"], "--classes", classes, "--out", _folder["page.html"]);

        Assert.Equal(1, run.ExitCode);
        foreach (var code in new[] { "NDB1001", "NDB1020", "NDB1040", "NDB1201" })
        {
            Assert.Single(Regex.Matches(run.Error, code));
        }

        var pictures = Data("page.html").GetProperty("pictures").EnumerateArray().ToDictionary(picture => picture.GetProperty("name").GetString()!);
        Assert.Equal(["broken.png", "good.png", "unknown.png"], pictures.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("NDB1040", pictures["unknown.png"].GetProperty("problems")[0][0].GetString());
        Assert.Equal(1, pictures["good.png"].GetProperty("boxes").GetArrayLength());
    }

    [Fact]
    public async Task A_model_shows_what_it_finds_turned_as_the_picture_says()
    {
        var model = FixedModel.Write(_folder["model.onnx"], ["猫", "dog"], 0.9f, 0.4f);
        Directory.CreateDirectory(_folder["photos/deep"]);
        File.WriteAllBytes(_folder["photos/deep/turned.jpg"], Orientations.InJpeg(ImageEncoder.EncodeJpeg(new PixelImage(80, 40)), Orientations.Exif(6)));
        _folder.Write("photos/bad.jpg", "no picture");

        var run = await ToolProcess.RunAsync("view", _folder["photos"], "--model", model, "--class", "猫", "--out", _folder["page.html"], "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches("^[^\n]*bad.jpg: error NDB1201: [^\n]*\n$", run.Error.ReplaceLineEndings("\n"));
        var picture = Assert.Single(Data("page.html").GetProperty("pictures").EnumerateArray());
        Assert.Equal(("deep/turned.jpg", "deep", 40, 80), (picture.GetProperty("name").GetString(), picture.GetProperty("part").GetString(), picture.GetProperty("width").GetInt32(), picture.GetProperty("height").GetInt32()));

        // Label, left, top, width, height, dashed, score.
        Assert.Equal([0, 10, 20, 20, 40, 0, 0.9], Assert.Single(picture.GetProperty("boxes").EnumerateArray()).EnumerateArray().Select(value => value.GetDouble()));
    }

    [Theory]
    [InlineData("--out must end with", "labels", "--out", "page.pdf")]
    [InlineData("give one file or folder of labels", "labels", "more", "--out", "page.html")]
    [InlineData("did you mean 'bolt'?", "labels", "--out", "page.html", "--class", "blot")]
    [InlineData("are for labels", "images", "--model", "model.onnx", "--images", "images", "--out", "page.html")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2_and_writes_nothing(string reason, params string[] arguments)
    {
        Labelled("a.png", "bolt");

        var run = await ToolProcess.RunInAsync(_folder.FullPath, null, ["view", .. arguments]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.FullPath, "page.*"));
    }

    [Fact]
    public async Task Nothing_to_show_is_an_error_and_a_picture_is_never_written_over()
    {
        Labelled("a.png", "bolt");
        var before = File.ReadAllBytes(_folder["images/a.png"]);

        var nothing = await ToolProcess.RunAsync("view", _folder["labels"], "--images", _folder["labels"], "--out", _folder["none.png"]);
        var over = await ToolProcess.RunAsync("view", _folder["labels"], "--images", _folder["images"], "--out", _folder["images/a.png"]);

        Assert.Equal(1, nothing.ExitCode);
        Assert.Contains("error NDB6112: ", nothing.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["none.png"]));
        Assert.Equal(1, over.ExitCode);
        Assert.Contains("error NDB6105: ", over.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder["images/a.png"]));
    }

    private void Labelled(string name, string className)
    {
        Directory.CreateDirectory(_folder["images"]);
        File.WriteAllBytes(_folder["images/" + name], TinyPng.Bytes(name[0]));
        _folder.Write(Path.ChangeExtension("labels/" + name, ".xml"), TinyVoc.Xml(name, className));
    }

    private void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[to])!);
        File.Copy(from, _folder[to]);
    }

    private JsonElement Data(string page) => JsonDocument.Parse(DataElement().Match(File.ReadAllText(_folder[page])).Groups[1].Value).RootElement;

    [GeneratedRegex("id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();
}
