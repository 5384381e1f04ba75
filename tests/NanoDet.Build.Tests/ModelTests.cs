using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;
using Warning = Microsoft.Build.Logging.StructuredLogger.Warning;

namespace NanoDet.Build.Tests;

/// <summary>From labelled pictures to a model in the output folder, by real builds with a tiny network.</summary>
public sealed class ModelTests(PackageFeed feed)
{
    [Fact]
    public async Task The_manifest_names_the_precision_of_the_training()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1, "<PropertyGroup><NanoDetTrainingPrecision>bfloat16</NanoDetTrainingPrecision></PropertyGroup>");
        await project.ExpectStagesAsync("split convert train export evaluate");

        var manifest = project.Json("bin/Debug/netstandard2.0/Model.manifest.json");
        Assert.Equal("bfloat16", manifest.GetProperty("reproducibility").GetProperty("arithmetic").GetProperty("precision").GetString());

        // Single precision is another training, however it is said.
        await project.ExpectStagesAsync("");
        var single = await project.ExpectStagesAsync("train export evaluate", "-p:NanoDetTrainingPrecision=Single");
        Assert.Contains("train will run because NanoDetTrainingPrecision is no longer set", single.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_makes_a_model_and_the_next_one_only_what_changed()
    {
        // Where there are such instructions, what they make is exported and judged as any other.
        var instructions = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "Avx2" : null;
        using var project = BuildProject.OfModel(feed, epochs: 2, $"<PropertyGroup><NanoDetInstructions>{instructions}</NanoDetInstructions></PropertyGroup>");
        var first = await project.ExpectStagesAsync("split convert train export evaluate");
        Assert.Single(first.Output.Split('\n'), line => line.Contains("epoch 2/2", StringComparison.Ordinal));
        Assert.Single(first.Output.Split('\n'), line => line.Contains("'dotnet nanodet watch'", StringComparison.Ordinal));
        Assert.Contains("mAP50", first.Output, StringComparison.Ordinal);
        Assert.Contains("NanoDet: 10 images (", Assert.Single(first.Output.Split('\n'), line => line.Contains(" for training, ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(" for testing), 10 objects of 2 classes", first.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(project.Folder["bin/Debug/netstandard2.0/Model.preview.png"]));

        var manifest = project.Json("bin/Debug/netstandard2.0/Model.manifest.json");
        foreach (var file in manifest.GetProperty("files").EnumerateArray())
        {
            var content = await File.ReadAllBytesAsync(project.Folder[$"bin/Debug/netstandard2.0/{file.GetProperty("name").GetString()}"], TestContext.Current.CancellationToken);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), file.GetProperty("sha256").GetString());
        }

        var digest = manifest.GetProperty("files")[0].GetProperty("sha256").GetString()!;
        Assert.Equal($"1.0.0+sha.{digest[..12]}", manifest.GetProperty("version").GetString());
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"Model.onnx (1.0.0+sha.{digest[..12]}, mAP {Figure("map"):F3}, mAP50 {Figure("map50"):F3}, score threshold {manifest.GetProperty("model").GetProperty("scoreThreshold").GetDouble()}; beside it: Model.manifest.json, Model.preview.png, Model.report.html)");
        Assert.Contains($"Model -> {project.Folder["bin/Debug/netstandard2.0/"]}{summary}", first.Output, StringComparison.Ordinal);
        double Figure(string name) => manifest.GetProperty("evaluation").GetProperty("validation").GetProperty(name).GetDouble();
        Assert.Equal(["bolt", "nut"], manifest.GetProperty("model").GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("bit-exact", manifest.GetProperty("reproducibility").GetProperty("tier").GetString());
        Assert.Equal(instructions?.ToLowerInvariant(), manifest.GetProperty("reproducibility").GetProperty("instructions").GetString());
        var arithmetic = manifest.GetProperty("reproducibility").GetProperty("arithmetic");
        Assert.Equal(instructions?.ToLowerInvariant() ?? "native", arithmetic.GetProperty("instructions").GetString());
        Assert.InRange(arithmetic.GetProperty("provedOperations").GetInt32(), 60, 200);
        Assert.Equal("single", arithmetic.GetProperty("precision").GetString());
        if (instructions is not null)
        {
            // What trains is what exports.
            Assert.Equal("avx2", project.Json("obj/nanodet/stages/export.request.json").GetProperty("instructions").GetString());
        }

        Assert.DoesNotContain(Path.GetDirectoryName(project.Folder.FullPath)!, manifest.ToString(), StringComparison.Ordinal);

        var written = File.GetLastWriteTimeUtc(project.Folder["bin/Debug/netstandard2.0/Model.onnx"]);
        for (var i = 0; i < 2; i++)
        {
            var again = await project.ExpectStagesAsync("");
            Assert.DoesNotContain("epoch 1/", again.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("watch", again.Output, StringComparison.Ordinal);
            Assert.Equal(written, File.GetLastWriteTimeUtc(project.Folder["bin/Debug/netstandard2.0/Model.onnx"]));
        }

        // The terminal logger shows nothing of the stages, but this line.
        Assert.Contains(summary, (await project.BuildAsync("-tl:on")).Output, StringComparison.Ordinal);

        // Another version is another file of the same network; it is not trained again.
        var version = await project.ExpectStagesAsync("export evaluate", "-p:Version=1.1.0");
        Assert.Contains("export will run because Version changed from '1.0.0' to '1.1.0'", version.Output, StringComparison.Ordinal);
        Assert.StartsWith("1.1.0+sha.", project.Json("bin/Debug/netstandard2.0/Model.manifest.json").GetProperty("version").GetString(), StringComparison.Ordinal);

        // A file that is lost: it is made again, and with it what was made of it.
        File.Delete(project.Folder["obj/nanodet/train/model.safetensors"]);
        Assert.Contains("export will run because train runs", (await project.ExpectStagesAsync("train export evaluate", "-p:Version=1.1.0")).Output, StringComparison.Ordinal);

        // A label, and a bar that the new model does not reach: what is in the output folder stays.
        project.Folder.Write("annotations/img3.xml", TinyVoc.Xml("img3.png", "nut", left: 9));
        var old = await File.ReadAllBytesAsync(project.Folder["bin/Debug/netstandard2.0/Model.onnx"], TestContext.Current.CancellationToken);
        var gated = await project.BuildAsync("-p:Version=1.1.0", "-p:NanoDetMinimumMap50=1");
        Assert.NotEqual(0, gated.ExitCode);
        Assert.Contains("train will run because the data changed", gated.Output, StringComparison.Ordinal);
        Assert.Contains(gated.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB5101" });
        var baseline = await project.BuildAsync("-p:Version=1.1.0", "-p:NanoDetBaseline=missing.json");
        Assert.Contains(baseline.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB5105" });
        Assert.Equal(old, await File.ReadAllBytesAsync(project.Folder["bin/Debug/netstandard2.0/Model.onnx"], TestContext.Current.CancellationToken));
        project.Folder.Write("obj/nanodet/model/manifest.json", "{");
        await project.ExpectStagesAsync("", "-p:Version=1.1.0");
        Assert.NotEqual(old, await File.ReadAllBytesAsync(project.Folder["bin/Debug/netstandard2.0/Model.onnx"], TestContext.Current.CancellationToken));

        // Compared with a model of other classes: a warning, until the major version says that it may break programs.
        var built = await File.ReadAllTextAsync(project.Folder["bin/Debug/netstandard2.0/Model.manifest.json"], TestContext.Current.CancellationToken);
        var other = System.Text.Json.Nodes.JsonNode.Parse(built)!;
        other["model"]!["classes"]!.AsArray().Add("washer");
        project.Folder.Write("nanodet.baseline.json", other.ToJsonString());
        var renamed = await project.ExpectStagesAsync("", "-p:Version=1.1.0");
        var warning = Assert.Single(renamed.Diagnostics.OfType<Warning>(), warning => warning.Code == "NDB5104");
        Assert.StartsWith("The classes were bolt, nut, washer and are now bolt, nut: programs that use the model may break", warning.Text, StringComparison.Ordinal);
        other["version"] = "0.9.0+sha.000000000000";
        project.Folder.Write("nanodet.baseline.json", other.ToJsonString());
        Assert.DoesNotContain((await project.ExpectStagesAsync("", "-p:Version=1.1.0")).Diagnostics, diagnostic => diagnostic.Code == "NDB5104");
        File.Delete(project.Folder["nanodet.baseline.json"]);

        Assert.Equal(0, (await project.RunAsync("clean")).ExitCode);
        Assert.Empty(Directory.EnumerateFiles(project.Folder["bin"], "*", SearchOption.AllDirectories));
        Assert.Equal([project.Folder["obj/nanodet/.lock"]], Directory.EnumerateFileSystemEntries(project.Folder["obj/nanodet"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Builds_at_the_same_time_train_once()
    {
        using var project = BuildProject.OfModel(feed, epochs: 4);
        Assert.Equal(0, (await project.RunAsync("restore")).ExitCode);
        var builds = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => project.RunAsync("build", "--no-restore", "-t:NanoDetBuildModel")));
        Assert.All(builds, build => Assert.True(build.ExitCode == 0, build.Output));
        Assert.Single(builds.SelectMany(build => build.Messages), message => message == "train is done");
    }
}
