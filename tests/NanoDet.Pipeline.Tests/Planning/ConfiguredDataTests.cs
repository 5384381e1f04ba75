using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Discovery;
using NanoDet.Data.Validation;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

/// <summary>Images and labels that a configuration file names.</summary>
public sealed class ConfiguredDataTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string> Shipped
        => [.. SharedData.Folder is { } root ? Directory.EnumerateFiles(Path.Combine(root, "configs"), "*.yml", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Path.Combine(root, "configs"), path).Replace('\\', '/')) : ["nanodet-plus-m_320.yml"]];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_file_alone_beside_its_data_is_planned_with_its_parts(string file)
    {
        var yml = File.ReadAllText(SharedData.Path($"configs/{file}")).Replace(" /coco/", " coco/", StringComparison.Ordinal); // Some have full paths.
        if (file.Contains("xml", StringComparison.Ordinal))
        {
            yml = yml.Replace("num_classes: 80", "num_classes: 5", StringComparison.Ordinal); // Its template has five names.
        }

        _folder.Write("my.yml", yml);
        var reading = ConfigurationFile.Read(_folder["my.yml"]);
        foreach (var block in reading.Blocks)
        {
            Write(block, reading.Configuration!.ClassNames is { IsEmpty: false } names ? [.. names] : [.. block.ClassNames]);
        }

        var (dataset, diagnostics) = Plan(file: "my.yml");

        // What cannot be trained yet is told as such, and nothing else is wrong.
        Assert.DoesNotContain(diagnostics, problem => problem.Severity == DiagnosticSeverity.Error && problem.Code is not "NDB4051");
        if (dataset is not null)
        {
            RequireParts(dataset, reading.Blocks[0].Images!, reading.Blocks[1].Images!);
        }
    }

    [Theory]
    [InlineData("CocoDataset", "train.json", "val.json")]
    [InlineData("XMLDataset", "a", "b")]
    [InlineData("YoloDataset", "a", "b")]
    public void Labels_tell_the_parts_of_images_in_one_folder_and_may_lie_beside_the_project(string name, string train, string validation)
    {
        _folder.Write("model/my.yml", Yml(name, "../data/pictures", $"../data/{train}", "../data/pictures", $"../data/{validation}"));
        var blocks = ConfigurationFile.Read(_folder["model/my.yml"]).Blocks;
        Write(blocks[0] with { Images = "data/pictures", Labels = $"data/{train}" }, ["bolt", "nut"], from: 0);
        Write(blocks[1] with { Images = "data/pictures", Labels = $"data/{validation}" }, ["bolt", "nut"], from: 2);

        var (dataset, diagnostics) = Plan("model", "my.yml");

        Assert.DoesNotContain(diagnostics, problem => problem.Severity == DiagnosticSeverity.Error);
        Assert.Equal(["bolt", "nut"], dataset!.Classes);
        Assert.Equal(
            ["../data/pictures/0.png train 0", "../data/pictures/1.png train 1", "../data/pictures/2.png val 0", "../data/pictures/3.png val 1"],
            dataset.Images.Select(image => $"{image.Path} {PartNames.Of(image.Part)} {image.Objects.Single().Label}"));
    }

    [Fact]
    public void Folders_without_a_name_in_common_belong_together_as_the_file_says()
    {
        // Both parts have images of the same names.
        _folder.Write("my.yml", Yml("XMLDataset", "one/p", "two/q", "three/r", "four/s/t"));
        foreach (var block in ConfigurationFile.Read(_folder["my.yml"]).Blocks)
        {
            Write(block, ["bolt", "nut"]);
        }

        var (dataset, diagnostics) = Plan(file: "my.yml");

        Assert.DoesNotContain(diagnostics, problem => problem.Severity == DiagnosticSeverity.Error);
        RequireParts(dataset!, "one/p", "three/r");
    }

    [Theory]
    [InlineData("XMLDataset", "p", "q", "p/v", "q/v")]
    [InlineData("XMLDataset", "p/t", "q/t", "p", "q")]
    [InlineData("XMLDataset", "p", "q", "p/v", "q")]
    [InlineData("XMLDataset", "p/t", "q", "p/v", "q")]
    [InlineData("XMLDataset", "p", "q", "p/v", "w")]
    [InlineData("XMLDataset", "p", "q", "p", "q/v")]
    [InlineData("YoloDataset", "p", "q", "p/v", "q/v")]
    [InlineData("YoloDataset", "p/t", "q/t", "p", "q")]
    [InlineData("YoloDataset", "p", "q", "p/v", "q")]
    [InlineData("YoloDataset", "p", "p", "p/v", "p/v")]
    [InlineData("YoloDataset", "p/t", "q", "p/v", "q")]
    [InlineData("CocoDataset", "p", "t.json", "p/v", "v.json")]
    [InlineData("CocoDataset", "p/t", "t.json", "p", "v.json")]
    public void Folders_in_each_other_or_shared_keep_the_parts_of_the_file(string name, string train, string trainLabels, string validation, string validationLabels)
    {
        _folder.Write("my.yml", Yml(name, train, trainLabels, validation, validationLabels));
        var blocks = ConfigurationFile.Read(_folder["my.yml"]).Blocks;
        Write(blocks[0], ["bolt", "nut"], from: 0);
        Write(blocks[1], ["bolt", "nut"], from: 2);

        var (dataset, diagnostics) = Plan(file: "my.yml");

        Assert.DoesNotContain(diagnostics, problem => problem.Code is not "NDB1041");
        Assert.Equal(
            new[] { $"{train}/0.png train 0", $"{train}/1.png train 1", $"{validation}/2.png val 0", $"{validation}/3.png val 1" }.Order(StringComparer.Ordinal),
            dataset!.Images.Select(image => $"{image.Path} {PartNames.Of(image.Part)} {image.Objects.Single().Label}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Labels_say_more_than_the_folder_that_an_image_is_in()
    {
        // As COCO's trainval35k: images of the validation folder that no validation label names.
        _folder.Write("my.yml", Yml("CocoDataset", "p", "t.json", "p/v", "v.json"));
        var blocks = ConfigurationFile.Read(_folder["my.yml"]).Blocks;
        Write(blocks[1], ["bolt", "nut"], from: 2);
        Write(blocks[0], ["bolt", "nut"], from: 0);
        _folder.Write("t.json", File.ReadAllText(_folder["t.json"]).Replace("\"1.png\"", "\"v/1.png\"", StringComparison.Ordinal));
        File.Move(_folder["p/1.png"], _folder["p/v/1.png"]);

        var (dataset, _) = Plan(file: "my.yml");

        Assert.Equal(["p/0.png train", "p/v/1.png train", "p/v/2.png val", "p/v/3.png val"], dataset!.Images.Select(image => $"{image.Path} {PartNames.Of(image.Part)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_image_without_labels_has_the_part_of_the_inner_folder()
    {
        _folder.Write("my.yml", Yml("YoloDataset", "p", "q", "p/v", "q/v"));
        var blocks = ConfigurationFile.Read(_folder["my.yml"]).Blocks;
        Write(blocks[0], ["bolt", "nut"], from: 0);
        Write(blocks[1], ["bolt", "nut"], from: 2);
        File.WriteAllBytes(_folder["p/v/empty.png"], TinyPng.Bytes(77));

        var (dataset, _) = Plan(file: "my.yml", unlabeled: UnlabeledPolicy.Negative);

        Assert.Equal(DatasetPart.Validation, Assert.Single(dataset!.Images, image => image.Path == "p/v/empty.png").Part);
    }

    [Theory]
    [InlineData("CocoDataset", DifficultPolicy.Ignore)]
    [InlineData("XMLDataset", DifficultPolicy.Keep)]
    [InlineData("YoloDataset", DifficultPolicy.Ignore)]
    public void Difficult_objects_are_learnt_where_the_original_learns_them(string name, DifficultPolicy expected)
    {
        var labels = name == "CocoDataset" ? "q.json" : "q";
        _folder.Write("my.yml", Yml(name, "p", labels, "p", labels));
        Write(ConfigurationFile.Read(_folder["my.yml"]).Blocks[0], ["bolt", "nut"]);

        Assert.Equal(expected, ConfiguredData.Of(_folder.FullPath, "my.yml")!.Find([]).Difficult);
    }

    [Fact]
    public void One_set_for_both_sections_is_split_by_the_build()
    {
        _folder.Write("my.yml", Yml("XMLDataset", "p", "q", "./p/", "q"));
        var data = ConfiguredData.Of(_folder.FullPath, "my.yml")!;
        Write(ConfigurationFile.Read(_folder["my.yml"]).Blocks[0], ["bolt", "nut"]);

        Assert.False(data.HasParts);
        Assert.All(data.Find([]).Images, image => Assert.Null(image.Part));
    }

    [Theory]
    [InlineData("XMLDataset", "none", "q", "data.train.img_path", "'none'", "there is no such folder", 3)]
    [InlineData("XMLDataset", "p", "none", "data.train.ann_path", "'none'", "there is no such folder", 4)]
    [InlineData("CocoDataset", "p", "none", "data.train.ann_path", "'none'", "there is no such file", 4)]
    [InlineData("CocoDataset", "p", "q", "data.train.ann_path", "'q'", "that is a folder and not a file", 4)]
    [InlineData("XMLDataset", "p", "q/img0.xml", "data.train.ann_path", "'q/img0.xml'", "that is a file and not a folder", 4)]
    [InlineData("XMLDataset", "p/img0.png", "q", "data.train.img_path", "'p/img0.png'", "that is a file and not a folder", 3)]
    [InlineData("XMLDataset", "q", "q", "data.train.img_path", "'q'", "there is no such image there", 3)]
    [InlineData("YoloDataset", "p", "q", "data.train.ann_path", "'q'", "there is no such label of YOLO there", 4)]
    [InlineData("YoloDataset", "p", "p", "data.train.ann_path", "'p'", "there is no such label of YOLO there", 4)]
    [InlineData("XMLDataset", "p", "p", "data.train.ann_path", "'p'", "there is no such label of Pascal VOC there", 4)]
    public void What_is_not_there_is_told_at_the_line_of_its_key(string name, string images, string labels, string key, string path, string missing, int line)
    {
        _folder.Write("my.yml", Yml(name, images, labels, "v", "v"));
        TinyVoc.Write(_folder, 2, "p", "q");
        TinyVoc.Write(_folder, 2, "v", "v");
        _folder.Write("v/img0.txt", "0 0.5 0.5 0.5 0.5\n");
        var problems = new List<Diagnostic>();

        ConfiguredData.Of(_folder.FullPath, "my.yml")!.Find(problems);

        var problem = Assert.Single(problems, problem => problem.Location?.Line < 8);
        Assert.Equal(("NDB3019", line), (problem.Code, problem.Location!.Value.Line));
        Assert.Contains($"'{key}' is {path}, but {missing}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_no_file_can_have_is_not_there()
    {
        _folder.Write("my.yml", Yml("XMLDataset", "\"p\\0\"", "q", "v", "v"));
        var problems = new List<Diagnostic>();

        var data = ConfiguredData.Of(_folder.FullPath, "my.yml")!;
        data.Find(problems);

        Assert.False(data.IsThere);
        Assert.All(problems, problem => Assert.Equal("NDB3019", problem.Code));
    }

    [Fact]
    public void A_class_name_that_is_repeated_is_told_at_its_place_in_the_file()
    {
        _folder.Write("my.yml", Yml("XMLDataset", "p", "q", "v", "v").Replace("[bolt, nut] # val", "[bolt, bolt]", StringComparison.Ordinal));
        TinyVoc.Write(_folder, 2, "p", "q");
        TinyVoc.Write(_folder, 2, "v", "v");
        var problems = new List<Diagnostic>();
        ConfiguredData.Of(_folder.FullPath, "my.yml")!.Find(problems);
        Assert.Contains(problems, problem => problem is { Code: "NDB1043", Location: { Line: 11, Column: 25 } });
    }

    [Fact]
    public void Sections_with_other_class_names_are_refused()
    {
        _folder.Write("my.yml", Yml("YoloDataset", "p", "q", "p", "r").Replace("[bolt, nut] # val", "[nut, bolt]", StringComparison.Ordinal));
        var problems = new List<Diagnostic>();
        ConfiguredData.Of(_folder.FullPath, "my.yml")!.Find(problems);
        Assert.Contains(problems, problem => problem.Code == "NDB3008" && problem.Location?.Line == 11);
    }

    [Theory]
    [InlineData("ROOT", "q", "data.train.img_path", 3)]
    [InlineData("p", "ROOT", "data.train.ann_path", 4)]
    [InlineData("p/../LINK", "q", "data.train.img_path", 3)]
    [InlineData("/proc", "q", "data.train.img_path", 3)]
    [InlineData("p", "/dev/", "data.train.ann_path", 4)]
    public void A_whole_file_system_is_no_data(string images, string labels, string key, int line)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || images + labels is "ROOTq" or "pROOT", "Linux shows itself as files, and links need no right there.");
        var root = Path.GetPathRoot(_folder.FullPath)!;
        TinyVoc.Write(_folder, 2, "p", "q");
        if (OperatingSystem.IsLinux())
        {
            Directory.CreateSymbolicLink(_folder["LINK"], root);
        }

        _folder.Write("my.yml", Yml("XMLDataset", $"'{images.Replace("ROOT", root, StringComparison.Ordinal)}'", $"'{labels.Replace("ROOT", root, StringComparison.Ordinal)}'", "p", "q"));
        var problems = new List<Diagnostic>();

        // Nothing is listed: whoever does is told at the first file.
        ConfiguredData.Of(_folder.FullPath, "my.yml")!.Find(problems, new ListingProgress(_ => { }, TestContext.Current.CancellationToken, new RushingTime()));

        var problem = Assert.Single(problems);
        Assert.Equal(("NDB3021", line), (problem.Code, problem.Location!.Value.Line));
        Assert.Contains($"'{key}' is '", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_listing_says_where_it_is_and_ends_when_the_build_is_cancelled()
    {
        TinyVoc.Write(_folder, 9, "p/deep", "q");
        _folder.Write("my.yml", Yml("XMLDataset", "p", "q", "p", "q"));
        using var cancellation = new CancellationTokenSource();
        var lines = new List<string>();
        var progress = new ListingProgress(
            line =>
            {
                lines.Add(line);
                cancellation.Cancel();
            },
            cancellation.Token,
            new RushingTime());

        Assert.Throws<OperationCanceledException>(() => ConfiguredData.Of(_folder.FullPath, "my.yml")!.Find([], progress));

        // The folder itself is the first entry, and the fifth second is in the second one.
        Assert.Equal([$"the configuration file's folders are being listed: 1 file so far, now in {_folder["p/deep"]}"], lines);
    }

    [Fact]
    public void A_short_listing_says_nothing()
    {
        TinyVoc.Write(_folder, 9, "p", "q");
        _folder.Write("my.yml", Yml("XMLDataset", "p", "q", "p", "q"));
        var lines = new List<string>();

        var found = ConfiguredData.Of(_folder.FullPath, "my.yml")!.Find([], new ListingProgress(lines.Add, TestContext.Current.CancellationToken));

        Assert.Equal((9, 0), (found.Images.Length, lines.Count));
    }

    [Theory]
    [InlineData("train: { img_path: p, ann_path: q }, val: { img_path: p, ann_path: q }", true, null)]
    [InlineData("train: { img_path: p, ann_path: q }, val: { name: XMLDataset }", true, null)]
    [InlineData("train: { img_path: p, ann_path: q }, val: { img_path: p }", true, "data.val.ann_path")]
    [InlineData("train: { img_path: p, ann_path: q }, val: { img_path: '', ann_path: q }", true, "data.val.img_path")]
    [InlineData("train: { name: XMLDataset }, val: { img_path: p, ann_path: q }", false, "data.train.img_path")]
    [InlineData("train: { img_path: '', ann_path: q }, val: { img_path: p, ann_path: q }", false, "data.train.img_path")]
    [InlineData("train: { img_path: p }, val: { img_path: p }", false, "data.train.ann_path")]
    [InlineData("val: { img_path: p, ann_path: q }", false, "data.train.img_path", 0)]
    public void What_a_file_says_only_in_part_is_known(string data, bool isWhole, string? gap, int line = 1)
    {
        TinyVoc.Write(_folder, 2, "p", "q");
        _folder.Write("my.yml", $"data: {{ {data} }}\n".Replace("img_path", "name: XMLDataset, img_path", StringComparison.Ordinal));

        var configured = ConfiguredData.Of(_folder.FullPath, "my.yml")!;

        Assert.Equal((isWhole, gap, isWhole), (configured.IsWhole, configured.Gap, configured.IsThere));
        if (!isWhole)
        {
            var problem = configured.NotThere()!;
            Assert.Equal(("NDB3004", $"The key '{gap}' is missing", line), (problem.Code, problem.Message, problem.Location!.Value.Line));
        }
    }

    [Fact]
    public void A_file_that_names_no_data_leaves_the_project_its_own()
    {
        _folder.Write("my.yml", "data: { train: { name: XMLDataset }, val: { name: XMLDataset } }\n");
        Assert.Null(ConfiguredData.Of(_folder.FullPath, "my.yml"));
        Assert.Null(ConfiguredData.Of(_folder.FullPath, "missing.yml"));
    }

    private static string Yml(string name, string train, string trainLabels, string validation, string validationLabels) => $"""
        data:
          train: # line 2
            img_path: {train}
            ann_path: {trainLabels}
            name: {name}
            class_names: [bolt, nut]
          val:
            img_path: {validation}
            ann_path: {validationLabels}
            name: {name}
            class_names: [bolt, nut] # val
        """;

    private static void RequireParts(Dataset dataset, string training, string validation) => Assert.Equal(
        new[] { $"{training}/0.png train 0", $"{training}/1.png train 1", $"{validation}/0.png val 0", $"{validation}/1.png val 1" }.Order(StringComparer.Ordinal),
        dataset.Images.Select(image => $"{image.Path} {PartNames.Of(image.Part)} {image.Objects.Single().Label}").Order(StringComparer.Ordinal));

    /// <summary>A clock that is three seconds later at every look.</summary>
    private sealed class RushingTime : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds += 3;
    }

    /// <summary>Writes two images with an object each, of the first two classes.</summary>
    private void Write(DataBlock block, string[] names, int from = 0)
    {
        Directory.CreateDirectory(_folder[block.Images!]);
        for (var i = from; i < from + 2; i++)
        {
            File.WriteAllBytes(_folder[$"{block.Images}/{i}.png"], TinyPng.Bytes((block.Part == DatasetPart.Train ? 0 : 100) + i));
            if (block.Form == NanoDet.Data.Labels.LabelFormat.Voc)
            {
                _folder.Write($"{block.Labels}/{i}.xml", TinyVoc.Xml($"{i}.png", names[i % 2]));
            }
            else if (block.Form == NanoDet.Data.Labels.LabelFormat.Yolo)
            {
                _folder.Write($"{block.Labels}/{i}.txt", $"{i % 2} 0.5 0.5 0.5 0.5\n");
            }
        }

        if (block.Form == NanoDet.Data.Labels.LabelFormat.Coco)
        {
            var images = Enumerable.Range(from, 2).ToArray();
            _folder.Write(block.Labels!, $$"""
                {"images":[{{string.Join(',', images.Select(i => $$"""{"id":{{i}},"file_name":"{{i}}.png","width":64,"height":48}"""))}}],
                 "categories":[{{string.Join(',', names.Index().Select(name => $$"""{"id":{{name.Index + 1}},"name":"{{name.Item}}"}"""))}}],
                 "annotations":[{{string.Join(',', images.Select(i => $$"""{"id":{{i + 1}},"image_id":{{i}},"category_id":{{(i % 2) + 1}},"bbox":[16,12,32,24]}"""))}}]}
                """);
        }
    }

    /// <summary>As the tasks do.</summary>
    private (Dataset? Dataset, IReadOnlyList<Diagnostic> Diagnostics) Plan(string project = "", string file = "", UnlabeledPolicy unlabeled = UnlabeledPolicy.LeaveOut)
    {
        var root = Path.TrimEndingDirectorySeparator(_folder[project]);
        var problems = new List<Diagnostic>();
        var found = ConfiguredData.Of(root, file)!.Find(problems);
        Assert.Empty(problems);
        var plan = new Planner(new PlanInputs(root, Path.Combine(root, "obj"))
        {
            Images = [.. found.Images.Select(image => new PlanImage(image.Path) { Part = image.Part })],
            Annotations = found.Labels,
            Blocks = found.Blocks,
            Policy = new ValidationPolicy { Unlabeled = unlabeled },
            Classes = found.Classes,
            ConfigurationFile = project.Length == 0 && File.ReadAllText(Path.Combine(root, file)).Contains("arch:", StringComparison.Ordinal) ? file : null,
            Overrides = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("NanoDetBatchSize", "2"),
        }).Run(TestContext.Current.CancellationToken);
        return (plan.Data is null ? null : DatasetFile.Read(Path.Combine(root, "obj", "dataset.json")), plan.Diagnostics);
    }
}
