using System.Globalization;
using NanoDet.Data.Labels.Coco;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>The classes keep their names and their order in another form, those without objects too.</summary>
public sealed class ConvertClassTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestFolder _results = new();

    public void Dispose()
    {
        _folder.Dispose();
        _results.Dispose();
    }

    [Theory]
    [InlineData("# nut", "bolt")]
    [InlineData("0 degrees", "1 degrees")]
    [InlineData("it's", "# 'quoted': [x]", "\"", "\\n")]
    public async Task Names_that_a_list_cannot_hold_go_into_yolo_and_come_back(params string[] names)
    {
        foreach (var parts in new string[][] { [], ["ImageSets/Main/train.txt=1", "ImageSets/Main/val.txt=2"] })
        {
            using var source = new TestFolder();
            using var results = new TestFolder();
            new KnownLayout("", ["JPEGImages/1.png", "JPEGImages/2.png", $"Annotations/1.xml=voc:{names[0]}", $"Annotations/2.xml=voc:{names[^1]}", .. parts], []).Write(source);
            var list = results.Write("names.yaml", "names:\n" + string.Concat(names.Select((name, number) => $"  {number.ToString(CultureInfo.InvariantCulture)}: '{name.Replace("'", "''", StringComparison.Ordinal)}'\n")));
            foreach (var again in new string[][] { [], ["--overwrite"], [] })
            {
                var run = await ToolProcess.RunAsync(["convert", source.FullPath, "--classes", list, "--to", "yolo", "--out", results["out"], .. again]);
                Assert.True(run.ExitCode == 0, run.Error);
                Assert.DoesNotContain("data.yaml:", run.Error, StringComparison.Ordinal);
                Assert.False(File.Exists(results["out/classes.txt"]));
            }

            var classes = await ClassesAsync(results["out"], "--images", source.FullPath);
            Assert.Equal(names, classes.Listed);
            Assert.Equal(["1.png " + names[0], "2.png " + names[^1]], classes.Objects);
        }
    }

    [Fact]
    public async Task A_list_of_other_classes_is_not_passed_over_where_it_cannot_be_replaced()
    {
        new KnownLayout("", ["photos/1.png", "photos/1.xml=voc:# nut"], []).Write(_folder);
        var list = _results.Write("out/classes.txt", "dog\n");

        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "yolo", "--out", _results["out"], "--overwrite");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{list}: error NDB6120: ", run.Error, StringComparison.Ordinal);
        Assert.Equal([list], Directory.GetFiles(_results["out"], "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("voc", "")]
    [InlineData("labelme", "")]
    [InlineData("voc", "/annotations")]
    [InlineData("labelme", "/labels/")]
    public async Task The_label_order_goes_along_and_comes_back(string form, string below)
    {
        new KnownLayout("", ["images/1.png", "images/2.png", "labels/1.txt=yolo:0", "labels/2.txt=yolo:2", "classes.txt=washer\nbolt\nnut"], []).Write(_folder);

        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", form, "--out", _results["set" + below]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal($"images: 2, objects: 2, classes: 3\nlabel order: 3 classes, in {_results["set/classes.txt"]}\n", run.Error.ReplaceLineEndings("\n"));

        // The labels of images/1.png are images/1.xml, so in the folder itself, the images are beside them.
        foreach (var image in Directory.GetFiles(_folder["images"]))
        {
            File.Move(image, Path.Combine(Directory.CreateDirectory(_results["set/images"]).FullName, Path.GetFileName(image)));
        }

        var classes = await ClassesAsync(_results["set" + below]);
        Assert.Equal(["washer", "bolt", "nut"], classes.Listed);
        Assert.Equal(["1.png washer", "2.png nut"], classes.Objects);
    }

    [Theory]
    [InlineData("out", true)]
    [InlineData("annotations", false)]
    public async Task Another_label_order_is_kept_above_the_labels_and_unless_it_is_to_be_replaced(string target, bool isReplaced)
    {
        new KnownLayout("", ["images/1.png", "labels/1.txt=yolo:0", "classes.txt=washer\nbolt"], []).Write(_folder);
        var list = _results.Write(isReplaced ? "out/classes.txt" : "classes.txt", "dog\n");

        var kept = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "voc", "--out", _results[target]);
        Assert.Contains($"label order: 2 classes; it is lost: {list} lists others and is kept", kept.Error, StringComparison.Ordinal);
        Assert.Equal("dog\n", File.ReadAllText(list));

        await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "voc", "--out", _results[target], "--overwrite");
        Assert.Equal(isReplaced ? "washer\nbolt\n" : "dog\n", File.ReadAllText(list));
    }

    [Fact]
    public async Task A_label_order_that_no_list_holds_is_said_to_be_lost()
    {
        new KnownLayout("", ["images/1.png", "labels/1.txt=yolo:0", "data.yaml=names: ['washer', '# nut']"], []).Write(_folder);
        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", "voc", "--out", _results["out"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("label order: 2 classes; it is lost: a list would not be read as these names", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_results["out/classes.txt"]));
    }

    /// <summary>The classes of labels, and those of the objects of each image, as the tool reads them.</summary>
    private async Task<(List<string> Listed, List<string> Objects)> ClassesAsync(string labels, params string[] more)
    {
        var file = _results["back.json"];
        var run = await ToolProcess.RunAsync(["convert", labels, .. more, "--to", "coco", "--out", file, "--overwrite"]);
        Assert.True(run.ExitCode == 0, run.Error);
        var document = CocoReader.Read(file);
        return ([.. document.Categories.OrderBy(category => category.Id).Select(category => category.Name)],
            [.. CocoConversion.ToLabels(document).SelectMany(image => image.Objects, (image, labeled) => $"{image.FileName.Split('/')[^1]} {labeled.ClassName}").Order(StringComparer.Ordinal)]);
    }
}
