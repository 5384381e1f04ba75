using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>Data that a project does not name, found by a real build.</summary>
public sealed class DiscoveryTests(PackageFeed feed)
{
    [Fact]
    public async Task A_layout_in_other_folders_is_found_and_watched()
    {
        using var project = Write("Roboflow's YOLO", "");
        await project.ExpectStagesAsync("split convert");
        var split = project.Json("obj/nanodet/split.json");
        Assert.All(
            new[] { ("train", "train/images/1.png"), ("val", "valid/images/1.png"), ("test", "test/images/1.png") },
            expected => Assert.Equal([expected.Item2], split.GetProperty(expected.Item1).EnumerateArray().Select(path => path.GetString())));
        Assert.Equal(["nut", "bolt"], project.Json("obj/nanodet/dataset.json").GetProperty("classes").EnumerateArray().Select(name => name.GetString()));

        var upToDate = await project.RunAsync("msbuild", "-t:_NanoDetTellUpToDateCheck", "-getItem:UpToDateCheckInput");
        Assert.All(new[] { "train/images/1.png", "valid/labels/1.txt", "data.yaml" }, file => Assert.Contains($"\"{file}\"", upToDate.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_forms_are_an_error_and_a_project_can_leave_one_out()
    {
        using var both = Write("Two forms", "");
        var refused = await both.RunAsync("build");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("error NDB1060: ", refused.Output, StringComparison.Ordinal);

        using var one = Write("Two forms", "<ItemGroup><NanoDetAnnotation Remove=\"images/**/*.txt\" /></ItemGroup><PropertyGroup><NanoDetValidationSplit>0</NanoDetValidationSplit></PropertyGroup>");
        await one.ExpectStagesAsync("split convert");
        Assert.Equal(["bolt"], one.Json("obj/nanodet/dataset.json").GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task A_preview_that_errors_in_labels_prevent_says_what_shows_them()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 4);
        project.Folder.Write("classes.txt", "screw\n");
        var refused = await project.RunAsync("build", "-t:NanoDetPreview");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("error NDB1040: ", refused.Output, StringComparison.Ordinal);
        Assert.Contains("'nanodet view . --out labels.html' shows the images, their boxes and their problems", refused.Output, StringComparison.Ordinal);
    }

    private BuildProject Write(string layout, string body)
    {
        var project = BuildProject.OfSdk(feed, body);
        var content = File.ReadAllText(project.Folder["Model.proj"]);
        KnownLayout.All.Single(known => known.Name == layout).Write(project.Folder);
        project.Folder.Write("Model.proj", content);
        return project;
    }
}
