using Microsoft.Build.Logging.StructuredLogger;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Pipeline.Natives;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>
/// Where libtorch comes from when it is not the one for the processor. No machine of a test has to have a card: the worker is
/// handed a folder, and says that what it finds there is no library.
/// </summary>
public sealed class CudaTests(PackageFeed feed)
{
    private const string Version = "9.9.3";
    private const string Kept = $".nanodet/libtorch/TorchSharp-cuda-linux-{Version}";

    [Fact]
    public async System.Threading.Tasks.Task Cuda_is_restored_and_put_together_once_for_all_projects_of_a_user()
    {
        using var home = new TestFolder("home");
        using var source = new TestFolder("source");
        StandInCuda.Pack(source.FullPath, Version);
        using var first = Project(home, source);
        using var other = Project(home, source);

        // Two at once: one puts it together, both use it.
        var builds = await System.Threading.Tasks.Task.WhenAll(first.BuildAsync(Properties), other.BuildAsync(Properties));

        Assert.All(builds, build => ExpectHanded(build, home));
        Assert.Single(builds, build => build.Output.Contains($"putting together TorchSharp-cuda-linux-{Version}, 3 libraries", StringComparison.Ordinal));
        Assert.Equal(StandInCuda.Whole, File.ReadAllText(home[$"{Kept}/libtorch_cuda.so"]));
        Assert.Equal(["libtorch.so", "libtorch_cpu.so", "libtorch_cuda.so"], Directory.EnumerateFiles(home[Kept]).Select(Path.GetFileName).Order());
        var piece = Path.Combine(feed.Packed, "..", "packages", $"libtorch-cuda-12.8-linux-x64-part2-primary/{Version}/runtimes/linux-x64/native/libtorch_cuda.so");
        Assert.Equal(StandInCuda.First, File.ReadAllText(piece));

        // Nothing of it is needed again, and no network.
        Directory.Delete(source.FullPath, recursive: true);
        var again = await first.BuildAsync(Properties);
        ExpectHanded(again, home);
        Assert.DoesNotContain("restoring", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("putting together", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async System.Threading.Tasks.Task Without_a_driver_nothing_is_downloaded_and_without_a_package_it_is_said_what_can_be_done()
    {
        Assert.SkipWhen(CudaDriver.OfMachine.IsInstalled, "needs a machine without a driver");
        using var home = new TestFolder("home");
        using var source = new TestFolder("source");
        using var project = Project(home, source);

        var refused = await project.BuildAsync("-p:NanoDetCudaPackageVersion=9.9.4");
        ExpectError(refused, "NDB9012", "(NanoDetDevice=cpu)");
        Assert.DoesNotContain("restoring", refused.Output, StringComparison.Ordinal);

        // No source has such a package.
        var missing = await project.BuildAsync("-p:NanoDetCudaPackageVersion=9.9.4", "-p:_NanoDetNeedsDriver=false");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains(missing.Diagnostics, diagnostic => diagnostic is Error { Code: "NU1101" or "NU1102" });
        var explained = Assert.Single(missing.Diagnostics.OfType<Error>(), error => error.Code.StartsWith("NDB", StringComparison.Ordinal));
        Assert.Equal("NDB9013", explained.Code);
        Assert.Contains("TorchSharp-cuda-linux 9.9.4 could not be restored", explained.Text, StringComparison.Ordinal);
        Assert.Contains("NanoDetLibTorch", explained.Text, StringComparison.Ordinal);
        Assert.Contains("NanoDetDevice=cpu", explained.Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home[".nanodet/libtorch"]));
    }

    [Fact]
    public async System.Threading.Tasks.Task A_folder_of_the_projects_own_has_the_libraries_of_training()
    {
        using var project = BuildProject.OfModel(feed, 1, "<PropertyGroup><NanoDetLibTorch>given</NanoDetLibTorch></PropertyGroup>");
        // The version that packages would have is nowhere.
        string[] noPackage = ["-p:NanoDetLibTorchVersion=9.9.9"];

        async System.Threading.Tasks.Task FailsAsync(string code, string words)
        {
            var outcome = await project.BuildAsync(noPackage);
            ExpectError(outcome, code, words);
        }

        await FailsAsync("NDB9007", $"'{project.Folder["given"]}', but there is no such folder");
        project.Folder.Write("given/torch/version.py", "__version__ = '2.9.1+cu128'\n");
        await FailsAsync("NDB9007", "libtorch_cpu.so is neither there nor");
        project.Folder.Write("given/torch/lib/libtorch_cpu.so", "no library");
        await FailsAsync("NDB9011", "which is libtorch 2.9, but training needs 2.10 or newer");
        project.Folder.Write("given/torch/version.py", "__version__ = '2.11.0+cu130'\n");
        await FailsAsync("NDB9002", project.Folder["given/torch/lib"]);

        Directory.Delete(project.Folder["given/torch"], recursive: true);
        Directory.CreateSymbolicLink(project.Folder["given/lib"], Path.Combine(Directory.EnumerateDirectories(Path.Combine(PackageFeed.MachinePackages, "libtorch-cpu-linux-x64")).Order().Last(), "runtimes", "linux-x64", "native"));
        await project.ExpectStagesAsync("train export evaluate", noPackage);
    }

    private BuildProject Project(TestFolder home, TestFolder source)
    {
        var project = BuildProject.OfModel(feed, 1, $"<PropertyGroup><NanoDetDevice>cuda:1</NanoDetDevice><RestoreAdditionalProjectSources>{source.FullPath}</RestoreAdditionalProjectSources></PropertyGroup>");
        project.Home = home.FullPath;
        return project;
    }

    private static readonly string[] Properties = [$"-p:NanoDetTorchSharpVersion={Version}", "-p:_NanoDetLibTorchSystem=linux-x64", "-p:_NanoDetNeedsDriver=false"];

    private static void ExpectHanded(BuildOutcome build, TestFolder home) => ExpectError(build, "NDB9002", home[$"{Kept}/libtorch.so"]);

    private static void ExpectError(BuildOutcome build, string code, string words)
    {
        Assert.True(build.ExitCode == 1, build.Output);
        var error = Assert.Single(build.Diagnostics.OfType<Error>());
        Assert.Equal(code, error.Code);
        Assert.Contains(words, error.Text, StringComparison.Ordinal);
    }
}
