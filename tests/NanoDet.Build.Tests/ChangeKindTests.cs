using System.Security.Cryptography;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>What each kind of change makes a build do, and why, as <c>plan.json</c> says it to scripts: real builds of a trained project.</summary>
public sealed class ChangeKindTests(PackageFeed feed)
{
    private const string Model = "train export evaluate";
    private const string Parts = """
        <PropertyGroup><NanoDetIncrementalTolerance>1</NanoDetIncrementalTolerance></PropertyGroup>
        <ItemGroup>
          <NanoDetImage Update="images/*.png" Split="Train" />
          <NanoDetImage Update="images/img8.png" Split="Validation" />
          <NanoDetImage Update="images/img9.png" Split="Test" />
        </ItemGroup>
        """;

    [Fact]
    public async Task Each_kind_of_change_has_its_decision_and_its_reason()
    {
        using var store = new TestFolder("store");
        using var project = BuildProject.OfModel(feed, epochs: 6, Parts, store.FullPath);
        await project.ExpectStagesAsync($"split convert {Model}");
        var first = Digest(project);
        var changes = new ChangeTable(project);

        // Nothing that the model depends on.
        await changes.ExpectAsync("all files touched", Touch, run: "");
        await changes.ExpectAsync("another layout, and labelled on another disk", Reformat, run: "");

        // Names and parts that training does not see.
        await changes.ExpectAsync("a picture renamed", folder => Rename(folder, "img3", "plate"), run: "split convert", because: ["split: images/img3.png was renamed to images/plate.png"]);
        await changes.ExpectAsync("a box of the test part moved", folder => Move(folder, 9), run: "convert evaluate", because: ["evaluate: the labels of images/img9.png changed"]);
        await changes.ExpectAsync(
            "a box of the validation part moved", folder => Move(folder, 8), run: $"convert {Model}", way: "kept: only validation images changed",
            because: ["convert: the labels of images/img8.png changed", "train: the data changed (9 images with 9 objects)"]);

        // What is learnt from.
        await changes.ExpectAsync(
            "a box moved", folder => Move(folder, 3), run: $"convert {Model}", way: "finetune: 1 image was changed (12.5 % of the objects)",
            because: ["convert: the labels of images/img3.png changed", "train: the data changed (9 images with 9 objects)", "export: train runs", "evaluate: export runs"]);
        await changes.ExpectAsync(
            "a picture added", folder => TinyVoc.WritePair(folder, 77, "nut", "new"), run: $"split convert {Model}",
            way: "finetune: 1 image was added (11.1 % of the objects)", because: ["split: images/new.png was added"]);
        await changes.ExpectAsync(
            "a picture removed", folder => Remove(folder, "img2"), run: $"split convert {Model}",
            way: "finetune: 1 image was removed (12.5 % of the objects)", because: ["split: images/img2.png was removed"]);

        // Classes.
        await changes.ExpectAsync(
            "a class added", AddClass, run: $"split convert {Model}", way: "finetune: 1 image was added (11.1 % of the objects); new classes: 'washer'",
            because: ["convert: the list of classes changed from 'bolt, nut' to 'bolt, nut, washer'"]);
        await changes.ExpectAsync(
            "classes reordered", Reorder, run: $"convert {Model}", way: "scratch: the order of the classes changed",
            because: ["convert: the list of classes changed from 'bolt, nut' to 'nut, bolt'"]);
        await changes.ExpectAsync(
            "a class renamed", RenameClass, run: $"split convert {Model}", way: "scratch: the class 'nut' was removed",
            because: ["convert: the list of classes changed from 'bolt, nut' to 'bolt, screw'"]);

        // Settings.
        await changes.ExpectAsync(
            "longer training", _ => { }, ["-p:NanoDetEpochs=8"], run: Model, way: "scratch: schedule.totalEpochs changed from 6 to 8",
            because: ["train: schedule.totalEpochs changed from '6' to '8'"]);
        await changes.ExpectAsync(
            "longer training, and a box of the validation part moved", folder => Move(folder, 8), ["-p:NanoDetEpochs=8"], run: $"convert {Model}",
            way: "scratch: schedule.totalEpochs changed from 6 to 8", because: ["train: schedule.totalEpochs changed from '6' to '8'"]);
        await changes.ExpectAsync(
            "a smaller input at first", _ => { }, ["-p:NanoDetProgressiveResizing=true"], run: Model, way: "scratch: train.progressiveResizing.",
            because: ["train: train.progressiveResizing.epochs is now '4'"]);
        await changes.ExpectAsync(
            "other threads", _ => { }, ["-p:NanoDetThreads=2"], run: Model, way: "scratch: NanoDetThreads changed from 1 to 2", because: ["train: NanoDetThreads changed from '1' to '2'"]);
        await changes.ExpectAsync(
            "pinned instructions", _ => { }, ["-p:NanoDetInstructions=Avx2"], run: Model, way: "scratch: NanoDetInstructions is now avx2",
            because: ["train: NanoDetInstructions is now 'avx2'"]);
        await changes.ExpectAsync(
            "another precision", _ => { }, ["-p:NanoDetTrainingPrecision=BFloat16"], run: Model, way: "scratch: NanoDetTrainingPrecision is now bfloat16",
            because: ["train: NanoDetTrainingPrecision is now 'bfloat16'"]);
        await changes.ExpectAsync(
            "weights to start from", UseWeights, ["-p:NanoDetPretrained=start.safetensors"], run: Model, way: "scratch: the content of the pretrained weights is now ",
            because: ["train: the content of the pretrained weights is now '"]);
        await changes.ExpectAsync(
            "weights for the backbone", UseWeights, ["-p:NanoDetBackboneWeights=start.safetensors"], run: Model, way: "scratch: the content of the backbone's weights is now ",
            because: ["train: the content of the backbone's weights is now '"]);
        await changes.ExpectAsync("another version of the project", _ => { }, ["-p:Version=1.2.0"], run: "export evaluate", because: ["export: Version changed from '1.0.0' to '1.2.0'"]);

        // All that was taken back again, and nothing was run: the model is still that of the project.
        await project.ExpectStagesAsync("");
        Assert.Equal(first, Digest(project));

        // A correction that is built, and taken back: what the store has is not made again.
        var label = project.Folder["annotations/img3.xml"];
        var before = await File.ReadAllTextAsync(label, TestContext.Current.CancellationToken);
        Move(project.Folder, 3);
        await project.ExpectStagesAsync($"convert {Model}");
        Assert.NotEqual(first, Digest(project));
        await File.WriteAllTextAsync(label, before, TestContext.Current.CancellationToken);
        var back = await project.BuildAsync();
        Assert.True(back.ExitCode == 0, back.Output);
        Assert.Equal(("convert", Model), (project.Planned("run"), project.Planned("restore")));
        Assert.Equal(first, Digest(project));
        await project.ExpectStagesAsync("");
    }

