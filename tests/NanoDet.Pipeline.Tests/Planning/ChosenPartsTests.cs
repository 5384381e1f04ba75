using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Splitting;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

/// <summary>The split that is there is the split, and one cause is told once.</summary>
public sealed class ChosenPartsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private int _number;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_item_is_before_a_list_and_a_list_before_a_folder()
    {
        _folder.Write("val.txt", "images/train/a.png\nimages/train/b.png\n");
        var plan = Plan([Pair("train/a") with { Part = DatasetPart.Test }, Pair("train/b"), Pair("train/c")], ["val.txt"]);
        Assert.Equal(["a test", "b val", "c train"], Parts());
        Assert.Equal(0, plan.Data!.Hashed);
        Assert.Null(plan.Data.SplitInWords);
    }

    [Fact]
    public void A_broken_list_is_no_random_split()
    {
        _folder.Write("train.txt", "images/a.png\n");
        _folder.Write("val.txt", "images/gone.png\n");
        var plan = Plan([Pair("a"), Pair("b"), Pair("c")], ["train.txt", "val.txt"]);
        Assert.Equal(["NDB2004"], plan.Diagnostics.Where(IsError).Select(diagnostic => diagnostic.Code));
        Assert.Null(plan.Data);
    }

    [Fact]
    public void What_nobody_chose_is_for_the_hash_and_that_is_said()
    {
        var images = Enumerable.Range(0, 12).Select(i => Pair($"{i}")).ToArray();
        Assert.Equal("no folder, list or item gives an image a part, so the hash of each decides", Plan(images, []).Data!.SplitInWords);
        images[0] = images[0] with { Part = DatasetPart.Validation };
        Assert.Equal("11 of 12 images get no part from a folder, list or item, so the hash of each decides", Plan(images, []).Data!.SplitInWords);
    }

    [Fact]
    public void One_part_by_names_alone_is_no_split_and_that_is_said()
    {
        PlanImage[] images = [.. Enumerable.Range(0, 12).Select(i => Pair($"val/{i}"))];
        var plan = Plan(images, []);
        Assert.Equal("By names such as 'images/val', all 12 images would be for validation, and none to learn from. The names are passed over, and the hash of each image decides", Assert.Single(plan.Diagnostics, diagnostic => diagnostic.Code == "NDB2010").Message);
        Assert.Equal(12, plan.Data!.Hashed);

        // What somebody chose is a split, also a bad one.
        Assert.Contains(Plan([.. images.Select(image => image with { Part = DatasetPart.Validation })], []).Diagnostics, diagnostic => diagnostic.Code == "NDB2006");
    }

    [Fact]
    public void Chance_adds_nothing_to_a_test_part_that_somebody_chose()
    {
        PlanImage[] images = [.. Enumerable.Range(0, 30).Select(i => Pair($"{i}")), Pair("test/x")];
        Plan(images, [], new(0.2, 0.5, 0));
        Assert.Equal(["x test"], Parts().Where(image => image.EndsWith("test", StringComparison.Ordinal)));
    }

    [Fact]
    public void Copies_of_one_picture_stay_in_one_part()
    {
        PlanImage[] images = [.. Enumerable.Range(0, 10).SelectMany(i => Enumerable.Range(0, 3), (i, copy) => Pair($"bolt{i}_jpg.rf.{copy:x8}"))];
        Plan(images, [], new(0.4, 0, 0));
        var parts = Parts().Select(image => image.Split(' ')).GroupBy(image => image[0].Split('_')[0], image => image[1]).ToList();
        Assert.Equal(10, parts.Count);
        Assert.All(parts, copies => Assert.Single(copies.Distinct()));
        Assert.Contains(parts, copies => copies.First() == "val");
    }

    [Fact]
    public void A_part_that_is_far_from_its_share_says_why()
    {
        PlanImage[] images = [.. Enumerable.Range(0, 100).Select(i => Pair($"{i}") with { Group = i < 98 ? "one" : null })];
        var told = Assert.Single(Plan(images, []).Diagnostics, diagnostic => diagnostic.Code == "NDB2009");
        Assert.Contains("98 are in groups or copies that stay together", told.Message, StringComparison.Ordinal);
        Assert.Equal(DiagnosticSeverity.Warning, told.Severity);
    }

    [Fact]
    public void Labels_that_cannot_be_read_are_one_error_without_consequences()
    {
        var image = Pair("a");
        _folder.Write("annotations/a.xml", "<annotation><object>");
        Assert.Equal(["NDB1001"], Plan([image], []).Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public void Numbers_without_names_are_one_error()
    {
        var images = Enumerable.Range(0, 5).Select(i => Pair($"{i}")).ToArray();
        foreach (var i in Enumerable.Range(0, 5))
        {
            File.Delete(_folder[$"annotations/{i}.xml"]);
            _folder.Write($"annotations/{i}.txt", "0 0.5 0.5 0.1 0.1\n");
        }

        var told = Assert.Single(Plan(images, []).Diagnostics);
        Assert.Equal(("NDB1062", "annotations/0.txt"), (told.Code, told.Location!.Value.File));
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private PlanImage Pair(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"images/{name}.png"])!);
        File.WriteAllBytes(_folder[$"images/{name}.png"], TinyPng.Bytes(_number++));
        _folder.Write($"annotations/{name}.xml", TinyVoc.Xml($"{Path.GetFileName(name)}.png", "bolt"));
        return new PlanImage($"images/{name}.png");
    }

    private PlanResult Plan(PlanImage[] images, string[] lists, SplitOptions? split = null) => new Planner(new PlanInputs(_folder.FullPath, _folder["obj"])
    {
        Images = [.. images],
        Annotations = [.. Directory.EnumerateFiles(_folder["annotations"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder.FullPath, file).Replace('\\', '/'))],
        ImageSets = [.. lists.Select(list => new PlanList(list))],
        Split = split ?? new(),
    }).Run(TestContext.Current.CancellationToken);

    private IEnumerable<string> Parts() => DatasetFile.Read(_folder["obj/dataset.json"]).Images
        .Select(image => $"{Path.GetFileNameWithoutExtension(image.Path)} {PartNames.Of(image.Part)}").Order(StringComparer.Ordinal);
}
