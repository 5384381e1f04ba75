using NanoDet.Build.Tests.Infrastructure;

namespace NanoDet.Build.Tests;

/// <summary>What a build restores besides the project's own packages: only what a stage needs, and in the project's way.</summary>
public sealed class NetworkTests(PackageFeed feed)
{
    [Theory]
    [InlineData("9.9.1")]
    [InlineData("9.9.2", "-graph", "-isolate")]
    public async Task Libtorch_comes_from_the_sources_of_the_project_whatever_its_output_is(string version, params string[] ways)
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
        new StandInPackage("libtorch-cpu-linux-x64", version).Pack(project.Folder["own"]);
        new StandInPackage("TorchSharp", version).Pack(project.Folder["more sources"]);
        Assert.Equal(0, (await project.RunAsync("restore")).ExitCode);
        string[] output =
        [
            "-c", "Release", "-p:RuntimeIdentifier=linux-x64", "-p:TargetFramework=net8.0", "-p:SelfContained=true", "-p:PublishAot=true", "-p:RestoreLockedMode=true",
            $"-p:OutputPath={project.Folder["out"]}", $"-p:BaseIntermediateOutputPath={project.Folder["obj/"]}", "-p:TreatWarningsAsErrors=true",
        ];
        var first = await project.RunAsync("build", ["--no-restore", "-t:_NanoDetFindLibTorch", .. ways, .. FakeLibTorch(version), .. output]);
        Assert.True(first.ExitCode == 0, first.Output);
        Assert.Contains($"NanoDet: restoring libtorch {version} for linux-x64 (", first.Output, StringComparison.Ordinal);
        var second = await project.RunAsync("build", ["--no-restore", "-t:_NanoDetFindLibTorch", .. ways, .. FakeLibTorch(version), .. output]);
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
        var items = await project.RunAsync("msbuild", ["-getItem:PackageDownload", $"-p:NanoDetTrain={train}", .. FakeLibTorch("9.9.9")]);
        Assert.All(["libtorch-cpu-linux-x64", "TorchSharp"], package => Assert.Equal(packages.Contains(package, StringComparison.Ordinal), items.Output.Contains(package, StringComparison.Ordinal)));
    }

    // Packages of a few bytes under the names of the real ones, in versions that exist nowhere else.
    private static string[] FakeLibTorch(string version)
        => [$"-p:NanoDetLibTorchVersion={version}", $"-p:NanoDetTorchSharpVersion={version}", "-p:_NanoDetLibTorchSystem=linux-x64"];
}
