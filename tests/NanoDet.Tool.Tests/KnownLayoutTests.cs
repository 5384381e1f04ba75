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
            Assert.False(File.Exists(results["all.json"]));
            return;
        }

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("NDB", run.Error, StringComparison.Ordinal);
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
        var set = run.Json.GetProperty("data set");
        Assert.Equal(
            ("YOLO in folders of its own with data.yaml, parts by folder", "3", "3 YOLO", "data.yaml", "1 train, 1 val, 1 test"),
            (set.GetProperty("layout").GetString(), set.GetProperty("images").GetString(), set.GetProperty("label files").GetString(), set.GetProperty("classes").GetString(), set.GetProperty("parts by folder").GetString()));
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
}
