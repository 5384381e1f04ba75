using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Tests.Stages;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

public sealed class PlannerTests
{
    /// <summary>Young files that every plan hashes: data set, configuration and request.</summary>
    private const int OutputsOfThePlan = 3;

    private const string Coco = """
        {"images":[{"id":7,"file_name":"img0.png","width":64,"height":48},{"id":9,"file_name":"img1.png","width":64,"height":48},{"id":11,"file_name":"img2.png"}],
         "categories":[{"id":3,"name":"bolt"}],
         "annotations":[{"id":1,"image_id":7,"category_id":3,"bbox":[16,12,32,24]},{"id":2,"image_id":9,"category_id":3,"bbox":[16,12,32,24]},{"id":3,"image_id":11,"category_id":3,"bbox":[16,12,32,24]}]}
        """;

    [Fact]
    public void The_line_of_the_data_says_how_many_of_its_objects_are_ignored()
    {
        var image = new DatasetImage("a.png", "", 64, 48, DatasetPart.Train, [new(0, new(1, 2, 3, 4)), new(0, new(5, 6, 7, 8)) { Ignored = true }]);

        Assert.EndsWith(" 2 objects (1 ignored) of 1 class", PlannedData.Of(new(["bolt"], [image])).Words, StringComparison.Ordinal);
        Assert.EndsWith(" 1 object of 1 class", PlannedData.Of(new(["bolt"], [image with { Objects = [image.Objects[0]] }])).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Coco_yolo_and_labelme_labels_give_the_same_data_set()
    {
        using var coco = Images(3);
        coco.Write("annotations/all.json", Coco);
        using var yolo = Images(3);
        using var labelme = Images(3);
        for (var i = 0; i < 3; i++)
        {
            yolo.Write($"labels/img{i}.txt", "0 0.5 0.5 0.5 0.5\n");
            labelme.Write($"images/img{i}.json", $$"""
                {"version":"5.0","imagePath":"img{{i}}.png","imageWidth":64,"imageHeight":48,
                 "shapes":[{"label":"bolt","shape_type":"rectangle","points":[[16,12],[48,36]]}]}
                """);
        }

        var expected = Objects(coco, Inputs(coco, "annotations/all.json"));
        Assert.Equal("0 16 12 48 36", expected[0]);
        Assert.Equal(expected, Objects(yolo, Inputs(yolo, "labels/img0.txt", "labels/img1.txt", "labels/img2.txt") with { Classes = ["bolt"] }));
        Assert.Equal(expected, Objects(labelme, Inputs(labelme, "images/img0.json", "images/img1.json", "images/img2.json")));
    }

    [Fact]
    public void All_errors_of_label_files_are_told_again_in_every_plan_until_they_are_mended()
    {
        using var folder = Images(3);
        folder.Write("annotations/all.json", """
            {"images": [{"id": 1, "file_name": "img0.png"}, {"id": 2}],
            "annotations": [
            {"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]},
            {"image_id": 2, "category_id": 9, "bbox": [1, 2, 3, 4]}],
            "categories": [{"id": 1, "name": "bolt"}]}
            """);
        folder.Write("labels/img1.txt", "0 0.5 0.5 0.1 0.1\n1 0.5 0.5 0.1 0.1\n0 0.5 0.5 0.1\n");
        folder.Write("annotations/img2.xml", TinyVoc.Xml("img2.png", "bolt"));
        var inputs = Inputs(folder, "annotations/all.json", "annotations/img2.xml", "labels/img1.txt") with { Classes = ["bolt"] };
        string[] expected = ["annotations/all.json(1,49) NDB1006", "annotations/all.json(4,1) NDB1007", "labels/img1.txt(2,1) NDB1045", "labels/img1.txt(3,1) NDB1001"];

        Assert.Equal(expected, Errors(Plan(inputs)));
        Assert.Equal(expected, Errors(Plan(inputs)));

        // Another file has changed; what is known of this one is that it has to be read again.
        folder.Write("annotations/img2.xml", TinyVoc.Xml("img2.png", "bolt").Replace("bolt", "bolt ", StringComparison.Ordinal));
        Assert.Equal(expected, Errors(Plan(inputs)));

        folder.Write("annotations/all.json", """
            {"images": [{"id": 1, "file_name": "img0.png"}], "annotations": [{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}], "categories": [{"id": 1, "name": "bolt"}]}
            """);
        folder.Write("labels/img1.txt", "0 0.5 0.5 0.1 0.1\n");
        Assert.Empty(Errors(Plan(inputs)));

        static IEnumerable<string> Errors(PlanResult plan)
            => plan.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => $"{diagnostic.Location} {diagnostic.Code}");
    }

    [Theory]
    [InlineData("createml")]
    [InlineData("via")]
    [InlineData("vott")]
    [InlineData("labelstudio")]
    [InlineData("datumaro")]
    public void A_training_is_the_same_whatever_tool_wrote_the_labels_and_they_are_read_once(string tool)
    {
        string[] names = ["img0.png", "img1.png", "img2.png"];
        using var coco = Images(3);
        coco.Write("annotations/all.json", ToolLabels.Of("coco", "bolt", names)!);
        Plan(Inputs(coco, "annotations/all.json"));
        using var other = Images(3);
        other.Write("annotations/all.json", ToolLabels.Of(tool, "bolt", names)!);
        Plan(Inputs(other, "annotations/all.json"));
        Assert.Equal(File.ReadAllBytes(coco["obj/request.json"]), File.ReadAllBytes(other["obj/request.json"]));

        other.Write("annotations/ghost.xml", TinyVoc.Xml("ghost.png", "bolt"));
        var again = Plan(Inputs(other, "annotations/all.json", "annotations/ghost.xml"));
        Assert.Equal(["NDB1020"], again.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Code));
        Assert.Equal(1, again.Counts.LabelsParsed);
    }

