using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Discovery;
using NanoDet.Data.Images;
using NanoDet.Data.Splitting;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

/// <summary>What a build makes of the layouts of many tools; the tool's tests have the same layouts.</summary>
public sealed class KnownLayoutTests
{
    /// <summary>Names of the layouts.</summary>
    public static TheoryData<string> Layouts => [.. KnownLayout.All.Select(layout => layout.Name)];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_build_reads_a_layout_with_nothing_set(string name)
    {
        var layout = KnownLayout.All.Single(layout => layout.Name == name);
        using var folder = new TestFolder();
        layout.Write(folder);

        var (dataset, diagnostics, assigned) = Plan(folder);

        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Code);
        if (layout.Expected is [var code] && code.StartsWith("NDB", StringComparison.Ordinal))
        {
            Assert.Equal([code], errors);
            return;
        }

        Assert.Empty(errors);
        Assert.Equal(
            layout.Expected.Order(StringComparer.Ordinal),
            dataset.Select(image => $"{image.Path} {image.Class} {(assigned.TryGetValue(image.Path, out var part) && part is { } known ? PartNames.Of(known) : "-")}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("export/all.json=coco:bolt 1.png", "1 label file such as 'export/all.json' (COCO), but no pictures of theirs")]
    [InlineData("train/1.png;train/_annotations.csv=filename,width", "1 picture such as 'train/1.png', but no labels of theirs in a form that is read (the table 'train/_annotations.csv' is not; export the labels as Pascal VOC, COCO or YOLO)")]
    [InlineData("data.yaml=train: /data/birds/train\nnames: [a]", "'data.yaml', whose pictures of the training part are in '/data/birds/train', which is not there")]
    [InlineData("obj/1.png;obj/1.txt=yolo:0;obj.data=classes = 1\nnames = obj.names;obj.names=nut", "pictures such as 'obj/1.png', but builds write into 'obj' beside a project, so the folder is passed over; move it, with the lists and descriptions of its data set, into another folder, such as 'data'")]
    public void What_looks_like_a_part_of_a_data_set_is_said(string files, string seen)
    {
        using var folder = new TestFolder();
        new KnownLayout("", files.Split(';'), []).Write(folder);
        var found = ProjectItems.Find(folder.FullPath, [], [], []).Dataset;
        Assert.Empty(found.Pictures);
        Assert.Equal([seen], found.Seen);
    }

    [Fact]
    public void The_page_about_labels_lists_these_layouts()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "labels.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split('|')[1].Trim());
        Assert.Equal(KnownLayout.All.Select(layout => layout.Name), rows);
    }

    /// <summary>As the tasks do: discovery first, then the plan.</summary>
    private static (List<(string Path, string Class)> Dataset, ImmutableArray<Diagnostic> Diagnostics, Dictionary<string, DatasetPart?> Assigned) Plan(TestFolder folder)
    {
        var found = ProjectItems.Find(folder.FullPath, [], [], []);
        if (found.Dataset.Problems.Any(problem => problem.Severity == DiagnosticSeverity.Error))
        {
            return ([], found.Dataset.Problems, []);
        }

        // The searched folders are left to the patterns of the project.
        var searched = DataFiles.List(folder.FullPath, []).Where(file => file.Split('/')[0] is "images" or "JPEGImages" or "annotations" or "Annotations" or "labels" or "ImageSets").ToList();
        found = ProjectItems.Find(
            folder.FullPath,
            [.. searched.Where(file => PictureFile.Is(file))],
            [.. searched.Where(file => Path.GetExtension(file) is ".xml" or ".json" or ".txt" && !file.StartsWith("ImageSets", StringComparison.Ordinal))],
            [.. searched.Where(file => Path.GetDirectoryName(file)!.Replace('\\', '/') is "ImageSets" or "ImageSets/Main")]);
        if (found.Dataset.Problems.Any(problem => problem.Severity == DiagnosticSeverity.Error))
        {
            return ([], found.Dataset.Problems, []);
        }

        // With a seed for each, an image whose part changes is one for the hash; the others have a part of their own.
        var splits = Enumerable.Range(0, 8).Select(seed => Plan(folder, found.Dataset, new(0.5, 0, seed))).ToList();
        if (splits.TrueForAll(plan => plan.Dataset is null))
        {
            // A single image: nothing is left for a part.
            splits = [Plan(folder, found.Dataset, new(0, 0, 0))];
        }

        var images = splits[0].Dataset is null ? [] : DatasetFile.Read(folder["obj/dataset.json"]) is var dataset
            ? dataset.Images.Select(image => (image.Path, dataset.Classes[image.Objects.Single().Label])).ToList() : [];
        return (images, splits[0].Diagnostics, images.ToDictionary(image => image.Path, image => Part(splits, image.Path)));
    }

    private static DatasetPart? Part(List<(Dataset? Dataset, ImmutableArray<Diagnostic> Diagnostics, int Hashed)> splits, string path)
        => splits is [{ Dataset: { } only, Hashed: var hashed }] ? hashed == only.Images.Length ? null : only.Images.Single(image => image.Path == path).Part
            : splits.Select(split => split.Dataset!.Images.Single(image => image.Path == path).Part).Distinct().ToList() is [var same] ? same : null;

    private static (Dataset? Dataset, ImmutableArray<Diagnostic> Diagnostics, int Hashed) Plan(TestFolder folder, FoundDataset found, SplitOptions split)
    {
        var plan = new Planner(new PlanInputs(folder.FullPath, folder["obj"])
        {
            Images = [.. found.Pictures.SelectMany(folder => folder.Files, (folder, path) => new PlanImage(path) { Part = folder.Part })],
            Annotations = [.. found.LabelPaths],
            ImageSets = [.. found.Lists.Select(list => new PlanList(list.Path, list.Part))],
            ClassFile = found.ClassFile,
            Split = split,
        }).Run(TestContext.Current.CancellationToken);
        return (plan.Data is null ? null : DatasetFile.Read(folder["obj/dataset.json"]), plan.Diagnostics, plan.Data?.Hashed ?? 0);
    }
}
