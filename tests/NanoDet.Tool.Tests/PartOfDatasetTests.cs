using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>A folder inside a data set is understood as it is when the whole data set is given.</summary>
public sealed class PartOfDatasetTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public PartOfDatasetTests() => KnownLayout.All.Single(layout => layout.Name == "Roboflow's YOLO").Write(_folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train")]
    [InlineData("train/labels")]
    [InlineData("valid/labels")]
    [InlineData("test/images")]
    public async Task Inspect_finds_what_a_description_above_says_of_a_folder(string part)
    {
        var run = await ToolProcess.RunAsync("inspect", _folder[part], "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        var set = run.Json.GetProperty("dataset");
        Assert.Equal((1, 1), (set.GetProperty("images").GetInt32(), set.GetProperty("labelFiles").GetProperty("YOLO").GetInt32()));
        Assert.Equal(0, run.Json.GetProperty("passedOver").GetArrayLength());
        Assert.Equal(1, run.Json.GetProperty("labels").GetProperty("labelledImages").GetInt32());
        Assert.Equal("{}", run.Json.GetProperty("problems").GetRawText());
    }

    [Fact]
    public async Task A_part_that_is_not_there_is_told_from_inside_too()
    {
        Directory.Delete(_folder["valid"], recursive: true);

        var run = await ToolProcess.RunAsync("inspect", _folder["train"], "--json");

        Assert.Equal("../data.yaml names '../valid/images' for validation, which is not there", Assert.Single(run.Json.GetProperty("passedOver").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("train/images", "nut")]
    [InlineData("valid/images", "bolt")]
    public async Task Images_alone_are_viewed_with_the_labels_beside_them(string images, string className)
    {
        var run = await ToolProcess.RunAsync("view", _folder[images], "--out", _folder["page.html"]);

        Assert.Equal((0, $"{_folder["page.html"]}: images: 1, boxes: 1, classes: 2\n"), (run.ExitCode, run.Error.ReplaceLineEndings("\n")));
        Assert.Contains(className, File.ReadAllText(_folder["page.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_of_ultralytics_have_their_labels_in_the_same_folder_below_labels()
    {
        using var folder = new TestFolder();
        KnownLayout.All.Single(layout => layout.Name == "Ultralytics").Write(folder);

        var run = await ToolProcess.RunAsync("view", folder["images/val"], "--out", folder["page.html"]);

        Assert.Equal((0, $"{folder["page.html"]}: images: 1, boxes: 1, classes: 2\n"), (run.ExitCode, run.Error.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task A_list_that_is_passed_over_is_told_once_by_its_path()
    {
        using var folder = new TestFolder();
        new KnownLayout("", ["set/images/1.png", "set/labels/1.txt=0 0.5 0.5 0.1 0.1", "set/data.yaml=names: [nut, bolt]", "set/classes.txt=bolt\nnut"], []).Write(folder);

        var view = await ToolProcess.RunInAsync(folder.FullPath, null, "view", "set", "--out", "page.html", "--quiet");
        var inspect = await ToolProcess.RunInAsync(folder.FullPath, null, "inspect", "set");

        Assert.Equal(0, view.ExitCode);
        Assert.StartsWith($"{Path.Combine("set", "classes.txt")}: warning NDB1061: ", view.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (inspect.ExitCode, inspect.Error));
        Assert.Contains("NDB1061", inspect.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_error_of_a_file_is_told()
    {
        using var folder = new TestFolder();
        new KnownLayout("", ["images/1.png", "labels/1.txt=5 0.5 0.5 0.1 0.1\n0 0.5 0.5 0.1\n", "classes.txt=bolt"], []).Write(folder);

        var run = await ToolProcess.RunAsync("convert", folder.FullPath, "--to", "coco", "--out", folder["all.json"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1.txt(1,1): error NDB1045: The class index 5 does not exist; the list has 1 class", run.Error, StringComparison.Ordinal);
        Assert.Contains("1.txt(2,1): error NDB1001: ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["all.json"]));
    }
}
