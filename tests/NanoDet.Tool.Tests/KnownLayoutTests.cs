using System.Text.Json;
using NanoDet.Data.Labels.Coco;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>What the tool makes of the layouts of many tools; the build's tests have the same layouts.</summary>
public sealed class KnownLayoutTests : IDisposable
{
    private readonly TestFolder _folder = new();

    /// <summary>Names of the layouts.</summary>
    public static TheoryData<string> Layouts => [.. KnownLayout.All.Select(layout => layout.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task The_tool_reads_a_layout_with_nothing_said(string name)
    {
        var layout = KnownLayout.All.Single(layout => layout.Name == name);
        layout.Write(_folder);
        using var results = new TestFolder();

        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "coco", "--out", results["all.json"]);

        if (layout.Expected is [var code] && code.StartsWith("NDB", StringComparison.Ordinal))
        {
            Assert.Equal(1, run.ExitCode);
            Assert.Contains($"error {code}: ", run.Error, StringComparison.Ordinal);

            // Labels whose image is clear are converted where that of others is not.
            Assert.Equal(code == "NDB1022", File.Exists(results["all.json"]));
            return;
        }

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(layout.Warning is { } warning ? [warning] : [], run.Error.Split('\n').Where(line => line.Contains(" NDB", StringComparison.Ordinal)).Select(line => line.Split(": warning ")[1][..7]));
        Assert.Equal(
            layout.Expected.Select(line => string.Join(' ', line.Split(' ')[..^1])).Order(StringComparer.Ordinal),
            CocoConversion.ToLabels(CocoReader.Read(results["all.json"])).Select(image => $"{image.FileName} {Assert.Single(image.Objects).ClassName}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Labels_of_several_files_are_written_beside_each_other_and_not_into_one()
    {
        KnownLayout.All.Single(layout => layout.Name == "Roboflow's COCO").Write(_folder);
        using var results = new TestFolder();

        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "voc", "--out", results.FullPath);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(
            ["test/1.xml", "train/1.xml", "valid/1.xml"],
            Directory.EnumerateFiles(results.FullPath, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(results.FullPath, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Inspect_says_what_was_recognised_in_a_folder()
    {
        KnownLayout.All.Single(layout => layout.Name == "Roboflow's YOLO").Write(_folder);
        var run = await ToolProcess.RunAsync("inspect", _folder.FullPath, "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        var set = run.Json.GetProperty("dataset");
        Assert.Equal(
            ("YOLO in folders of its own with data.yaml, parts by folder", 3, """{"YOLO":3}""", "data.yaml", """{"train":1,"val":1,"test":1}"""),
            (set.GetProperty("layout").GetString(), set.GetProperty("images").GetInt32(), Json(set.GetProperty("labelFiles")), set.GetProperty("classFile").GetString(), Json(set.GetProperty("partsByFolder"))));
        Assert.Contains("1 train, 1 val, 1 test", (await ToolProcess.RunAsync("inspect", _folder.FullPath)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_counts_labels_and_problems()
    {
        new KnownLayout("", ["images/1.png", "images/2.png", "images/3.png", "annotations/1.xml=voc:bolt", "annotations/2.xml=voc:nut", "annotations/4.xml=voc:nut", "train.txt=1\n9\n8\n"], []).Write(_folder);
        var run = await ToolProcess.RunAsync("inspect", _folder.FullPath, "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        var labels = run.Json.GetProperty("labels");
        Assert.Equal(
            (2, """["images/3.png"]""", 3, """["bolt","nut"]"""),
            (labels.GetProperty("labelledImages").GetInt32(), Json(labels.GetProperty("imagesWithoutLabels")), labels.GetProperty("objects").GetInt32(), Json(labels.GetProperty("classes"))));
        var problems = run.Json.GetProperty("problems");
        Assert.Equal((1, 2), (problems.GetProperty("NDB1020").GetProperty("count").GetInt32(), problems.GetProperty("NDB2004").GetProperty("count").GetInt32()));
        Assert.Contains("NDB1020", problems.GetProperty("NDB1020").GetProperty("first").GetString(), StringComparison.Ordinal);
        Assert.Matches(@"\nimages without labels +1, such as images/3\.png\n", (await ToolProcess.RunAsync("inspect", _folder.FullPath)).Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Convert_says_which_pictures_have_no_labels_and_which_labels_name_another_picture()
    {
        new KnownLayout("", ["images/1.png", "images/2.png", "cam1/0.png", "cam2/0.png", "cam1/0.json=labelme-of:bolt 0.png", "cam2/0.json=labelme-of:nut ../cam1/0.png"], []).Write(_folder);
        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "coco", "--out", _folder["all.json"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("2 images have no labels and are left out, such as 'images/1.png'", run.Error, StringComparison.Ordinal);
        Assert.Contains("warning NDB1023: The labels name the image '../cam1/0.png', but are used for 'cam2/0.png'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_that_mean_something_else_are_told_once()
    {
        new KnownLayout("", ["images/1.png", "labels/1.txt=0 0.6 0.5 0.9 0.8\n0 0.7 0.5 0.8 0.8\n0 0.6 0.6 0.9 0.9\n0 0.8 0.5 0.9 0.8\n0 0.5 0.5 0.1 0.1\n", "classes.txt=bolt"], []).Write(_folder);
        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "coco", "--out", _folder["all.json"]);
        Assert.Equal(2, run.Error.Split("warning NDB1037: 4 of 5 boxes reach beyond their images, so the numbers probably mean something else").Length);
    }

    [Fact]
    public async Task Label_studios_coco_is_converted_by_the_names_of_its_pictures()
    {
        KnownLayout.All.Single(layout => layout.Name == "Label Studio's COCO").Write(_folder);
        var run = await ToolProcess.RunAsync("convert", _folder["result.json"], "--to", "coco", "--out", _folder["all.json"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["images/a.png", "images/b.png"], CocoReader.Read(_folder["all.json"]).Images.Select(image => image.FileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Links_that_lead_to_nothing_or_to_a_folder_above_are_passed_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "only a privileged user may make links there");
        new KnownLayout("", ["images/1.png", "annotations/1.xml=voc:bolt"], []).Write(_folder);
        File.CreateSymbolicLink(_folder["images/2.png"], _folder["gone.png"]);
        Directory.CreateSymbolicLink(_folder["images/again"], _folder["images"]);
        var run = await ToolProcess.RunAsync("inspect", _folder.FullPath, "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(1, run.Json.GetProperty("dataset").GetProperty("images").GetInt32());
        Assert.Contains("1 link leads to nothing and is passed over, such as 'images/2.png'", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_says_that_the_files_of_single_pictures_are_in_the_export()
    {
        KnownLayout.All.Single(layout => layout.Name == "VoTT's export").Write(_folder);
        var run = await ToolProcess.RunAsync("inspect", _folder.FullPath);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("VoTT beside the pictures", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 files are passed over: VoTT's files of single images, which are in its export as well, such as 'target/0a-asset.json'", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coco_file_that_another_form_contradicts_is_named()
    {
        KnownLayout.All.Single(layout => layout.Name == "A COCO file and another form").Write(_folder);
        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "voc", "--out", _folder["out"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB1060: 1 picture has labels of two forms, Pascal VOC ('annotations/**/*.xml') and COCO ('annotations/all.json')", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_says_which_two_forms_there_are()
    {
        KnownLayout.All.Single(layout => layout.Name == "Two forms").Write(_folder);
        var run = await ToolProcess.RunAsync("inspect", _folder.FullPath);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error NDB1060: 1 picture has labels of two forms, Pascal VOC ('images/**/*.xml') and YOLO ('images/**/*.txt')", run.Error, StringComparison.Ordinal);
    }

    private static string Json(JsonElement element) => JsonSerializer.Serialize(element);
}
