using System.IO.Compression;
using System.Runtime.InteropServices;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed class PackageTests : IDisposable
{
    private const long LargestPackage = 60_000_000;
    private readonly TestFolder _folder = new("päckchen");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_packed_tool_is_small_installs_from_a_folder_and_detects()
    {
        var rid = RuntimeIdentifier();
        // As it was built, to the letter, so that nothing that other tests run at the moment is built again.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name == "release" ? "Release" : "Debug";
        await DotNetAsync(
            "pack", Path.Combine(Repository.Root, "src", "NanoDet.Tool", "NanoDet.Tool.csproj"), "-o", _folder["feed"], "-c", configuration,
            "--no-restore", "-p:BuildProjectReferences=false", $"-p:ToolPackageRuntimeIdentifiers={rid}", "-nologo", "-v", "q");

        var packages = Directory.GetFiles(_folder["feed"]).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(["NanoDet.Tool.1.0.0.nupkg", $"NanoDet.Tool.{rid}.1.0.0.nupkg"], packages);
        Assert.InRange(new FileInfo(_folder[$"feed/NanoDet.Tool.{rid}.1.0.0.nupkg"]).Length, 1, LargestPackage);
        Assert.InRange(new FileInfo(_folder["feed/NanoDet.Tool.1.0.0.nupkg"]).Length, 1, 100_000);
        HasNativeLibrariesOfOneSystemAndSymbols(_folder[$"feed/NanoDet.Tool.{rid}.1.0.0.nupkg"]);
        foreach (var package in packages)
        {
            using var archive = await ZipFile.OpenReadAsync(_folder[$"feed/{package}"], TestContext.Current.CancellationToken);
            Assert.NotNull(archive.GetEntry("icon.png"));
            using var readme = new StreamReader(archive.GetEntry("README.md")!.Open());
            Assert.DoesNotMatch(@"\]\((?!https:|#)", await readme.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        // The feed is the only source, so nothing else can have been needed.
        _folder.Write("home/nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{_folder["feed"]}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{_folder["packages"]}" /></config>
            </configuration>
            """);
        FixedModel.Write(_folder["home/model.onnx"], ["cat"], 0.9f);
        Directory.CreateDirectory(_folder["home/photos"]);
        File.WriteAllBytes(_folder["home/photos/a.png"], ImageEncoder.EncodePng(new PixelImage(80, 40)));
        foreach (var command in MarkedCommands.Read("README.md").Single(block => block.RunBy == "NanoDet.Tool.Tests").Lines)
        {
            await DotNetAsync(command.Split(' ')[1..]);
        }

        Assert.Contains("<name>cat</name>", await File.ReadAllTextAsync(_folder["home/photos/a.xml"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("a.png", await File.ReadAllTextAsync(_folder["home/labels.html"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await ExpectManifestsAsync(configuration);
        var run = await DotNetAsync("nanodet", "detect", "model.onnx", "photos/a.png", "--quiet");
        Assert.Equal("photos/a.png  80x40  1 object\n  0.90  cat  (20, 10) to (60, 30)\n", run.Output);
    }

    [Fact]
    public void Every_command_of_the_front_page_is_run_by_these_tests_or_by_CI()
        => Assert.All(MarkedCommands.Read("README.md"), block => Assert.Contains(block.RunBy, (string[])["NanoDet.Tool.Tests", ".ci/run"]));

    [Fact]
    public async Task Without_native_libraries_labels_convert_and_the_rest_says_what_is_missing()
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(ToolProcess.Path)!).Where(file => Path.GetExtension(file) == ".dll" || file.EndsWith("runtimeconfig.json", StringComparison.Ordinal)))
        {
            File.Copy(file, _folder[Path.GetFileName(file)]);
        }

        var model = FixedModel.Write(_folder["model.onnx"], ["cat"], 0.9f);
        var labels = Path.Combine(Repository.Root, "sample-project", "annotations");

        var detect = await ToolProcess.RunDotNetAsync(_folder.FullPath, [], "nanodet.dll", "detect", model, Path.Combine(Repository.Root, "sample-project", "images"));
        Assert.Equal((1, ""), (detect.ExitCode, detect.Output));
        Assert.Matches(@"^NanoDet: error NDB6113: Images and models cannot be read on [\w.-]+: the native library \w+ is missing\n$", detect.Error.ReplaceLineEndings("\n"));

        var convert = await ToolProcess.RunDotNetAsync(_folder.FullPath, [], "nanodet.dll", "convert", labels, "--to", "coco", "--out", "all.json");
        Assert.True(convert.ExitCode == 0, convert.Error);
    }

    /// <summary>The tool's manifests in a new project and in the sample install it from the feed, and it runs there.</summary>
    private async Task ExpectManifestsAsync(string configuration)
    {
        await DotNetAsync("pack", Path.Combine(Repository.Root, "src", "NanoDet.Templates", "NanoDet.Templates.csproj"), "-o", _folder["feed"], "-c", configuration, "--no-restore", "-nologo", "-v", "q");
        await DotNetAsync("new", "install", _folder["feed/NanoDet.Templates.1.0.0.nupkg"], "--debug:custom-hive", _folder["hive"]);
        await DotNetAsync("new", "nanodet", "-o", "Parts", "--data", "false", "--debug:custom-hive", _folder["hive"]);
        _folder.Write("home/Sample/.config/dotnet-tools.json", await File.ReadAllTextAsync(Path.Combine(Repository.Root, "sample-project", ".config", "dotnet-tools.json"), TestContext.Current.CancellationToken));
        foreach (var project in new[] { "Parts", "Sample" })
        {
            await DotNetInAsync($"home/{project}", "tool", "restore");
            Assert.Contains("cat", (await DotNetInAsync($"home/{project}", "nanodet", "inspect", "../model.onnx")).Output, StringComparison.Ordinal);
        }
    }

    private Task<ToolProcess> DotNetAsync(params string[] arguments) => DotNetInAsync("home", arguments);

    private async Task<ToolProcess> DotNetInAsync(string folder, params string[] arguments)
    {
        Directory.CreateDirectory(_folder[folder]);
        var run = await ToolProcess.RunDotNetAsync(_folder[folder], new() { ["DOTNET_CLI_HOME"] = _folder["dotnet"], ["NUGET_PACKAGES"] = null }, arguments);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        return run;
    }

    private static void HasNativeLibrariesOfOneSystemAndSymbols(string package)
    {
        var entries = Entries(package);
        Assert.Single(entries, entry => Path.GetFileNameWithoutExtension(entry) is "libonnxruntime" or "onnxruntime");
        Assert.Single(entries, entry => Path.GetFileNameWithoutExtension(entry) is "libSkiaSharp");
        Assert.Single(entries, entry => Path.GetFileName(entry).StartsWith("libvips", StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry.EndsWith("/nanodet.pdb", StringComparison.Ordinal));
        Assert.DoesNotContain(entries, entry => entry.EndsWith("NanoDet.Data.xml", StringComparison.Ordinal));
        Assert.All(
            (string[])["notices/Microsoft.ML.OnnxRuntime/", "notices/NetVips.Native.", "notices/SkiaSharp/"],
            folder => Assert.Contains(entries, entry => entry.StartsWith(folder, StringComparison.Ordinal)));
    }

    private static List<string> Entries(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    /// <summary>The portable name of this system, also where the SDK was built for one distribution.</summary>
    private static string RuntimeIdentifier()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
