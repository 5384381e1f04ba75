using System.IO.Compression;
using NanoDet.Build.Tests.Infrastructure;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;

namespace NanoDet.Build.Tests;

/// <summary>The way of a model from the build to those who use it.</summary>
public sealed class DeliveryTests(PackageFeed feed)
{
    private static readonly string[] ModelFiles = ["Library.manifest.json", "Library.onnx", "Library.preview.png", "Library.report.html", "Library.safetensors"];

    // A public target, and a file that is not there before it and is there after it.
    private static readonly (string Target, string File)[] Hooks =
    [
        ("NanoDetBuildModel", "plan.json"),
        ("NanoDetPlan", "plan.json"),
        ("NanoDetSplit", "split.json"),
        ("NanoDetConvert", "train.coco.json"),
        ("NanoDetAugment", "augmented/dataset.json"),
        ("NanoDetTrain", "train/model.safetensors"),
        ("NanoDetExport", "export/model.onnx"),
        ("NanoDetEvaluate", "evaluate/evaluation.json"),
    ];

    [Fact]
    public async Task Hooks_run_where_they_say_and_a_model_stays_with_an_application_that_does_not_train()
    {
        using var project = BuildProject.OfModelLibrary(feed, epochs: 1, BuildProject.OneFramework, $"""
            <PropertyGroup><NanoDetAugmentationCopies>1</NanoDetAugmentationCopies></PropertyGroup>
            <ItemGroup><NanoDetAugmentation Include="FlipHorizontal" /></ItemGroup>
            {string.Concat(Hooks.Select(hook => Hook("Before", hook.Target, hook.File) + Hook("After", hook.Target, hook.File)))}
            <Target Name="NamedFiles" AfterTargets="NanoDetBuildModel">
              <ItemGroup><Named Include="@(NanoDetModel);@(NanoDetModel->'%(Manifest)');@(NanoDetModel->'%(Weights)');@(NanoDetModel->'%(Preview)')" /></ItemGroup>
              <Message Text="a model's file is there: %(Named.Identity)" Condition="Exists('%(Named.Identity)')" />
            </Target>
            """);
        var first = await project.ExpectStagesAsync("split convert augment train export evaluate", "-p:NanoDetStore=False");
        Assert.False(Directory.Exists(project.Folder["False"]));
        Assert.Equal(
            Hooks.SelectMany(hook => new[] { $"Before {hook.Target}: False", $"After {hook.Target}: True" }).Order(StringComparer.Ordinal),
            first.Messages.Where(message => message.StartsWith("Before NanoDet", StringComparison.Ordinal) || message.StartsWith("After NanoDet", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(4, first.Messages.Count(message => message.StartsWith("a model's file is there: ", StringComparison.Ordinal)));

        // Neither takes the model away, nor the class that the code is compiled with.
        Assert.Equal(ModelFiles, Delivered());
        foreach (var quiet in new[] { "-p:NanoDetTrain=Never", "-p:NanoDetEnabled=false" })
        {
            var build = await project.BuildAsync(quiet);
            Assert.True(build.ExitCode == 0, build.Output);
            Assert.Equal(ModelFiles, Delivered());
            Assert.True(File.Exists(project.Folder["obj/nanodet/plan.json"]));
        }

        // A package has one version, and a model of another is not packed under it.
        var refused = await project.BuildAsync("-p:Version=2.0.0", "-p:NanoDetMinimumMap50=1", "-p:NanoDetStore=");
        Assert.Contains(refused.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB5101" });
        string[] pack = ["--no-build", "-c", "Debug", "-o", project.Folder["../packed"]];
        var other = await project.RunAsync("pack", [.. pack, "-p:Version=2.0.0"]);
        Assert.NotEqual(0, other.ExitCode);
        var error = Assert.Single(other.Diagnostics.OfType<Error>());
        Assert.Equal("NDB5110", error.Code);
        Assert.Contains("1.0.0+sha.", error.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(project.Folder["../packed/Library.2.0.0.nupkg"]));
        var same = await project.RunAsync("pack", [.. pack, "-p:NanoDetEnabled=false"]);
        Assert.True(same.ExitCode == 0, same.Output);
        await using var package = await ZipFile.OpenReadAsync(project.Folder["../packed/Library.1.0.0.nupkg"], TestContext.Current.CancellationToken);
        Assert.NotNull(package.GetEntry("model/Library.onnx"));

        string[] Delivered() => [.. Directory.EnumerateFiles(project.Folder["bin/Debug/net10.0"], "Library.*").Select(path => Path.GetFileName(path)).Where(name => ModelFiles.Contains(name)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_later_package_brings_its_model_though_all_files_of_packages_have_one_time()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        project.Folder.Write("../program/Program.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><UseAppHost>false</UseAppHost><RootNamespace>Detecting</RootNamespace><ModelVersion>1.0.0</ModelVersion></PropertyGroup>
              <ItemGroup><PackageReference Include="Model" Version="$(ModelVersion)" /></ItemGroup>
            </Project>
            """);
        project.Folder.Write("../program/Program.cs", "System.Console.WriteLine(Detecting.ModelInfo.Version);");
        foreach (var version in new[] { "1.0.0", "1.1.0" })
        {
            var pack = await project.RunAsync("pack", "-o", project.Folder["../packed"], $"-p:Version={version}");
            Assert.True(pack.ExitCode == 0, pack.Output);
            var (exitCode, output) = await DotNet.RunAsync(
                project.Folder["../program"], "publish", "-o", project.Folder["../published"], $"-p:ModelVersion={version}", $"-p:RestoreAdditionalProjectSources={project.Folder["../packed"]}");
            Assert.True(exitCode == 0, output);
            foreach (var folder in new[] { "../program/bin/Release/net10.0", "../published" })
            {
                Assert.StartsWith($"{version}+sha.", project.Json($"{folder}/Model.manifest.json").GetProperty("version").GetString(), StringComparison.Ordinal);
                Assert.Equal(File.ReadAllBytes(project.Folder["obj/nanodet/model/model.onnx"]), File.ReadAllBytes(project.Folder[$"{folder}/Model.onnx"]));
                Assert.StartsWith($"{version}+sha.", (await DotNet.RunAsync(project.Folder[folder], "Program.dll")).Output, StringComparison.Ordinal);
            }
        }
    }

    private static string Hook(string when, string target, string file) => $"""
        <Target Name="{when}_{target}" {when}Targets="{target}">
          <PropertyGroup><Seen>False</Seen><Seen Condition="Exists('$(NanoDetIntermediatePath){file}')">True</Seen></PropertyGroup>
          <Message Text="{when} {target}: $(Seen)" />
        </Target>
        """;
}
