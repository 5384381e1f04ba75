using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Data.Datasets;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>Augmented copies are a stage of real builds: made once, again only where something changed, and gone with Clean.</summary>
public sealed class AugmentationTests(PackageFeed feed)
{
    private const string Recipe = """
        <PropertyGroup><NanoDetAugmentationPreset>imgaug-classic</NanoDetAugmentationPreset></PropertyGroup>
        <ItemGroup><NanoDetAugmentation Include="GaussianNoise" Sigma="0..4" Probability="0.5" /></ItemGroup>
        """;

    [Fact]
    public async Task Copies_follow_the_pictures_that_are_learnt_from()
    {
        using var project = BuildProject.OfSdk(feed, Recipe);
        TinyVoc.Write(project.Folder, 12);
        await project.ExpectStagesAsync("split convert augment");
        var before = Copies(project);
        var plain = DatasetFile.Read(project.Folder["obj/nanodet/dataset.json"]);
        var augmented = DatasetFile.Read(project.Folder["obj/nanodet/augmented/dataset.json"]);
        var train = plain.Of(DatasetPart.Train).Select(image => image.Path).ToList();
        Assert.Equal(train.Count * 10, before.Count);
        Assert.Equal(train.Count * 6, augmented.Of(DatasetPart.Train).Count());
        Assert.Equal(plain.Of(DatasetPart.Validation).Select(image => image.Path), augmented.Of(DatasetPart.Validation).Select(image => image.Path));
        await project.ExpectStagesAsync("");

        // A copy and a label file that somebody deleted: they come back, and no other is touched.
        string[] lost = [before.First(file => file.Key.EndsWith(".png", StringComparison.Ordinal)).Key, before.Last(file => file.Key.EndsWith(".xml", StringComparison.Ordinal)).Key];
        foreach (var file in lost)
        {
            File.Delete(project.Folder[$"obj/nanodet/augmented/{file}"]);
        }

        Assert.Contains("augment will run because augmented/ was changed after the build wrote it", (await project.ExpectStagesAsync("augment")).Output, StringComparison.Ordinal);
        var repaired = Copies(project);
        Assert.Equal(before.Keys, repaired.Keys);
        Assert.All(repaired.Where(file => file.Value != before[file.Key]), file => Assert.Contains(lost, name => name[..^10] == file.Key[..^10]));
        await project.ExpectStagesAsync("");
        before = repaired;

        // A box of one picture.
        var changed = Path.GetFileNameWithoutExtension(train[2]);
        var label = project.Folder[$"annotations/{changed}.xml"];
        await File.WriteAllTextAsync(label, (await File.ReadAllTextAsync(label, TestContext.Current.CancellationToken)).Replace("<xmin>4<", "<xmin>9<", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var outcome = await project.ExpectStagesAsync("convert augment");
        Assert.Contains($"the labels of {train[2]} changed", outcome.Output, StringComparison.Ordinal);
        var after = Copies(project);
        Assert.Equal(before.Keys, after.Keys);
        Assert.All(after.Where(file => file.Value != before[file.Key]), file => Assert.StartsWith($"images/{changed}_", file.Key, StringComparison.Ordinal));
        Assert.Equal(10, after.Count(file => file.Value != before[file.Key]));

        // A picture that goes takes its copies with it.
        File.Delete(project.Folder[train[0]]);
        File.Delete(project.Folder[$"annotations/{Path.GetFileNameWithoutExtension(train[0])}.xml"]);
        await project.ExpectStagesAsync("split convert augment");
        Assert.Equal(after.Where(file => !file.Key.StartsWith($"images/{Path.GetFileNameWithoutExtension(train[0])}_", StringComparison.Ordinal)), Copies(project));

        // The page shows them all.
        var preview = await project.BuildAsync("-t:NanoDetPreview");
        Assert.True(preview.ExitCode == 0, preview.Output);
        var page = await File.ReadAllTextAsync(project.Folder["obj/nanodet/preview/index.html"], TestContext.Current.CancellationToken);
        Assert.Contains($"\"pictures\":{11 + ((train.Count - 1) * 5)},", page, StringComparison.Ordinal);
        Assert.Contains("\"augmented\"", page, StringComparison.Ordinal);
        Assert.True(File.Exists(project.Folder["obj/nanodet/preview/augmented.png"]));

        // Another number of copies, none, and nothing of a build at the end.
        var fewer = await project.BuildAsync("-p:NanoDetAugmentationCopies=2");
        Assert.Contains("augment will run because the augmentation changed from", fewer.Output, StringComparison.Ordinal);
        Assert.Equal((train.Count - 1) * 4, Copies(project).Count);
        await project.ExpectStagesAsync("", "-p:NanoDetAugmentationCopies=0");
        await project.RunAsync("clean");
        Assert.Equal([project.Folder["obj/nanodet/.lock"]], Directory.EnumerateFileSystemEntries(project.Folder["obj/nanodet"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_wrong_recipe_is_told_before_anything_runs()
    {
        using var project = BuildProject.OfSdk(feed, """<ItemGroup><NanoDetAugmentation Include="GaussianBlur" Sigam="0..3" /></ItemGroup>""");
        TinyVoc.Write(project.Folder, 4);
        var outcome = await project.BuildAsync();
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("error NDB2109: The augmentation step 'GaussianBlur' has no setting 'Sigam'; did you mean 'Sigma'?", outcome.Output, StringComparison.Ordinal);
    }

    private static SortedDictionary<string, DateTime> Copies(BuildProject project)
    {
        var folder = project.Folder["obj/nanodet/augmented"];
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*_0*", SearchOption.AllDirectories) : [];
        return new(files.ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.GetLastWriteTimeUtc), StringComparer.Ordinal);
    }
}
