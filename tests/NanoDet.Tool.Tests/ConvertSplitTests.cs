using System.Globalization;
using NanoDet.Data.Labels.Coco;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>A split that is there goes along into another form, also where it does not give each image a part.</summary>
public sealed class ConvertSplitTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestFolder _results = new();

    public void Dispose()
    {
        _folder.Dispose();
        _results.Dispose();
    }

    /// <summary>Forms with lists, the lists of the source, what is told, and the images that come back for each part.</summary>
    public static TheoryData<string, string[], string, string[]> Splits
    {
        get
        {
            var splits = new TheoryData<string, string[], string, string[]>();
            foreach (var form in new[] { "voc", "yolo" })
            {
                splits.Add(form, ["trainval=1\n2\n3", "test=4"], "parts: 3 trainval, 1 test, in ", ["test: 4", "trainval: 1 2 3"]);
                splits.Add(form, ["test=4"], "parts: 1 test, in ", ["default: 1 2 3", "test: 4"]);
                splits.Add(form, ["train=1"], "parts: 1 train, in ", ["default: 2 3 4", "train: 1"]);
                splits.Add(form, ["train=1", "trainval=1\n2\n3", "test=4"], "parts: 1 train, 2 trainval, 1 test, in ", ["test: 4", "train: 1", "trainval: 2 3"]);
                splits.Add(form, ["trainval=1\n2"], "parts: 2 trainval, in ", ["default: 3 4", "trainval: 1 2"]);
            }

            return splits;
        }
    }

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task A_split_that_leaves_images_open_goes_along_and_comes_back(string form, string[] lists, string told, string[] expected)
    {
        Write(lists);

        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", form, "--out", _results["out"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);

        Assert.Equal(expected, await PartsAsync(_results["out"], "--images", _folder["JPEGImages"]));
    }

    [Theory]
    [InlineData("coco", "out.json", "parts: 1 test are lost: one COCO file does not say them")]
    [InlineData("labelme", "out", "parts: 1 test are lost: LabelMe does not say them")]
    public async Task A_test_part_that_a_form_does_not_say_is_told(string form, string target, string told)
    {
        Write(["test=4"]);
        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", form, "--out", _results[target]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("voc/Annotations", "voc/JPEGImages/{0}.png voc/Annotations/{0}.xml=voc:nut", "voc/ImageSets/Main/trainval.txt=1\n2|voc/ImageSets/Main/test.txt=3|train.txt=3", "test: 3", "trainval: 1 2")]
    [InlineData("labels", "images/{0}.png labels/{0}.txt=yolo:0", "hold.txt=images/3.png|lists/fit.txt=./images/1.png\n./images/2.png|data.yaml=train: lists/fit.txt\nval: hold.txt\nnames: [nut]", "train: 1 2", "val: 3")]
    [InlineData("labels", "images/{0}.png labels/{0}.txt=yolo:0", "train.txt=1\n2|val.txt=3|classes.txt=nut", "train: 1 2", "val: 3")]
    [InlineData("labels/all", "images/all/{0}.png labels/all/{0}.txt=yolo:0", "train.txt=images/all/1.png\nimages/all/2.png\nimages/other/7.png|val.txt=3|data.yaml=names: [nut]", "train: 1 2", "val: 3")]
    [InlineData("data/obj", "data/obj/{0}.png data/obj/{0}.txt=yolo:0", "data/train.txt=data/obj/1.png\ndata/obj/2.png|data/test.txt=data/obj/3.png|data/obj.names=nut|data/obj.data=train = data/train.txt\nvalid = data/test.txt\nnames = data/obj.names", "train: 1 2", "val: 3")]
    [InlineData("coins", "coins/images/{0}.png coins/annotations/{0}.xml=voc:nut", "train.txt=images/1.png|val.txt=images/2.png", "default: 1 2 3")]
    [InlineData("photos", "photos/{0}.png photos/{0}.xml=voc:nut", "train.txt=photos/1.png\nphotos/2.png|val.txt=photos/3.png", "train: 1 2", "val: 3")]
    [InlineData("set/photos", "set/photos/{0}.png set/photos/{0}.xml=voc:nut", "set/train.txt=1\n2|set/val.txt=3", "train: 1 2", "val: 3")]
    [InlineData("voc/Annotations", "voc/JPEGImages/{0}.png voc/Annotations/{0}.xml=voc:nut", "voc/ImageSets/Main/train.txt=1|voc/ImageSets/Main/val.txt=2\n3|voc/Annotations/train.txt=1\n3|voc/Annotations/val.txt=2", "train: 1 3", "val: 2")]
    public async Task The_folder_of_the_labels_alone_has_the_lists_of_its_data_set(string labels, string each, string lists, params string[] expected)
    {
        string[] files = [.. Enumerable.Range(1, 3).SelectMany(number => string.Format(CultureInfo.InvariantCulture, each, number).Split(' ')), .. lists.Split('|')];
        new KnownLayout("", files, []).Write(_folder);
        Assert.Equal(expected, await PartsAsync(_folder[labels]));

        // The same with its images somewhere else.
        if (Path.GetDirectoryName(files[0]) is { } images && !images.StartsWith(labels, StringComparison.Ordinal))
        {
            Directory.Delete(_results["parts"], recursive: true);
            Directory.CreateDirectory(Path.GetDirectoryName(_results[images])!);
            Directory.Move(_folder[images], _results[images]);
            Assert.Equal(expected, await PartsAsync(_folder[labels], "--images", _results[images]));
        }
    }

    [Theory]
    [InlineData("voc")]
    [InlineData("yolo")]
    public async Task Names_in_lists_mean_the_image_that_they_were_written_for(string form)
    {
        string[] names = ["a", "a.jpg", "#1", "b"];
        new KnownLayout("", [.. names.SelectMany(name => new[] { $"photos/{name}.png", $"photos/{name}.xml=voc:nut" }), "train.txt=photos/a.jpg.png\nphotos/b.png", "val.txt=photos/a.png\n\"photos/#1.png\""], []).Write(_folder);

        var run = await ToolProcess.RunAsync("convert", _folder.FullPath, "--to", form, "--out", _results["all"]);
        Assert.True(run.ExitCode == 0, run.Error);

        Assert.Equal(["train: a.jpg b", "val: #1 a"], await PartsAsync(_results["all"], "--images", _folder.FullPath));
    }

    private void Write(string[] lists)
        => new KnownLayout("", [.. Enumerable.Range(1, 4).SelectMany(number => new[] { $"JPEGImages/{number}.png", $"Annotations/{number}.xml=voc:nut" }), .. lists.Select(list => $"ImageSets/Main/{list.Replace("=", ".txt=", StringComparison.Ordinal)}")], []).Write(_folder);

    /// <summary>The images of each part, as the tool reads them.</summary>
    private async Task<List<string>> PartsAsync(string labels, params string[] more)
    {
        var parts = Directory.CreateDirectory(_results["parts"]).FullName;
        var run = await ToolProcess.RunAsync(["convert", labels, .. more, "--to", "coco", "--out", parts]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("NDB", run.Error, StringComparison.Ordinal);
        return [.. Directory.EnumerateFiles(parts).Order(StringComparer.Ordinal).Select(file =>
            $"{Path.GetFileNameWithoutExtension(file)["instances_".Length..]}: {string.Join(' ', CocoReader.Read(file).Images.Select(image => Path.GetFileNameWithoutExtension(image.FileName)).Order(StringComparer.Ordinal))}")];
    }
}
