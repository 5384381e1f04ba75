using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed class EvalModelTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string _model;

    public EvalModelTests()
    {
        // It sees a cat from a quarter to three quarters of every picture.
        _model = FixedModel.Write(_folder["model.onnx"], ["traffic_light", "dog"], 0.9f, 0f);
        Directory.CreateDirectory(_folder["images/deep"]);
        File.WriteAllBytes(_folder["images/deep/a.png"], ImageEncoder.EncodePng(Grey(80, 40)));
        File.WriteAllBytes(_folder["images/b.jpg"], ImageEncoder.EncodeJpeg(Grey(40, 40)));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Voc_truth_is_found_by_the_path_of_its_picture()
    {
        _folder.Write("labels/deep/a.xml", Voc("renamed.jpg", 20, 10, 60, 30));
        _folder.Write("labels/b.xml", Voc("b.jpg", 10, 10, 30, 30));

        var warning = await AssertPerfectAsync(_folder["labels"], 2);

        Assert.Contains("a.xml", Assert.Single(warning), StringComparison.Ordinal);
        Assert.Contains(": warning NDB1023: ", warning[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Yolo_truth_takes_sizes_from_the_pictures()
    {
        _folder.Write("labels/classes.txt", "traffic light\n");
        _folder.Write("labels/deep/a.txt", "0 0.5 0.5 0.5 0.5\n");
        Assert.Empty(await AssertPerfectAsync(_folder["labels"], 1));
    }

    [Fact]
    public async Task Coco_truth_counts_its_images_and_crowds_count_for_nothing()
    {
        var truth = _folder.Write("truth.json", """
            {
              "images": [{"id": 9, "file_name": "deep/a.png", "width": 80, "height": 40}, {"id": 4, "file_name": "b.jpg", "width": 40, "height": 40}],
              "annotations": [
                {"id": 1, "image_id": 9, "category_id": 3, "bbox": [20, 10, 40, 20], "area": 800, "iscrowd": 0},
                {"id": 2, "image_id": 4, "category_id": 3, "bbox": [0, 0, 40, 40], "area": 1600, "iscrowd": 1}
              ],
              "categories": [{"id": 3, "name": "traffic light"}]
            }
            """);
        Assert.Empty(await AssertPerfectAsync(truth, 2));
    }

    [Fact]
    public async Task One_file_that_is_named_has_its_own_classes_whatever_labels_lie_beside_it()
    {
        _folder.Write("yolo/labels/classes.txt", "bolt\nnut\n");
        _folder.Write("yolo/labels/c.txt", "0 0.5 0.5 0.5 0.5\n");
        File.WriteAllBytes(_folder["yolo/labels/c.png"], ImageEncoder.EncodePng(Grey(40, 40)));
        var truth = _folder.Write("truth.json", """
            {
              "images": [{"id": 4, "file_name": "b.jpg", "width": 40, "height": 40}],
              "annotations": [{"id": 2, "image_id": 4, "category_id": 3, "bbox": [10, 10, 20, 20], "area": 400, "iscrowd": 0}],
              "categories": [{"id": 3, "name": "traffic light"}]
            }
            """);
        Assert.Empty(await AssertPerfectAsync(truth, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no picture")]
    public async Task What_was_made_of_labels_is_told_by_every_verb_whatever_becomes_of_their_picture(string content)
    {
        if (content.Length > 0)
        {
            _folder.Write("images/z.png", content);
        }

        var truth = _folder.Write("truth.json", """
            {
              "images": [{"id": 1, "file_name": "z.png", "width": 40, "height": 40}, {"id": 2, "file_name": "b.jpg", "width": 40, "height": 40}],
              "annotations": [
                {"id": 1, "image_id": 1, "category_id": 3, "bbox": [10, 15, 20, 10], "attributes": {"rotation": 90}},
                {"id": 2, "image_id": 2, "category_id": 3, "bbox": [10, 10, 20, 20]}
              ],
              "categories": [{"id": 3, "name": "traffic light"}]
            }
            """);
        foreach (var verb in (string[][])[["eval", _model, "--truth", truth, "--quiet"], ["view", truth, "--out", _folder["page.html"]], ["convert", truth, "--to", "voc", "--out", _folder["voc"]]])
        {
            var run = await ToolProcess.RunAsync([.. verb, "--images", _folder["images"]]);
            Assert.True(run.Error.Split("warning NDB1033: ").Length == 2, $"{verb[0]}: {run.Error}");
        }
    }

    [Fact]
    public async Task An_object_of_a_class_that_the_list_lacks_is_reported_at_its_line_and_the_others_are_judged()
    {
        _folder.Write("labels/b.xml", Voc("b.jpg", 10, 10, 30, 30));
        var other = _folder.Write("labels/deep/a.xml", Voc("a.png", 20, 10, 60, 30).Replace("traffic light", "dgo", StringComparison.Ordinal));
        var classes = _folder.Write("names.txt", "traffic light\ndog\n");

        var run = await ToolProcess.RunAsync("eval", _model, "--truth", _folder["labels"], "--images", _folder["images"], "--classes", classes, "--json", "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(other + "(3,", run.Error, StringComparison.Ordinal);
        Assert.Contains(": error NDB1040: The class 'dgo' is not in the list of classes; did you mean 'dog'?", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Json.GetProperty("classes")[0].GetProperty("objects").GetInt32());
    }

    [Fact]
    public async Task A_missing_picture_is_reported_and_the_others_are_judged()
    {
        _folder.Write("labels/b.xml", Voc("b.jpg", 10, 10, 30, 30));
        var orphan = _folder.Write("labels/z.xml", Voc("z.jpg", 10, 10, 30, 30));

        var run = await ToolProcess.RunAsync("eval", _model, "--truth", _folder["labels"], "--json", "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(orphan, run.Error, StringComparison.Ordinal);
        Assert.Contains("error NDB1020: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Json.GetProperty("stats")[0].GetDouble(), 9);
    }

    [Fact]
    public async Task Labels_without_any_picture_are_refused()
    {
        _folder.Write("elsewhere/labels/z.xml", Voc("z.jpg", 10, 10, 30, 30));

        var run = await ToolProcess.RunAsync("eval", _model, "--truth", _folder["elsewhere/labels"], "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB6110: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_and_detections_together_make_no_sense()
    {
        var run = await ToolProcess.RunAsync("eval", _model, "--detections", "x.json", "--truth", "y.json");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("nanodet eval: give either a model or --detections\n", run.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_official_model_reaches_its_figures_on_coco_tiny()
    {
        var run = await ToolProcess.RunAsync(
            "eval", SharedData.Path("models/nanodet-plus-m_416.onnx"), "--images", SharedData.Path("datasets/coco-tiny/val2017"),
            "--truth", SharedData.Path("datasets/coco-tiny/annotations/instances_val2017.json"), "--json", "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        double[] original = [0.3612, 0.5257, 0.3890, 0.1343, 0.3722, 0.6285, 0.3485, 0.4841, 0.4924, 0.1916, 0.4790, 0.7762];
        var stats = run.Json.GetProperty("stats").EnumerateArray().Select(value => value.GetDouble());
        Assert.All(original.Zip(stats), pair => Assert.Equal(pair.First, pair.Second, 0.005));
    }

    [Fact]
    public async Task Six_looks_at_each_image_are_worth_three_points_on_coco_tiny()
    {
        var run = await ToolProcess.RunAsync(
            "eval", SharedData.Path("models/nanodet-plus-m_416.onnx"), "--images", SharedData.Path("datasets/coco-tiny/val2017"),
            "--truth", SharedData.Path("datasets/coco-tiny/annotations/instances_val2017.json"), "--json", "--quiet", "--augment");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(0.396, run.Json.GetProperty("stats")[0].GetDouble(), 0.005);
    }

    private async Task<string[]> AssertPerfectAsync(string truth, int images)
    {
        var run = await ToolProcess.RunAsync("eval", _model, "--truth", truth, "--images", _folder["images"], "--json", "--quiet");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(images, run.Json.GetProperty("images").GetInt32());
        Assert.Equal(1, run.Json.GetProperty("stats")[0].GetDouble(), 9);
        return run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Voc(string fileName, int left, int top, int right, int bottom) => $"""
        <annotation>
          <filename>{fileName}</filename>
          <object><name>traffic light</name><bndbox><xmin>{left}</xmin><ymin>{top}</ymin><xmax>{right}</xmax><ymax>{bottom}</ymax></bndbox></object>
        </annotation>
        """;

    private static PixelImage Grey(int width, int height)
    {
        var image = new PixelImage(width, height);
        image.Bytes.Fill(128);
        return image;
    }
}
