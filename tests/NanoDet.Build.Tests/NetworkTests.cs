using System.IO.Compression;
using NanoDet.Build.Tests.Infrastructure;

namespace NanoDet.Build.Tests;

/// <summary>What a build restores besides the project's own packages: only what a stage needs, and in the project's way.</summary>
public sealed class NetworkTests(PackageFeed feed)
{
    // Packages of a few bytes under the names of the real ones, in a version that exists nowhere else.
    private static readonly string[] FakeLibTorch =
        ["-p:NanoDetLibTorchVersion=9.9.9", "-p:NanoDetTorchSharpVersion=9.9.9", "-p:_NanoDetLibTorchSystem=linux-x64"];

    [Fact]
    public async Task Libtorch_comes_from_the_sources_of_the_project_whatever_its_output_is()
    {
        using var project = BuildProject.OfSdk(feed);
        project.Folder.Write("Model.proj", BuildProject.SdkProject("""
            <PropertyGroup>
              <RestoreConfigFile>settings/nuget.config</RestoreConfigFile>
              <RestoreAdditionalProjectSources>more sources</RestoreAdditionalProjectSources>
            </PropertyGroup>
            """));
        project.Folder.Write("settings/nuget.config", File.ReadAllText(project.Folder["../nuget.config"])
            .Replace("</packageSources>", "<add key=\"own\" value=\"../own\" /></packageSources>", StringComparison.Ordinal));
        Pack(project.Folder["own"], "libtorch-cpu-linux-x64");
        Pack(project.Folder["more sources"], "TorchSharp");
        Assert.Equal(0, (await project.RunAsync("restore")).ExitCode);
        string[] output =
        [
            "-c", "Release", "-p:RuntimeIdentifier=linux-x64", "-p:TargetFramework=net8.0", "-p:SelfContained=true", "-p:PublishAot=true", "-p:RestoreLockedMode=true",
            $"-p:OutputPath={project.Folder["out"]}", $"-p:BaseIntermediateOutputPath={project.Folder["obj/"]}", "-p:TreatWarningsAsErrors=true",
        ];
        var first = await project.RunAsync("build", ["--no-restore", "-t:_NanoDetFindLibTorch", .. FakeLibTorch, .. output]);
        Assert.True(first.ExitCode == 0, first.Output);
        Assert.Contains("NanoDet: restoring libtorch 9.9.9 for linux-x64 (", first.Output, StringComparison.Ordinal);
        var second = await project.RunAsync("build", ["--no-restore", "-t:_NanoDetFindLibTorch", .. FakeLibTorch, .. output]);
        Assert.True(second.ExitCode == 0, second.Output);
        Assert.DoesNotContain("restoring", second.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Always", "libtorch-cpu-linux-x64 TorchSharp")]
    [InlineData("IfCached", "")]
    [InlineData("never", "")]
    public async Task A_project_that_never_trains_restores_no_libtorch(string train, string packages)
    {
        using var project = BuildProject.OfSdk(feed);
        var items = await project.RunAsync("msbuild", ["-getItem:PackageDownload", $"-p:NanoDetTrain={train}", .. FakeLibTorch]);
        Assert.All(["libtorch-cpu-linux-x64", "TorchSharp"], package => Assert.Equal(packages.Contains(package, StringComparison.Ordinal), items.Output.Contains(package, StringComparison.Ordinal)));
    }

    private static void Pack(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        using var package = ZipFile.Open(Path.Combine(folder, $"{name}.9.9.9.nupkg"), ZipArchiveMode.Create);
        Write(package, $"{name}.nuspec", $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{name}</id><version>9.9.9</version><authors>test</authors><description>test</description></metadata>
            </package>
            """);
        Write(package, "runtimes/linux-x64/native/library.so", "");
    }

    private static void Write(ZipArchive package, string path, string content)
    {
        using var writer = new StreamWriter(package.CreateEntry(path).Open());
        writer.Write(content);
    }
}
