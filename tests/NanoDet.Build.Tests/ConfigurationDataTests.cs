using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Data.Datasets;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>A configuration file that names its data is all that a project needs: real builds that train.</summary>
public sealed class ConfigurationDataTests(PackageFeed feed)
{
    private const string Model = "train export evaluate";
    private const string Alone = $"<PropertyGroup>{TinyConfiguration.Properties}</PropertyGroup>";

    [Theory]
    [InlineData("CocoDataset", "coco/train2017", "coco/annotations/instances_train2017.json", "coco/val2017", "coco/annotations/instances_val2017.json")]
    [InlineData("XMLDataset", "TRAIN_IMAGE_FOLDER", "TRAIN_XML_FOLDER", "VAL_IMAGE_FOLDER", "VAL_XML_FOLDER")]
    [InlineData("YoloDataset", "coco/train2017", "coco/train2017", "coco/val2017", "coco/val2017")]
    public async Task A_file_alone_beside_its_data_builds(string name, string training, string trainingLabels, string validation, string validationLabels)
    {
        using var project = BuildProject.OfBody(feed, Alone);
        project.Folder.Write("tiny.yml", Yml(name, training, trainingLabels, validation, validationLabels));
        Write(project.Folder, name, training, trainingLabels, from: 0, count: 8);
        Write(project.Folder, name, validation, validationLabels, from: 100, count: 2);

        await project.ExpectStagesAsync($"split convert {Model}");

        var split = project.Json("obj/nanodet/split.json");
        Assert.All(new[] { ("train", training, 8), ("val", validation, 2) }, expected =>
        {
            var images = split.GetProperty(expected.Item1).EnumerateArray().Select(path => path.GetString()!).ToList();
            Assert.Equal(expected.Item3, images.Count);
            Assert.All(images, image => Assert.StartsWith($"{expected.Item2}/", image, StringComparison.Ordinal));
        });
        Assert.Equal(["bolt", "nut"], project.Json("obj/nanodet/dataset.json").GetProperty("classes").EnumerateArray().Select(entry => entry.GetString()));
        Assert.True(File.Exists(project.Folder["bin/Debug/netstandard2.0/Model.onnx"]));

        // Nothing changed; then a label did.
        await project.ExpectStagesAsync("");
        var upToDate = await project.RunAsync("msbuild", "-t:_NanoDetTellUpToDateCheck", "-getItem:UpToDateCheckInput");
        Assert.Contains($"\"{training}/0.png\"", upToDate.Output, StringComparison.Ordinal);
        TinyVoc.WritePair(project.Folder, 200, "nut", "own");
        var own = await project.RunAsync("build", "--no-restore", "-t:NanoDetPlan");
        Assert.DoesNotContain("images/own.png", File.ReadAllText(project.Folder["obj/nanodet/dataset.json"]), StringComparison.Ordinal);
        Assert.Equal(0, own.ExitCode);
    }

    [Fact]
    public async Task What_the_project_names_counts_before_the_file_and_is_told_once()
    {
        using var project = BuildProject.OfBody(feed, $"{Alone}<ItemGroup><NanoDetImage Include=\"mine/*.png\" /><NanoDetAnnotation Include=\"mine/*.xml\" /></ItemGroup>", "-p:NanoDetTrain=never");
        project.Folder.Write("tiny.yml", Yml("XMLDataset", "a", "b", "c", "d"));
        Write(project.Folder, "XMLDataset", "a", "b", 0, 4);
        Write(project.Folder, "XMLDataset", "c", "d", 100, 2);
        TinyVoc.Write(project.Folder, 8, "mine", "mine");

        var build = await project.ExpectStagesAsync("split convert");

        Assert.Single(build.Messages, message => message.Contains("the images and labels of the project are used, and not those that 'img_path' and 'ann_path' in tiny.yml name", StringComparison.Ordinal));
        Assert.Equal(8, project.Json("obj/nanodet/dataset.json").GetProperty("images").GetArrayLength());
    }

