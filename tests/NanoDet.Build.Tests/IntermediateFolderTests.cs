using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Pipeline.Folders;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;

namespace NanoDet.Build.Tests;

/// <summary>The folder that a build writes into is its own, and what is the user's stays the user's.</summary>
public sealed class IntermediateFolderTests(PackageFeed feed)
{
    [Fact]
    public async Task A_folder_with_files_of_the_user_is_refused_and_neither_build_nor_clean_touches_them()
    {
        using var project = BuildProject.OfLibrary(feed);
        TinyVoc.Write(project.Folder, 4);
        string[] files = ["data/train/model.safetensors", "data/model/model.onnx", "data/plan.json"];
        Array.ForEach(files, file => project.Folder.Write(file, "the user's"));
        foreach (var path in new[] { "data/", "data", "./", "" })
        {
            var refused = await project.BuildAsync($"-p:NanoDetIntermediatePath={path}");
            Assert.NotEqual(0, refused.ExitCode);
            var error = Assert.Single(refused.Diagnostics.OfType<Error>());
            Assert.Equal(("NDB3070", project.Folder["Library.csproj"]), (error.Code, error.File));
            Assert.Contains("NanoDetIntermediatePath", error.Text, StringComparison.Ordinal);
        }

        var clean = await project.RunAsync("clean", "-p:NanoDetIntermediatePath=data/");
        Assert.True(clean.ExitCode == 0, clean.Output);
        Assert.All(files, file => Assert.Equal("the user's", File.ReadAllText(project.Folder[file])));
        Assert.Equal(files.Length, Directory.EnumerateFiles(project.Folder["data"], "*", SearchOption.AllDirectories).Count());

        // A class that the build generates there is not found a second time by the project's own pattern.
        project.Folder.Write("own/model/ModelInfo.g.cs", "class Twice;");
        var sources = await project.RunAsync("msbuild", "-getItem:Compile", "-p:NanoDetIntermediatePath=own");
        Assert.Contains("Class.cs", sources.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ModelInfo.g.cs", sources.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_named_without_a_slash_serves_and_what_the_user_puts_there_outlives_clean_and_restore()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1, store: "../store");
        const string Named = "-p:NanoDetIntermediatePath=made/here";
        var first = await project.BuildAsync(Named);
        Assert.True(first.ExitCode == 0, first.Output);
        Assert.Equal("split convert train export evaluate", BuildProject.Run(first));
        Assert.Equal(["made"], Directory.EnumerateDirectories(project.Folder.FullPath, "made*").Select(Path.GetFileName));
        var model = await File.ReadAllBytesAsync(project.Folder["bin/Debug/netstandard2.0/Model.onnx"], TestContext.Current.CancellationToken);

        string[] notes = ["made/here/notes.txt", "made/here/train/notes.txt", "made/here/model/older/model.onnx", "made/here/stages/notes.txt"];
        Array.ForEach(notes, file => project.Folder.Write(file, "the user's"));
        var clean = await project.RunAsync("clean", Named);
        Assert.True(clean.ExitCode == 0, clean.Output);
        Assert.Equal(["made/here/.lock", .. notes.Order(StringComparer.Ordinal)], Files());

        var restored = await project.BuildAsync(Named);
        Assert.True(restored.ExitCode == 0, restored.Output);
        Assert.Equal("split convert", BuildProject.Run(restored));
        Assert.All(notes, file => Assert.Equal("the user's", File.ReadAllText(project.Folder[file])));
        Assert.Equal(model, await File.ReadAllBytesAsync(project.Folder["bin/Debug/netstandard2.0/Model.onnx"], TestContext.Current.CancellationToken));

        IEnumerable<string> Files() => Directory.EnumerateFiles(project.Folder["made"], "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(project.Folder.FullPath, file).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("obj/nanodet")] // A build has the folder: it plans, trains, exports or evaluates.
    [InlineData("obj/nanodet/train")] // Its MSBuild was killed, and the worker writes its last checkpoint.
    public async Task Clean_beside_a_build_that_trains_is_refused_and_takes_nothing(string locked)
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 4);
        await project.ExpectStagesAsync("split convert");
        var checkpoint = project.Folder.Write("obj/nanodet/train/checkpoint.safetensors", "hours of training");
        var kept = Directory.GetFiles(project.Folder["obj"], "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith(".lock", StringComparison.Ordinal));
        using (FolderLock.Take(project.Folder[locked], TimeSpan.Zero, TestContext.Current.CancellationToken))
        {
            var refused = await project.RunAsync("clean");
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains(refused.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB9050" });
            Assert.Single(refused.Output.Split('\n'), line => line.Contains("NanoDet: waiting for another build", StringComparison.Ordinal) && line.Contains($"(process {Environment.ProcessId}, since ", StringComparison.Ordinal));
            Assert.All(kept, file => Assert.True(File.Exists(file), file));
        }

        Assert.Equal(0, (await project.RunAsync("clean")).ExitCode);
        Assert.False(File.Exists(checkpoint));
    }
}
