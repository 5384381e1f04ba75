using NanoDet.Data.Labels.Coco;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>Folders as shells complete them, with a separator at the end.</summary>
public sealed class ConvertFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("voc", "xml")]
    [InlineData("labelme", "json")]
    [InlineData("yolo", "txt")]
    public async Task A_folder_to_write_into_may_end_with_a_separator(string form, string extension)
    {
        new KnownLayout("", ["images/1.png", "annotations/1.xml=voc:nut"], []).Write(_folder);
        using var results = new TestFolder();
        foreach (var more in new string[][] { [], ["--overwrite"] })
        {
            var run = await ToolProcess.RunAsync(["convert", _folder.FullPath, "--to", form, "--out", results["out/"], .. more]);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Equal("images: 1, objects: 1, classes: 1", run.Error.Trim());
            Assert.True(File.Exists(results[$"out/images/1.{extension}"]));
        }
    }

    [Fact]
    public async Task A_folder_to_read_may_end_with_a_separator()
    {
        new KnownLayout("", ["images/1.png", "labels/1.txt=yolo:1", "data.yaml=names: [nut, bolt]"], []).Write(_folder);
        var run = await ToolProcess.RunAsync("convert", _folder["labels/"], "--to", "coco", "--out", _folder["out.json"]);
        Assert.True(run.ExitCode == 0, run.Error);
        var image = Assert.Single(CocoConversion.ToLabels(CocoReader.Read(_folder["out.json"])));
        Assert.Equal(("1.png", "bolt"), (image.FileName, Assert.Single(image.Objects).ClassName));
    }
}