    [Fact]
    public void Labels_find_the_image_whose_folders_agree()
    {
        using var folder = Images(2);
        foreach (var side in new[] { "north", "south" })
        {
            TinyVoc.WritePair(folder, side.Length + side[0], side, "1", $"images/{side}", $"annotations/{side}");
        }

        var inputs = Inputs(folder, "annotations/north/1.xml", "annotations/south/1.xml");
        inputs = inputs with { Images = [.. inputs.Images.Where(image => image.Path.EndsWith("/1.png", StringComparison.Ordinal))] };
        Assert.DoesNotContain(Plan(inputs).Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var dataset = DatasetFile.Read(folder["obj/dataset.json"]);
        Assert.Equal(["north", "south"], dataset.Images.Select(image => dataset.Classes[image.Objects[0].Label]));
    }

    [Fact]
    public void The_problems_of_unchanged_data_are_told_again()
    {
        using var folder = Images(3);
        folder.Write("annotations/all.json", Coco);
        folder.Write("annotations/ghost.xml", TinyVoc.Xml("ghost.png", "bolt"));
        var inputs = Inputs(folder, "annotations/all.json", "annotations/ghost.xml");
        var first = Plan(inputs);
        Assert.Contains(first.Diagnostics, diagnostic => diagnostic is { Code: "NDB1020", Location.File: "annotations/ghost.xml" });
        var again = Plan(inputs);
        Assert.Equal(first.Diagnostics, again.Diagnostics.AsEnumerable());
        Assert.Equal(0, again.Counts.LabelsParsed);
        Assert.Empty(again.Stages);
    }

    [Fact]
    public void A_project_that_moved_to_another_folder_plans_the_same_and_reads_nothing_again()
    {
        using var folder = new TestFolder();
        var here = folder["here"];
        Fill(Path.Combine(here, "images"), 3);
        folder.Write("here/annotations/all.json", Coco);
        foreach (var file in Directory.EnumerateFiles(here, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        Thread.Sleep(50); // A change in the same tick of the file system's clock as the plan is not trusted.

        Plan(Inputs(here, "annotations/all.json"));
        var request = File.ReadAllBytes(Path.Combine(here, "obj", "request.json"));
        Directory.Move(here, folder["there"]);
        var moved = Plan(Inputs(folder["there"], "annotations/all.json"));
        Assert.Equal((0, 0, 0), (moved.Counts.LabelsParsed, moved.Counts.HeadersRead, moved.Counts.FilesHashed - OutputsOfThePlan));
        Assert.Equal(request, File.ReadAllBytes(folder["there/obj/request.json"]));
    }

    [Fact]
    public void A_hundred_damaged_caches_and_records_only_cost_time()
    {
        using var folder = Images(3);
        folder.Write("annotations/all.json", Coco);
        var inputs = Inputs(folder, "annotations/all.json");
        Plan(inputs);
        new StageRunner(folder["obj"], TimeSpan.FromSeconds(5)).Run("convert", WantedKey.Of(folder["obj"], "convert"), DatasetOutputs.Coco, TestContext.Current.CancellationToken);
        var files = Directory.EnumerateFiles(folder["obj"], "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).ToList();
        var (dataset, coco) = (File.ReadAllBytes(folder["obj/dataset.json"]), File.ReadAllBytes(folder["obj/train.coco.json"]));
        var random = new Random(1);
        for (var i = 0; i < 100; i++)
        {
            var file = files[i % files.Count];
            var content = File.ReadAllBytes(file);
            var damaged = i % 2 == 0 ? content[..(content.Length / 3)] : (byte[])content.Clone();
            if (damaged.Length > 0)
            {
                damaged[random.Next(damaged.Length)] ^= 0x11;
            }

            File.WriteAllBytes(file, damaged);
            if (Plan(inputs).Stages.Single(stage => stage.Name == "convert").Action == StageAction.Run)
            {
                new StageRunner(folder["obj"], TimeSpan.FromSeconds(5)).Run("convert", WantedKey.Of(folder["obj"], "convert"), DatasetOutputs.Coco, TestContext.Current.CancellationToken);
            }

            Assert.Equal(dataset, File.ReadAllBytes(folder["obj/dataset.json"]));
            Assert.Equal(coco, File.ReadAllBytes(folder["obj/train.coco.json"]));
        }
    }

    private static List<string> Objects(TestFolder folder, PlanInputs inputs)
    {
        Assert.DoesNotContain(Plan(inputs).Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return [.. DatasetFile.Read(folder["obj/dataset.json"]).Images.Select(image => string.Join(
            ';', image.Objects.Select(item => $"{item.Label} {item.Box.Left} {item.Box.Top} {item.Box.Right} {item.Box.Bottom}")))];
    }

    private static PlanResult Plan(PlanInputs inputs) => new Planner(inputs).Run(TestContext.Current.CancellationToken);

    private static PlanInputs Inputs(TestFolder folder, params string[] annotations) => Inputs(folder.FullPath, annotations);

    private static PlanInputs Inputs(string folder, params string[] annotations) => new(folder, Path.Combine(folder, "obj"))
    {
        Images = [.. Directory.EnumerateFiles(Path.Combine(folder, "images"), "*.png", SearchOption.AllDirectories)
            .Select(path => new PlanImage(Path.GetRelativePath(folder, path).Replace('\\', '/')))],
        Annotations = [.. annotations],
    };

    private static TestFolder Images(int count)
    {
        var folder = new TestFolder();
        Fill(folder["images"], count);
        return folder;
    }

    private static void Fill(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < count; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, $"img{i}.png"), TinyPng.Bytes(i));
        }
    }
}