    private static void Touch(TestFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder.FullPath, "img*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(-30));
        }
    }

    private static void Reformat(TestFolder folder)
    {
        folder.Write("annotations/img3.xml", TinyVoc.Xml("img3.png", "nut", path: "/home/other/img3.png").Replace("\n", "\r\n  ", StringComparison.Ordinal));
    }

    private static void Move(TestFolder folder, int number)
        => folder.Write($"annotations/img{number}.xml", TinyVoc.Xml($"img{number}.png", number % 2 == 0 ? "bolt" : "nut", left: 9));

    private static void Rename(TestFolder folder, string from, string to)
    {
        File.Move(folder[$"images/{from}.png"], folder[$"images/{to}.png"]);
        File.Move(folder[$"annotations/{from}.xml"], folder[$"annotations/{to}.xml"]);
    }

    private static void Remove(TestFolder folder, string name)
    {
        File.Delete(folder[$"images/{name}.png"]);
        File.Delete(folder[$"annotations/{name}.xml"]);
    }

    private static void AddClass(TestFolder folder)
    {
        TinyVoc.WritePair(folder, 77, "washer", "new");
        folder.Write("tiny.yml", TinyConfiguration.Yml(6, "bolt", "nut", "washer"));
    }

    private static void Reorder(TestFolder folder)
    {
        folder.Write("classes.txt", "nut\nbolt\n");
        folder.Write("tiny.yml", TinyConfiguration.Yml(6, "nut", "bolt"));
    }

    private static void RenameClass(TestFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder["annotations"]))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace("<name>nut</name>", "<name>screw</name>", StringComparison.Ordinal));
        }

        folder.Write("tiny.yml", TinyConfiguration.Yml(6, "bolt", "screw"));
    }

    private static void UseWeights(TestFolder folder) => File.Copy(folder["bin/Debug/netstandard2.0/Model.safetensors"], folder["start.safetensors"]);

    private static string Digest(BuildProject project)
        => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(project.Folder["bin/Debug/netstandard2.0/Model.onnx"])));
}
