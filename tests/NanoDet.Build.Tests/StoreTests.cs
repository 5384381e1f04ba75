using System.Security.Cryptography;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;
using Warning = Microsoft.Build.Logging.StructuredLogger.Warning;

namespace NanoDet.Build.Tests;

/// <summary>What was trained once is not trained again: real builds with a store.</summary>
public sealed class StoreTests(PackageFeed feed)
{
    private const string ModelStages = "train export evaluate";
    // Without the report, which compares a model with the one before it.
    private static readonly string[] Outputs = ["Model.onnx", "Model.safetensors", "Model.manifest.json", "Model.preview.png"];

    [Fact]
    public async Task Labels_that_go_back_a_clean_and_a_fresh_clone_train_nothing()
    {
        using var store = new TestFolder("store");
        using var project = BuildProject.OfModel(feed, epochs: 2, store: store.FullPath);
        await project.ExpectStagesAsync($"split convert {ModelStages}");
        var first = Contents(project);

        // A build with nothing to do does not look at the store, wherever it went.
        Directory.Move(store.FullPath, store["../away"]);
        await project.ExpectStagesAsync("");
        Assert.False(Directory.Exists(store.FullPath));
        Directory.Move(store["../away"], store.FullPath);

        // A label is changed, and changed back.
        var label = await File.ReadAllTextAsync(project.Folder["annotations/img3.xml"], TestContext.Current.CancellationToken);
        project.Folder.Write("annotations/img3.xml", TinyVoc.Xml("img3.png", "nut", left: 9));
        await project.ExpectStagesAsync($"convert {ModelStages}");
        var second = Contents(project);
        Assert.NotEqual(first["Model.onnx"], second["Model.onnx"]);
        project.Folder.Write("annotations/img3.xml", label);
        var back = await RestoresAsync(project, "convert");
        Assert.Contains("NanoDet: train will be restored because the data changed", back.Output, StringComparison.Ordinal);
        Assert.Contains("NanoDet: train: restored from the store", back.Output, StringComparison.Ordinal);
        Assert.Equal(first, Contents(project));
        await project.ExpectStagesAsync("");

        // A file that is lost.
        File.Delete(project.Folder["obj/nanodet/train/model.safetensors"]);
        await RestoresAsync(project, "");
        Assert.Equal(first, Contents(project));

        // Clean takes the folders of the project and not the store.
        Assert.Equal(0, (await project.RunAsync("clean")).ExitCode);
        Assert.Equal([project.Folder["obj/nanodet/.lock"]], Directory.EnumerateFileSystemEntries(project.Folder["obj/nanodet"], "*", SearchOption.AllDirectories));
        await RestoresAsync(project, "split convert");
        Assert.Equal(first, Contents(project));

        // A clone elsewhere, of another user, with a worker that does not exist; it may read and not write.
        using var clone = BuildProject.OfModel(feed, epochs: 2, store: store.FullPath);
        clone.Home = clone.Folder["../home"];
        var entries = Directory.EnumerateFiles(store.FullPath, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        await RestoresAsync(clone, "split convert", "-p:NanoDetTrain=ifCached", "-p:NanoDetStoreReadOnly=true", "-p:NanoDetWorkerPath=none.dll");
        Assert.Equal(first, Contents(clone));
        Assert.Equal(entries, Directory.EnumerateFiles(store.FullPath, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));

        // What nobody has trained yet is not trained here.
        clone.Folder.Write("annotations/img5.xml", TinyVoc.Xml("img5.png", "nut", left: 7));
        var refused = await clone.BuildAsync("-p:NanoDetTrain=ifCached");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(refused.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB4301" });
        Assert.DoesNotContain(ModelStages.Split(' ')[0], BuildProject.Run(refused), StringComparison.Ordinal);
        Assert.Equal(first, Contents(clone));
    }

    [Fact]
    public async Task A_result_under_the_key_of_another_is_found_by_making_it_again_and_is_removed()
    {
        using var store = new TestFolder("store");
        using var project = BuildProject.OfModel(feed, epochs: 1, store: store.FullPath);
        await project.ExpectStagesAsync($"split convert {ModelStages}");
        var entry = Entry();
        Assert.Equal(0, (await project.BuildAsync("-p:NanoDetEpochs=120", "-t:NanoDetPlan")).ExitCode);
        Directory.CreateDirectory(Path.GetDirectoryName(Entry("wanted"))!);
        File.Copy(entry, Entry("wanted"));

        var verified = await project.BuildAsync("-p:NanoDetEpochs=120", "-p:NanoDetVerifyTolerance=0", "-t:NanoDetVerify");

        Assert.NotEqual(0, verified.ExitCode);
        Assert.Contains("NanoDet: train: restored from the store", verified.Output, StringComparison.Ordinal);
        Assert.Equal("NDB5106", Assert.Single(verified.Diagnostics.OfType<Error>()).Code);
        Assert.False(File.Exists(Entry()));
        Assert.True(File.Exists(entry));

        string Entry(string record = "done")
        {
            var key = File.ReadLines(project.Folder[$"obj/nanodet/stages/train.{record}"]).First().Split(' ')[1];
            return store[$"ac/{key[..2]}/{key}"];
        }
    }

    [Fact]
    public async Task A_model_that_was_rebuilt_from_scratch_takes_the_place_of_the_one_before()
    {
        using var store = new TestFolder("store");
        using var project = BuildProject.OfModel(
            feed, epochs: 10, "<PropertyGroup><NanoDetIncrementalTolerance>1</NanoDetIncrementalTolerance></PropertyGroup><ItemGroup><NanoDetImage Update=\"images/img3.png\" Split=\"Train\" /></ItemGroup>",
            store.FullPath);
        await project.ExpectStagesAsync($"split convert {ModelStages}");
        project.Folder.Write("annotations/img3.xml", TinyVoc.Xml("img3.png", "nut", left: 9));
        await project.ExpectStagesAsync($"convert {ModelStages}");
        var warm = Contents(project);
        Assert.Equal(0, (await project.RunAsync("build", "--no-restore", "-t:NanoDetRebuildFromScratch")).ExitCode);
        var scratch = Contents(project);
        Assert.NotEqual(warm["Model.safetensors"], scratch["Model.safetensors"]);

        Assert.Equal(0, (await project.RunAsync("clean")).ExitCode);
        await RestoresAsync(project, "split convert");
        Assert.Equal(scratch, Contents(project));
    }

    [Fact]
    public async Task A_lost_copy_is_made_again_where_nothing_may_be_trained_and_no_store_is_asked()
    {
        using var store = new TestFolder("store");
        using var project = BuildProject.OfModel(
            feed, epochs: 2, "<PropertyGroup><NanoDetAugmentationCopies>1</NanoDetAugmentationCopies></PropertyGroup><ItemGroup><NanoDetAugmentation Include=\"GaussianNoise\" Sigma=\"0..4\" /></ItemGroup>");
        await project.ExpectStagesAsync($"split convert augment {ModelStages}");
        var first = Contents(project);
        File.Delete(Directory.GetFiles(project.Folder["obj/nanodet/augmented"], "*.png", SearchOption.AllDirectories)[0]);

        var repaired = await project.BuildAsync("-p:NanoDetTrain=ifCached", $"-p:NanoDetStore={store.FullPath}");
        Assert.True(repaired.ExitCode == 0, repaired.Output);
        Assert.Equal("augment", BuildProject.Run(repaired));
        Assert.Equal(first, Contents(project));
        Assert.Empty(Directory.EnumerateFileSystemEntries(store.FullPath));
        await project.ExpectStagesAsync("");

        // A build that finds nothing to do has no task that opens a store, however much is in it.
        for (var i = 0; i < 200; i++)
        {
            var key = Convert.ToHexStringLower(SHA256.HashData([(byte)i]));
            store.Write($"ac/{key[..2]}/{key}", "no entry");
        }

        Assert.Equal(["CheckProject", "MakePlan", "DescribeModel", "KeepSplitRecord", "CheckCopiedModel"], (await project.ExpectStagesAsync("", $"-p:NanoDetStore={store.FullPath}")).Tasks);
    }

    [Fact]
    public async Task Clones_share_models_through_nginx_and_a_damaged_server_costs_one_warning()
    {
        Assert.SkipUnless(WebDavServer.IsInstalled, "needs nginx on PATH or in /usr/sbin");
        await using var server = await WebDavServer.StartAsync();
        using var first = BuildProject.OfModel(feed, epochs: 2);
        await first.ExpectStagesAsync($"split convert {ModelStages}", $"-p:NanoDetRemoteStore={server.Address}");
        Assert.Equal(3, server.Files("ac").Count);

        // A second clone has nothing of its own, neither store nor worker.
        using var second = BuildProject.OfModel(feed, epochs: 2);
        var restored = await second.BuildAsync($"-p:NanoDetRemoteStore={server.Address}", "-p:NanoDetTrain=IfCached", "-p:NanoDetWorkerPath=none.dll");
        Assert.True(restored.ExitCode == 0, restored.Output);
        Assert.Equal("split convert", BuildProject.Run(restored));
        Assert.Contains("NanoDet: evaluate: restored from the store", restored.Output, StringComparison.Ordinal);
        Assert.Equal(Contents(first), Contents(second));

        // Every file on the server goes bad. What is not what it says is not taken, and a third clone trains as if alone.
        server.Files("cas").ForEach(file => File.WriteAllText(file, new string('x', (int)new FileInfo(file).Length)));
        using var store = new TestFolder("store");
        using var third = BuildProject.OfModel(feed, epochs: 2, store: store.FullPath);
        var trained = await third.ExpectStagesAsync($"split convert {ModelStages}", $"-p:NanoDetRemoteStore={server.Address}");
        Assert.Equal("NDB4304", Assert.Single(trained.Diagnostics.OfType<Warning>(), warning => warning.Code != "NDB5108").Code);
        Assert.Equal(Contents(first), Contents(third));
        Assert.All(
            Directory.EnumerateFiles(store["cas"], "*", SearchOption.AllDirectories),
            file => Assert.Equal(Path.GetFileName(file), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))));
    }

    /// <summary>Builds, and expects the stages of the model to come from the store and no others than these to run.</summary>
    private static async Task<BuildOutcome> RestoresAsync(BuildProject project, string stages, params string[] arguments)
    {
        var outcome = await project.BuildAsync(arguments);
        Assert.True(outcome.ExitCode == 0, outcome.Output);
        Assert.Equal(ModelStages, project.Planned("restore"));
        Assert.Equal(stages, project.Planned("run"));
        Assert.Equal(stages, BuildProject.Run(outcome));
        return outcome;
    }

    private static Dictionary<string, string> Contents(BuildProject project) => Outputs.ToDictionary(
        name => name, name => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(project.Folder[$"bin/Debug/netstandard2.0/{name}"]))));
}
