using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>What changed decides what runs: seen in the plan and in the binary log of real builds.</summary>
public sealed class IncrementalTests(PackageFeed feed)
{
    [Fact]
    public async Task Exactly_the_stages_run_whose_inputs_changed_in_meaning()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 12);
        await project.ExpectStagesAsync("split convert");
        await project.ExpectStagesAsync("");

        // Touched: a new time stamp, the same content.
        foreach (var file in Directory.EnumerateFiles(project.Folder.FullPath, "img*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(-30));
        }

        await project.ExpectStagesAsync("");

        await project.SettleAsync();

        // Reformatted, and labelled on another disk.
        var xml = project.Folder["annotations/img3.xml"];
        var original = await File.ReadAllTextAsync(xml, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(xml, original.Replace("\n", "\r\n  ", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var reformatted = await project.ExpectStagesAsync("");
        Assert.Contains("images: 12, label files: 12; files hashed: 1, label files parsed: 1, image headers read: 0", reformatted.Messages);
        await File.WriteAllTextAsync(xml, TinyVoc.Xml("img3.png", "nut", path: "/home/other/img3.png"), TestContext.Current.CancellationToken);
        await project.ExpectStagesAsync("");
        var request = File.ReadAllBytes(project.Folder["obj/nanodet/request.json"]);
        var coco = File.ReadAllBytes(project.Folder["obj/nanodet/train.coco.json"]);

        // A box.
        await File.WriteAllTextAsync(xml, TinyVoc.Xml("img3.png", "nut", left: 9), TestContext.Current.CancellationToken);
        var box = await project.ExpectStagesAsync("convert");
        Assert.Contains("NanoDet: convert will run because the labels of images/img3.png changed", box.Output, StringComparison.Ordinal);
        Assert.NotEqual(request, File.ReadAllBytes(project.Folder["obj/nanodet/request.json"]));

        // And back: the same request as before, so that a store would restore its model.
        await File.WriteAllTextAsync(xml, original, TestContext.Current.CancellationToken);
        await project.ExpectStagesAsync("convert");
        Assert.Equal(request, File.ReadAllBytes(project.Folder["obj/nanodet/request.json"]));
        Assert.Equal(coco, File.ReadAllBytes(project.Folder["obj/nanodet/train.coco.json"]));

        // Added, renamed, deleted.
        TinyVoc.WritePair(project.Folder, 99, "bolt", "new");
        Assert.Contains("images/new.png was added", (await project.ExpectStagesAsync("split convert")).Output, StringComparison.Ordinal);
        request = File.ReadAllBytes(project.Folder["obj/nanodet/request.json"]);
        File.Move(project.Folder["images/new.png"], project.Folder["images/newer.png"]);
        File.Move(project.Folder["annotations/new.xml"], project.Folder["annotations/newer.xml"]);
        Assert.Contains("images/new.png was renamed to images/newer.png", (await project.ExpectStagesAsync("split convert")).Output, StringComparison.Ordinal);
        Assert.Equal(request, File.ReadAllBytes(project.Folder["obj/nanodet/request.json"]));
        File.Delete(project.Folder["images/newer.png"]);
        File.Delete(project.Folder["annotations/newer.xml"]);
        Assert.Contains("images/newer.png was removed", (await project.ExpectStagesAsync("split convert")).Output, StringComparison.Ordinal);

        // An output that is gone, and one that was edited.
        File.Delete(project.Folder["obj/nanodet/train.coco.json"]);
        Assert.Contains("train.coco.json is missing", (await project.ExpectStagesAsync("convert")).Output, StringComparison.Ordinal);
        await File.AppendAllTextAsync(project.Folder["obj/nanodet/split.json"], " ", TestContext.Current.CancellationToken);
        Assert.Contains("split.json was changed", (await project.ExpectStagesAsync("split")).Output, StringComparison.Ordinal);
        await project.ExpectStagesAsync("");
    }

    [Fact]
    public async Task A_property_and_the_tool_itself_are_inputs_too()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 30);
        await project.ExpectStagesAsync("split convert");
        var seed = await project.ExpectStagesAsync("split convert", "-p:NanoDetSeed=5");
        Assert.Contains("split will run because NanoDetSeed changed from '0' to '5'", seed.Output, StringComparison.Ordinal);
        await project.ExpectStagesAsync("", "-p:NanoDetSeed=5");
        await project.ExpectStagesAsync("split convert");
        await project.ExpectStagesAsync("", "-p:NanoDetRareClassMinimum=3");

        await feed.PackLaterAsync();
        project.Folder.Write("Model.proj", BuildProject.SdkProject(version: "1.0.1"));
        var tool = await project.RunAsync("build");
        Assert.True(tool.ExitCode == 0, tool.Output);
        Assert.Contains("split will run because the version of NanoDet.Build changed", tool.Output, StringComparison.Ordinal);
        Assert.Equal(["CheckProject", "MakePlan", "SplitDataset", "KeepSplitRecord", "ConvertDataset"], tool.Tasks);
    }

    [Fact]
    public async Task A_plan_alone_says_what_would_run_and_runs_nothing()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 6);
        var plan = await project.BuildAsync("-t:NanoDetPlan");
        Assert.Equal(["CheckProject", "MakePlan"], plan.Tasks);
        Assert.Contains("NanoDet: split will run because it has not run yet", plan.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(project.Folder["obj/nanodet/split.json"]));
        await project.ExpectStagesAsync("split convert");
    }
}
