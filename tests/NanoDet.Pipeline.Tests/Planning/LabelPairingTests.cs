using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

/// <summary>Which image labels are given to. Every object is of a class that is named after its label file, so that the data set shows it.</summary>
public sealed class LabelPairingTests
{
    /// <summary>Layouts in use: each pair is a label file and its image.</summary>
    public static TheoryData<string> Layouts =>
    [
        "Annotations/1.xml JPEGImages/1.png, Annotations/2.xml JPEGImages/2.png",
        "VOC2007/Annotations/1.xml VOC2007/JPEGImages/1.png, VOC2012/Annotations/1.xml VOC2012/JPEGImages/1.png",
        "images/1.xml images/1.png, images/2.xml images/2.png",
        "1.xml 1.png, 2.xml 2.png",
        "1.xml images/1.png, 2.xml images/2.png",
        "images/cat/1.xml images/cat/1.png, images/dog/1.xml images/dog/1.png",
        "images/cat/xml/1.xml images/cat/1.png, images/dog/xml/1.xml images/dog/1.png",
        "annotations/cat/1.xml images/cat/1.png, annotations/dog/1.xml images/dog/1.png",
        "annotations/1.xml images/1.png, annotations/night/1.xml images/night/1.png",
        "annotations/cat1.xml images/cat/cat1.png, annotations/dog1.xml images/dog/dog1.png",
        "annotations/a.xml images/cat/2024/a.png, annotations/b.xml images/dog/b.png",
        "annotations/batch1/1.xml images/1.png, annotations/batch2/2.xml images/2.png",
        "train/labels/1.xml train/images/1.png, valid/labels/1.xml valid/images/1.png",
        "annotations/cat/1.xml images/2024/cat/1.png, annotations/dog/1.xml images/2024/dog/1.png",
        "../data/labels/1.xml ../data/images/1.png, ../data/labels/2.xml ../data/images/2.png",
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Labels_find_their_image_in_every_usual_layout(string layout)
    {
        var pairs = layout.Split(", ").Select(pair => pair.Split(' ')).ToList();
        var plan = Plan([.. pairs.Select(pair => pair[0])], [.. pairs.Select(pair => pair[1])], out var paired);
        Assert.Empty(plan.Diagnostics.Where(diagnostic => diagnostic.Code.StartsWith("NDB102", StringComparison.Ordinal)));
        Assert.Equal(pairs.Select(pair => $"{pair[0]} {pair[1]}").Order(), paired);
    }

    /// <summary>The last label file has no image of its own any more, and some image, which has no labels, has its name.</summary>
    [Theory]
    [InlineData("annotations/north/2.xml annotations/south/3.xml annotations/north/1.xml", "images/north/2.png images/south/1.png images/south/3.png", "images/south/1.png")]
    [InlineData("annotations/north/1.xml annotations/south/1.xml annotations/north/2.xml", "images/north/1.png images/south/1.png images/south/2.png", "images/south/2.png")]
    [InlineData("annotations/south/1.xml annotations/north/2.xml", "images/south/1.png images/south/2.png", "images/south/2.png")]
    [InlineData("annotations/1.xml annotations/2.xml", "images/1.png images/night/2.png", "images/night/2.png")]
    [InlineData("images/cat/1.xml images/dog/1.xml images/dog/2.xml", "images/cat/1.png images/cat/2.png images/dog/1.png", "images/cat/2.png")]
    [InlineData("images/cat/1.xml images/dog/2.xml", "images/cat/1.png images/cat/2.png", "images/cat/2.png")]
    [InlineData("images/1.xml images/night/2.xml", "images/1.png images/2.png", "images/2.png")]
    [InlineData("train/labels/1.xml valid/labels/1.xml valid/labels/2.xml", "train/images/1.png train/images/2.png valid/images/1.png", "train/images/2.png")]
    public void Labels_without_their_image_are_not_given_to_another_one_of_its_name(string labels, string images, string elsewhere)
    {
        var files = labels.Split(' ');
        var plan = Plan(files, images.Split(' '), out _);
        var told = Assert.Single(plan.Diagnostics, IsErrorOfLabels);
        Assert.Equal(("NDB1024", files[^1]), (told.Code, told.Location?.File));
        Assert.Contains(elsewhere, told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_only_their_names_connect_with_images_are_told_once_for_each_pair_of_folders()
    {
        var plan = Plan(["annotations/site1/1.xml", "annotations/site1/2.xml"], ["images/site2/1.png", "images/site2/2.png"], out var paired);
        var told = Assert.Single(plan.Diagnostics, diagnostic => diagnostic.Code.StartsWith("NDB102", StringComparison.Ordinal));
        Assert.Equal(("NDB1025", "annotations/site1/1.xml", DiagnosticSeverity.Warning), (told.Code, told.Location?.File, told.Severity));
        Assert.Equal(["annotations/site1/1.xml images/site2/1.png", "annotations/site1/2.xml images/site2/2.png"], paired);
    }

    [Fact]
    public void Coco_labels_of_a_gone_image_are_not_given_to_another_folder()
    {
        using var folder = new TestFolder();
        Image(folder, "images/north/1.png", 1);
        Image(folder, "images/south/2.png", 2);
        folder.Write("annotations/all.json", Coco("north/1.png", "north/2.png"));
        var told = Assert.Single(
            Plan(folder, ["annotations/all.json"], ["images/north/1.png", "images/south/2.png"]).Diagnostics,
            IsErrorOfLabels);
        Assert.Equal(("NDB1024", "annotations/all.json"), (told.Code, told.Location?.File));
        Assert.Contains("images/south/2.png", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Coco_names_without_folders_mean_the_images_beside_the_file_first()
    {
        using var folder = new TestFolder();
        var number = 0;
        foreach (var part in new[] { "train", "valid" })
        {
            Image(folder, $"{part}/1.png", number++);
            folder.Write($"{part}/_annotations.coco.json", Coco("1.png").Replace("bolt", part, StringComparison.Ordinal));
        }

        Plan(folder, ["train/_annotations.coco.json", "valid/_annotations.coco.json"], ["train/1.png", "valid/1.png"]);
        Assert.Equal(["train train/1.png", "valid valid/1.png"], Pairs(folder));
    }

    [Fact]
    public void Coco_names_without_folders_find_images_in_any_folder()
    {
        using var folder = new TestFolder();
        Image(folder, "images/north/1.png", 1);
        Image(folder, "images/south/2.png", 2);
        folder.Write("annotations/all.json", Coco("1.png", "2.png"));
        var plan = Plan(folder, ["annotations/all.json"], ["images/north/1.png", "images/south/2.png"]);
        Assert.DoesNotContain(plan.Diagnostics, diagnostic => diagnostic.Code.StartsWith("NDB102", StringComparison.Ordinal));
        Assert.Equal(["bolt images/north/1.png", "bolt images/south/2.png"], Pairs(folder));
    }

    private static bool IsErrorOfLabels(Diagnostic diagnostic)
        => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Code.StartsWith("NDB10", StringComparison.Ordinal);

    private static PlanResult Plan(string[] labels, string[] images, out List<string> paired)
    {
        using var folder = new TestFolder();
        foreach (var label in labels)
        {
            folder.Write($"project/{label}", TinyVoc.Xml(Path.GetFileNameWithoutExtension(label) + ".png", label));
        }

        for (var i = 0; i < images.Length; i++)
        {
            Image(folder, $"project/{images[i]}", i);
        }

        var plan = Plan(folder, labels, images, "project");
        paired = plan.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? [] : Pairs(folder, "project");
        return plan;
    }

    private static PlanResult Plan(TestFolder folder, string[] labels, string[] images, string project = "")
        => new Planner(new PlanInputs(folder[project], folder[Path.Combine(project, "obj")])
        {
            Images = [.. images.Select(image => new PlanImage(image))],
            Annotations = [.. labels],
        }).Run(TestContext.Current.CancellationToken);

    /// <summary>The class of the first object of each image, and the image.</summary>
    private static List<string> Pairs(TestFolder folder, string project = "")
    {
        var dataset = DatasetFile.Read(folder[Path.Combine(project, "obj", "dataset.json")]);
        return [.. dataset.Images.Select(image => $"{dataset.Classes[image.Objects[0].Label]} {image.Path}").Order()];
    }

    private static void Image(TestFolder folder, string path, int number)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        File.WriteAllBytes(folder[path], TinyPng.Bytes(number));
    }

    private static string Coco(params string[] names)
    {
        var images = names.Select((name, i) => $$"""{"id":{{i}},"file_name":"{{name}}","width":64,"height":48}""");
        var objects = names.Select((_, i) => $$"""{"id":{{i}},"image_id":{{i}},"category_id":3,"bbox":[16,12,32,24]}""");
        return $$"""{"images":[{{string.Join(',', images)}}],"categories":[{"id":3,"name":"bolt"}],"annotations":[{{string.Join(',', objects)}}]}""";
    }
}