    [Theory]
    [InlineData("    img_path: a\n", "images", "annotations", "the images and labels of the project are used, and not those that 'img_path' and 'ann_path' in tiny.yml name, because 'data.train.img_path' is missing or empty")]
    [InlineData("    ann_path: d\n", "a", "b", "tiny.yml names one set of images and labels, so the build splits it, because 'data.val.ann_path' is missing or empty")]
    public async Task What_the_file_says_only_in_part_is_told(string missing, string images, string labels, string line)
    {
        using var project = BuildProject.OfBody(feed, Alone, "-p:NanoDetTrain=never");
        project.Folder.Write("tiny.yml", Yml("XMLDataset", "a", "b", "c", "d").Replace(missing, "", StringComparison.Ordinal));
        Write(project.Folder, "XMLDataset", images, labels, 0, 8);

        var build = await project.ExpectStagesAsync("split convert");

        Assert.Single(build.Messages, message => message.Contains(line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a", "", false)]
    [InlineData("a", "-p:NanoDetDifficult=Ignore", true)]
    [InlineData("images", "", true)]
    [InlineData("images", "-p:NanoDetDifficult=Keep", false)]
    public async Task Difficult_objects_of_a_file_s_own_data_are_learnt_unless_the_project_says_otherwise(string folder, string setting, bool isIgnored)
    {
        using var project = BuildProject.OfBody(feed, Alone, ["-p:NanoDetTrain=never", .. setting.Length > 0 ? new[] { setting } : []]);
        var yml = Yml("XMLDataset", "a", "b", "c", "d");
        project.Folder.Write("tiny.yml", folder == "a" ? yml : TinyConfiguration.Yml(1));
        var labels = folder == "a" ? "b" : "annotations";
        Write(project.Folder, "XMLDataset", folder, labels, 0, 8);
        if (folder == "a")
        {
            Write(project.Folder, "XMLDataset", "c", "d", 100, 2);
        }

        var file = project.Folder[$"{labels}/0.xml"];
        File.WriteAllText(file, File.ReadAllText(file).Replace("<difficult>0", "<difficult>1", StringComparison.Ordinal));

        await project.ExpectStagesAsync("split convert");

        var difficult = Assert.Single(DatasetFile.Read(project.Folder["obj/nanodet/dataset.json"]).Images.SelectMany(image => image.Objects), item => item.Difficult);
        Assert.Equal(isIgnored, difficult.Ignored);
    }

    [Fact]
    public async Task What_is_not_there_is_an_error_at_its_line()
    {
        using var project = BuildProject.OfBody(feed, Alone, "-p:NanoDetTrain=never");
        project.Folder.Write("tiny.yml", Yml("XMLDataset", "a", "b", "c", "d"));
        Write(project.Folder, "XMLDataset", "a", "b", 0, 4);
        Write(project.Folder, "XMLDataset", "c", "e", 100, 2);

        var build = await project.RunAsync("build");

        Assert.NotEqual(0, build.ExitCode);
        var line = 1 + File.ReadAllLines(project.Folder["tiny.yml"]).ToList().FindIndex(text => text.Contains("ann_path: d", StringComparison.Ordinal));
        Assert.Contains($"tiny.yml({line},5): error NDB3019: 'data.val.ann_path' is 'd', but there is no such folder", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_change_no_weight_train_nothing_anew()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        project.Folder.Write("tiny.yml", TinyConfiguration.Yml(1).Replace("  total_epochs:", "  resume:\n  total_epochs:", StringComparison.Ordinal));
        await project.ExpectStagesAsync($"split convert {Model}");

        foreach (var (was, becomes) in new[]
        {
            ("  resume:\n", ""), ("log: { interval: 1 }", "log: { interval: 7 }"), ("gpu_ids: -1", "gpu_ids: [0, 1]"), ("precision: 32", "precision: 16"),
        })
        {
            var yml = File.ReadAllText(project.Folder["tiny.yml"]);
            Assert.Contains(was, yml, StringComparison.Ordinal);
            project.Folder.Write("tiny.yml", yml.Replace(was, becomes, StringComparison.Ordinal));
            await project.ExpectStagesAsync("");
        }

        // One that does.
        project.Folder.Write("tiny.yml", File.ReadAllText(project.Folder["tiny.yml"]).Replace("lr: 0.001", "lr: 0.002", StringComparison.Ordinal));
        await project.ExpectStagesAsync(Model);
    }

    private static string Yml(string name, string training, string trainingLabels, string validation, string validationLabels)
    {
        var parts = TinyConfiguration.Yml(1).Split("    name: XMLDataset\n");
        return parts[0] + Block(training, trainingLabels) + parts[1] + Block(validation, validationLabels) + parts[2];

        string Block(string images, string labels) => $"    name: {name}\n    img_path: {images}\n    ann_path: {labels}\n";
    }

    private static void Write(TestFolder folder, string name, string images, string labels, int from, int count)
    {
        Directory.CreateDirectory(folder[images]);
        var numbers = Enumerable.Range(0, count).ToList();
        numbers.ForEach(i => File.WriteAllBytes(folder[$"{images}/{i}.png"], TinyPng.Bytes(from + i)));
        switch (name)
        {
            case "XMLDataset":
                numbers.ForEach(i => folder.Write($"{labels}/{i}.xml", TinyVoc.Xml($"{i}.png", i % 2 == 0 ? "bolt" : "nut")));
                break;
            case "YoloDataset":
                numbers.ForEach(i => folder.Write($"{labels}/{i}.txt", $"{i % 2} 0.5 0.5 0.5 0.5\n"));
                break;
            default:
                folder.Write(labels, $$"""
                    {"images":[{{string.Join(',', numbers.Select(i => $$"""{"id":{{i}},"file_name":"{{i}}.png","width":64,"height":48}"""))}}],
                     "categories":[{"id":1,"name":"bolt"},{"id":2,"name":"nut"}],
                     "annotations":[{{string.Join(',', numbers.Select(i => $$"""{"id":{{i + 1}},"image_id":{{i}},"category_id":{{(i % 2) + 1}},"bbox":[16,12,32,24]}"""))}}]}
                    """);
                break;
        }
    }
}
