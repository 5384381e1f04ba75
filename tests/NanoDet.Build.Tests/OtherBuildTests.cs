using System.Security.Cryptography;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;

namespace NanoDet.Build.Tests;

/// <summary>
/// What another build of the same project, with other settings, does between two stages of a build. It runs as a target of
/// this build, so that it comes at the moment that the test means.
/// </summary>
public sealed class OtherBuildTests(PackageFeed feed)
{
    [Theory]
    [InlineData("BeforeTargets=\"NanoDetTrain\"")]
    [InlineData("BeforeTargets=\"NanoDetExport\"")]
    [InlineData("BeforeTargets=\"NanoDetEvaluate\"")]
    [InlineData("AfterTargets=\"NanoDetEvaluate\"")]
    public async Task Nothing_that_it_made_is_taken_for_our_own(string moment)
    {
        using var store = new TestFolder("store");
        using var project = BuildProject.OfModel(feed, epochs: 2, Target(moment, """
            <MSBuild Projects="$(MSBuildProjectFullPath)" Targets="NanoDetBuildModel" Properties="Interrupted=false;NanoDetEpochs=1" />
            """), store.FullPath);

        var build = await project.BuildAsync("-p:Interrupted=true");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Equal("NDB9054", Assert.Single(build.Diagnostics.OfType<Error>()).Code);
        Assert.Equal(1, Epochs(project.Json("obj/nanodet/model/manifest.json")));

        // Each is what it is called, in the folder and in the store.
        await ExpectAsync(project, 1);
        await ExpectAsync(project, 2);
        using var clone = BuildProject.OfModel(feed, epochs: 2, store: store.FullPath);
        await ExpectAsync(clone, 1, "-p:NanoDetTrain=ifCached");
        await ExpectAsync(clone, 2, "-p:NanoDetTrain=ifCached");
    }

    [Fact]
    public async Task A_program_gets_the_model_of_its_own_build_and_not_one_that_was_made_meanwhile()
    {
        using var project = BuildProject.OfModel(feed, epochs: 2, Target("AfterTargets=\"NanoDetBuildModel\"", """
            <MSBuild Projects="$(MSBuildProjectFullPath)" Targets="NanoDetBuildModel" Properties="Interrupted=false;NanoDetEpochs=1" />
            """));
        project.Folder.Write("../program/Program.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../model/Model.proj" /></ItemGroup>
            </Project>
            """);

        var (exitCode, output) = await DotNet.RunAsync(project.Folder["../program"], ["build", "-nologo", "-p:NanoDetStore=", "-p:Interrupted=true"]);

        Assert.True(exitCode == 0, output);
        Assert.Equal(1, Epochs(project.Json("obj/nanodet/model/manifest.json")));
        foreach (var bin in new[] { "bin/Debug/netstandard2.0", "../program/bin/Debug/net10.0" })
        {
            Assert.Equal(2, Epochs(project.Json($"{bin}/Model.manifest.json")));
            var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(project.Folder[$"{bin}/Model.onnx"], TestContext.Current.CancellationToken)));
            Assert.Equal(hash, project.Json($"{bin}/Model.manifest.json").GetProperty("files")[0].GetProperty("sha256").GetString());
        }
    }

    [Theory]
    [InlineData("evaluate/evaluation.json")]
    [InlineData("export/model.onnx")]
    public async Task A_result_that_changed_after_its_stage_is_not_described(string file)
    {
        using var project = BuildProject.OfModel(feed, epochs: 1, Target("AfterTargets=\"NanoDetEvaluate\"", $"""<WriteLinesToFile File="obj/nanodet/{file}" Lines="damaged" Overwrite="true" />"""));

        var build = await project.BuildAsync("-p:Interrupted=true");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Equal("NDB9053", Assert.Single(build.Diagnostics.OfType<Error>()).Code);
        Assert.False(File.Exists(project.Folder["bin/Debug/netstandard2.0/Model.onnx"]));
        Assert.Equal(0, (await project.BuildAsync()).ExitCode);
    }

    [Fact]
    public async Task Models_long_past_are_not_kept_for_delivery()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        for (var version = 1; version <= 6; version++)
        {
            Assert.Equal(0, (await project.BuildAsync($"-p:Version={version}.0.0")).ExitCode);
        }

        Assert.Equal(4, Directory.EnumerateDirectories(project.Folder["obj/nanodet/delivered"]).Count());
        Assert.Equal(0, (await project.BuildAsync("-t:Clean")).ExitCode);
        Assert.False(Directory.Exists(project.Folder["obj/nanodet/delivered"]));
    }

    [Fact]
    public async Task A_model_that_was_damaged_in_the_output_folder_is_copied_again()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        await project.ExpectStagesAsync("split convert train export evaluate");
        foreach (var name in new[] { "Model.onnx", "Model.safetensors" })
        {
            var path = project.Folder[$"bin/Debug/netstandard2.0/{name}"];
            var (content, time) = (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), File.GetLastWriteTimeUtc(path));
            await File.WriteAllBytesAsync(path, [.. content[..^1], (byte)(content[^1] ^ 1)], TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(path, time);

            await project.ExpectStagesAsync("");

            Assert.Equal(content, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_folder_that_has_no_training_yet_is_trained_from_scratch()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);

        var build = await project.BuildAsync("-t:NanoDetRebuildFromScratch");

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains("TrainModel", build.Tasks);
    }

    [Fact]
    public async Task What_is_not_exported_yet_is_not_stored()
    {
        using var store = new TestFolder("store");
        using var project = BuildProject.OfModel(feed, epochs: 1, Target("AfterTargets=\"NanoDetTrain\"", "<Error Text=\"the export failed\" />"), store.FullPath);

        Assert.NotEqual(0, (await project.BuildAsync("-p:Interrupted=true")).ExitCode);

        Assert.True(File.Exists(project.Folder["obj/nanodet/train/model.safetensors"]));
        Assert.Empty(Entries(store));
        await project.ExpectStagesAsync("export evaluate");
        Assert.Equal(3, Entries(store).Count());
    }

    private static string Target(string moment, string content)
        => $"<Target Name=\"Interrupt\" {moment} Condition=\"'$(Interrupted)' == 'true'\">{content}</Target>";

    private static IEnumerable<string> Entries(TestFolder store)
        => Directory.Exists(store["ac"]) ? Directory.EnumerateFiles(store["ac"], "*", SearchOption.AllDirectories) : [];

    private static async Task ExpectAsync(BuildProject project, int epochs, params string[] arguments)
    {
        var build = await project.BuildAsync([.. arguments, $"-p:NanoDetEpochs={epochs}"]);
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Equal(epochs, Epochs(project.Json("bin/Debug/netstandard2.0/Model.manifest.json")));
        Assert.Equal(epochs, project.Json("obj/nanodet/train/result.json").GetProperty("epochs").GetInt32());
    }

    private static int Epochs(System.Text.Json.JsonElement manifest)
        => manifest.GetProperty("configuration").GetProperty("schedule").GetProperty("totalEpochs").GetInt32();
}
