using System.Text.Json;
using NanoDet.Core.Geometry;
using NanoDet.Data.Labels.Voc;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed class DetectTests : IDisposable
{
    private readonly TestFolder _folder = new("写 真#1");
    private readonly string _model;

    public DetectTests() => _model = FixedModel.Write(_folder["model.onnx"], ["猫", "dog"], 0.9f, 0.4f);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_picture_gives_lines_that_people_read()
    {
        var picture = Picture("a.jpg", 80, 40);

        var run = await ToolProcess.RunAsync("detect", _model, picture, "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal($"{picture}  80x40  2 objects\n  0.90  猫  (20, 10) to (60, 30)\n  0.40  dog  (20, 10) to (60, 30)\n", run.Output);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("coco")]
    [InlineData("voc")]
    [InlineData("yolo")]
    public async Task A_model_whose_numbers_are_none_is_one_error_and_nothing_is_written(string format)
    {
        var broken = FixedModel.Write(_folder["broken.onnx"], ["猫", "dog"], 0.9f, float.NaN);
        Picture("photos/a.png", 80, 40);
        Picture("photos/b.png", 80, 40);

        var run = await ToolProcess.RunAsync("detect", broken, _folder["photos"], "--quiet", "--format", format);
        var saved = await ToolProcess.RunAsync("detect", broken, _folder["photos"], "--quiet", "--format", format, "--save", _folder["saved"]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"{broken}: error NDB6011: The model's predictions have numbers that are infinite or not a number (NaN)", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, saved.ExitCode);
        Assert.False(File.Exists(_folder["saved"]));
        Assert.Equal(2, Directory.GetFiles(_folder["photos"]).Length);
        Assert.False(Directory.Exists(_folder["saved"]) && Directory.EnumerateFiles(_folder["saved"], "*", SearchOption.AllDirectories).Any());
    }

    [Theory]
    [InlineData("--out", "x.png")]
    [InlineData("--format voc --save", "x.xml")]
    [InlineData("--format yolo --overwrite --save", "x.txt")]
    public async Task Inputs_of_one_name_do_not_replace_the_results_of_each_other(string options, string result)
    {
        Picture("a/x.png", 80, 40);
        Picture("b/x.png", 40, 80);
        string[] arguments = ["detect", _model, "--quiet", .. options.Split(' '), _folder["out"]];

        var run = await ToolProcess.RunAsync([.. arguments, _folder["a/x.png"], _folder["b/x.png"], _folder["a"]]);
        var whole = await ToolProcess.RunAsync([.. arguments[..^1], _folder["all"], _folder.FullPath]);

        var place = Path.Combine(_folder["out"], result);
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith($"{place}: error NDB6105: The file cannot be written: it has the result of '{_folder["a/x.png"]}', and '{_folder["b/x.png"]}' would replace it; give the folder that both lie in\n", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(place));
        Assert.Equal(0, whole.ExitCode);
        Assert.True(File.Exists(_folder[$"all/a/{result}"]) && File.Exists(_folder[$"all/b/{result}"]));
    }

    [Fact]
    public async Task The_largest_number_of_detections_is_one_of_the_classes_that_are_asked_for()
    {
        var picture = Picture("a.png", 80, 40);

        var run = await ToolProcess.RunAsync("detect", _model, picture, "--quiet", "--class", "dog", "--max", "1");

        Assert.Equal($"{picture}  80x40  1 object\n  0.40  dog  (20, 10) to (60, 30)\n", run.Output);
    }

    [Fact]
    public async Task Where_nobody_reads_on_it_ends()
    {
        foreach (var index in Enumerable.Range(0, 200))
        {
            Picture($"many/{index:000}.png", 80, 40);
        }

        _folder.Write("many/last.png", "no picture");
        using var tool = ToolProcess.Start("detect", _model, _folder["many"], "--quiet", "--format", "jsonl");

        Assert.NotNull(await tool.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        tool.StandardOutput.Close();
        var problems = await tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (tool.ExitCode, problems)); // The last of them is a problem, which it has not come to.
    }

    [Theory]
    [InlineData("{0}\n{1}\n")]
    [InlineData("{0}\0{1}\0")]
    public async Task Paths_on_standard_input_stand_in_lines_or_end_with_a_zero_byte(string form)
    {
        var (a, b) = (Picture("a.png", 80, 40), Picture("b.png", 80, 40));

        var run = await ToolProcess.RunInAsync(null, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, a, b), "detect", _model, "-", "--quiet", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal([a, b], run.Json.EnumerateArray().Select(picture => picture.GetProperty("path").GetString()!));
    }

    [Fact]
    public async Task A_picture_on_standard_input_is_no_list_of_paths()
    {
        var run = await ToolProcess.RunInAsync(null, "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR/*\0", "detect", _model, "-");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("nanodet detect: standard input has no paths; ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_name_ends_no_line_and_begins_none()
    {
        var picture = Picture("a\n::error::b.png", 80, 40);
        var broken = _folder.Write("##vso[task.complete]\u001B.png", "no picture");

        var run = await ToolProcess.RunAsync("detect", _model, picture, broken, "--quiet");

        Assert.StartsWith($"{_folder[@"a\u000A::error::b.png"]}  80x40  2 objects\n", run.Output, StringComparison.Ordinal);
        Assert.StartsWith($"{_folder[@"#\u0023vso[task.complete]\u001B.png"]}: error NDB1201: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_holds_every_picture_of_a_folder_by_name()
    {
        Picture("photos/b.png", 40, 40);
        Picture("photos/a/c.jpg", 80, 40);
        _folder.Write("photos/notes.txt", "no picture");

        var run = await ToolProcess.RunAsync("detect", _model, _folder["photos"], "--format", "json", "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal([_folder["photos/a/c.jpg"], _folder["photos/b.png"]], run.Json.EnumerateArray().Select(picture => picture.GetProperty("path").GetString()!));
        var found = run.Json[0].GetProperty("objects")[0];
        Assert.Equal("猫", found.GetProperty("class").GetString());
        Assert.Equal(0.9, found.GetProperty("score").GetDouble(), 5);
        Assert.Equal([20, 10, 60, 30], found.GetProperty("box").EnumerateArray().Select(side => side.GetDouble()));
    }

    [Fact]
    public async Task One_bad_file_is_reported_and_the_rest_goes_on()
    {
        Picture("photos/a.jpg", 40, 40);
        var broken = _folder.Write("photos/b.jpg", "no picture");
        Picture("photos/c.jpg", 40, 40);

        var run = await ToolProcess.RunAsync("detect", _model, _folder["photos"], _folder["none.jpg"], "--format", "jsonl", "--quiet", "--batch", "2");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{broken}: error NDB1201: ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{_folder["none.jpg"]}: error NDB6104: ", run.Error, StringComparison.Ordinal);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("path").GetString());
        Assert.Equal([_folder["photos/a.jpg"], _folder["photos/c.jpg"]], lines);
    }

    [Theory]
    [InlineData("photos/*.jpg", "a.jpg")]
    [InlineData("photos/**/*.jpg", "a.jpg", "deep/er/c.jpg")]
    [InlineData("photos/*/*/?.jpg", "deep/er/c.jpg")]
    [InlineData("p*/a.*", "a.jpg")]
    public async Task A_pattern_stands_for_the_files_that_it_matches(string pattern, params string[] expected)
    {
        Picture("photos/a.jpg", 40, 40);
        Picture("photos/b.png", 40, 40);
        Picture("photos/deep/er/c.jpg", 40, 40);

        var run = await ToolProcess.RunInAsync(_folder.FullPath, null, "detect", _model, pattern, "--format", "csv", "--class", "dog", "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var paths = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0].Replace('\\', '/'));
        Assert.Equal(expected.Select(path => "photos/" + path), paths);
    }

    [Fact]
    public async Task A_list_comes_from_standard_input()
    {
        var (first, second) = (Picture("a.jpg", 40, 40), Picture("b.jpg", 40, 40));

        var run = await ToolProcess.RunInAsync(null, $"{second}\n\n{first}\n", "detect", _model, "-", "--format", "csv", "--class", "猫", "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            $"path,frame,seconds,width,height,class,label,score,left,top,right,bottom\n{second},,,40,40,猫,0,0.9,10,10,30,30\n{first},,,40,40,猫,0,0.9,10,10,30,30\n",
            run.Output);
    }

    [Fact]
    public async Task Thresholds_are_the_models_own_unless_asked_otherwise()
    {
        var picture = Picture("a.jpg", 40, 40);

        Assert.Equal(1, await CountAsync("--score", "0.5"));
        Assert.Equal(1, await CountAsync("--max", "1"));
        Assert.Equal(2, await CountAsync());

        async Task<int> CountAsync(params string[] options)
            => (await ToolProcess.RunAsync(["detect", _model, picture, "--format", "json", "--quiet", .. options])).Json[0].GetProperty("objects").GetArrayLength();
    }

    [Theory]
    [InlineData("--score", "1.5")]
    [InlineData("--score", "x")]
    [InlineData("--max", "0")]
    [InlineData("--batch", "0")]
    [InlineData("--every", "0")]
    [InlineData("--format", "xml")]
    [InlineData("--class", "dgo")]
    public async Task An_option_that_makes_no_sense_ends_with_2(string option, string value)
    {
        var run = await ToolProcess.RunAsync("detect", _model, Picture("a.jpg", 40, 40), option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(value == "dgo" ? "did you mean 'dog'?" : option, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Voc_labels_lie_beside_the_pictures_and_corrected_ones_are_kept()
    {
        Picture("photos/a.jpg", 80, 40);
        Picture("photos/b.jpg", 80, 40);
        var corrected = _folder.Write("photos/b.xml", "<annotation/>");

        var run = await ToolProcess.RunAsync("detect", _model, _folder["photos"], "--format", "voc", "--quiet");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"{corrected}: warning NDB6106: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("<annotation/>", await File.ReadAllTextAsync(corrected, TestContext.Current.CancellationToken));
        var labels = VocReader.Read(_folder["photos/a.xml"]);
        Assert.Equal(("a.jpg", 80, 40), (labels.FileName, labels.Width, labels.Height));
        Assert.Equal([("猫", new BoundingBox(20, 10, 60, 30)), ("dog", new BoundingBox(20, 10, 60, 30))], labels.Objects.Select(labeled => (labeled.ClassName, labeled.Box)));

        Assert.Equal(0, (await ToolProcess.RunAsync("detect", _model, _folder["photos"], "--format", "voc", "--overwrite", "--quiet")).ExitCode);
        Assert.Equal(2, VocReader.Read(corrected).Objects.Length);
    }

    [Fact]
    public async Task Labels_lie_where_the_data_set_has_them()
    {
        Picture("set/images/day/a.jpg", 80, 40);
        Directory.CreateDirectory(_folder["set/Annotations"]);
        Directory.CreateDirectory(_folder["set/labels"]);

        var run = await ToolProcess.RunAsync("detect", _model, _folder["set/images"], "--format", "voc");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, VocReader.Read(_folder["set/Annotations/day/a.xml"]).Objects.Length);
        Assert.Contains($"1 label file written into {_folder["set/Annotations/day"]}", run.Error, StringComparison.Ordinal);

        Assert.Equal(0, (await ToolProcess.RunAsync("detect", _model, _folder["set/images"], "--format", "yolo", "--quiet")).ExitCode);
        Assert.True(File.Exists(_folder["set/labels/day/a.txt"]));

        // The numbers would mean other classes.
        Picture("set/images/day/b.jpg", 80, 40);
        var list = _folder.Write("set/data.yaml", "names: [dog, 猫]\n");
        run = await ToolProcess.RunAsync("detect", _model, _folder["set/images/day/b.jpg"], "--format", "yolo", "--quiet");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{list}: error NDB6120: ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["set/labels/day/b.txt"]));
    }

    [Fact]
    public async Task Yolo_labels_come_with_the_file_of_their_classes()
    {
        Picture("photos/deep/a.jpg", 80, 40);

        var run = await ToolProcess.RunAsync("detect", _model, _folder["photos"], "--format", "yolo", "--save", _folder["labels"], "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("0 0.50000000 0.50000000 0.50000000 0.50000000\n1 ", await File.ReadAllTextAsync(_folder["labels/deep/a.txt"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("猫\ndog\n", await File.ReadAllTextAsync(_folder["labels/deep/classes.txt"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Coco_results_carry_the_ids_of_a_coco_file_and_evaluate()
    {
        var picture = Picture("a.jpg", 80, 40);
        var truth = _folder.Write("truth.json", """
            {
              "images": [{"id": 5, "file_name": "a.jpg", "width": 80, "height": 40}],
              "annotations": [{"id": 1, "image_id": 5, "category_id": 7, "bbox": [20, 10, 40, 20], "area": 800, "iscrowd": 0}],
              "categories": [{"id": 7, "name": "猫"}]
            }
            """);

        // What somebody has put elsewhere stays there.
        Directory.CreateDirectory(_folder["elsewhere"]);
        File.CreateSymbolicLink(_folder["found.json"], "elsewhere/results.json");

        var run = await ToolProcess.RunAsync("detect", _model, picture, "--format", "coco", "--ids", truth, "--save", _folder["found.json"], "--quiet");

        Assert.Equal((0, "", ""), (run.ExitCode, run.Error, run.Output));
        Assert.NotNull(new FileInfo(_folder["found.json"]).LinkTarget);
        var judged = await ToolProcess.RunAsync("eval", "--detections", _folder["elsewhere/results.json"], "--truth", truth, "--json");
        Assert.Equal(1, judged.Json.GetProperty("stats")[0].GetDouble(), 9);
        Assert.Equal(1, judged.Json.GetProperty("detections").GetInt32());
    }

    [Fact]
    public async Task Without_a_coco_file_an_image_that_cannot_be_decoded_has_its_id_all_the_same()
    {
        string[] pictures = [Picture("a.jpg", 80, 40), _folder.Write("b.jpg", "none"), Picture("c.jpg", 80, 40)];

        var run = await ToolProcess.RunAsync(["detect", _model, .. pictures, "--format", "coco", "--quiet"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            ["""{"image_id":1,"category_id":1,"bbox":[20,10,40,20],"score":0.9}""", """{"image_id":1,"category_id":2,"bbox":[20,10,40,20],"score":0.4}""",
                """{"image_id":3,"category_id":1,"bbox":[20,10,40,20],"score":0.9}""", """{"image_id":3,"category_id":2,"bbox":[20,10,40,20],"score":0.4}"""],
            run.Output.Trim('[', ']', '\n').Split(",\n"));
    }

    [Fact]
    public async Task Boxes_are_drawn_into_copies_and_never_into_the_input()
    {
        var picture = Picture("photos/deep/a.jpg", 120, 90);
        var before = await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken);

        Assert.Equal(0, (await ToolProcess.RunAsync("detect", _model, _folder["photos"], "--out", _folder["drawn"], "--quiet")).ExitCode);
        var drawn = ImageDecoder.Load(_folder["drawn/deep/a.jpg"]);
        Assert.Equal(new PixelSize(120, 90), drawn.Size);
        Assert.False(drawn.Bytes.SequenceEqual(ImageDecoder.Load(picture).Bytes));

        var refused = await ToolProcess.RunAsync("detect", _model, picture, "--out", picture, "--quiet");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("error NDB6105: ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken));

        var labels = await ToolProcess.RunAsync("detect", _model, picture, "--format", "voc", "--save", picture, "--quiet");
        Assert.Equal(1, labels.ExitCode);
        Assert.Contains("a.xml: error NDB6105: ", labels.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_name_that_no_font_can_write_is_told_once()
    {
        var model = FixedModel.Write(_folder["strange.onnx"], ["\U0010FFFD"], 0.9f);
        Picture("photos/a.jpg", 120, 90);
        Picture("photos/b.jpg", 120, 90);

        var run = await ToolProcess.RunAsync("detect", model, _folder["photos"], "--out", _folder["drawn"], "--quiet");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("^NanoDet: warning NDB1205: [^\n]*#0\n$", run.Error.ReplaceLineEndings("\n"));
        Assert.Equal(2, Directory.GetFiles(_folder["drawn"]).Length);
    }

    [Fact]
    public async Task Speed_is_told_on_standard_error_without_colour_codes()
    {
        var run = await ToolProcess.RunAsync("detect", _model, Picture("a.jpg", 40, 40), "--format", "json", "--save", _folder["found.json"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"^1 image in \d+\.\d s, \d+\.\d per second\n$", run.Error.ReplaceLineEndings("\n"));
        Assert.Equal(1, JsonDocument.Parse(await File.ReadAllTextAsync(_folder["found.json"], TestContext.Current.CancellationToken)).RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("no model")]
    public async Task A_file_that_is_no_model_gives_one_error(string content)
    {
        var run = await ToolProcess.RunAsync("detect", _folder.Write("bad.onnx", content), Picture("a.jpg", 40, 40));

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"^.*bad\.onnx: error NDB600\d: .*\n$", run.Error.ReplaceLineEndings("\n"));
    }

    private string Picture(string relative, int width, int height)
    {
        var path = _folder[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var image = new PixelImage(width, height);
        for (var y = 0; y < height; y++)
        {
            image.Row(y).Fill(0xFF000000u | (uint)(y * 0x010203 % 0xFFFFFF));
        }

        File.WriteAllBytes(path, ImageEncoder.EncodeFor(path, image));
        return path;
    }
}
