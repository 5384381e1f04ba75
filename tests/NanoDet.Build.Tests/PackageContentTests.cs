using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using NanoDet.Build.Tests.Infrastructure;

namespace NanoDet.Build.Tests;

/// <summary>What the package NanoDet.Build carries.</summary>
public sealed class PackageContentTests(PackageFeed feed)
{
    private const long LargestPackage = 100_000_000;

    private static readonly string[] Carried =
    [
        "Google.Protobuf", "MetadataExtractor", "Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Managed", "NetVips", "NetVips.Native.linux-x64",
        "NetVips.Native.osx-arm64", "NetVips.Native.win-x64", "SkiaSharp", "SkiaSharp.NativeAssets.macOS", "SkiaSharp.NativeAssets.Win32", "TorchSharp", "YamlDotNet",
    ];

    [Fact]
    public void Libraries_of_others_have_their_notices_and_none_comes_twice_or_is_for_phones()
    {
        var file = Path.Combine(feed.Packed, "NanoDet.Build.1.0.0.nupkg");
        using var package = ZipFile.OpenRead(file);
        var entries = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.InRange(new FileInfo(file).Length, 1, LargestPackage);
        Assert.All(Carried, name => Assert.Contains(entries, entry => entry.StartsWith($"notices/{name}/", StringComparison.Ordinal)));
        Assert.All(["GPL-3.0", "LGPL-3.0"], name => Assert.Contains($"notices/{name}.txt", entries));
        Assert.Contains("buildMultiTargeting/NanoDet.Build.targets", entries);
        using (var runtime = JsonDocument.Parse(package.GetEntry("worker/NanoDet.Worker.runtimeconfig.json")!.Open()))
        {
            // A machine may have a later dotnet only.
            Assert.Equal("Major", runtime.RootElement.GetProperty("runtimeOptions").GetProperty("rollForward").GetString());
        }

        Assert.Equal(["linux-x64", "osx-arm64", "win-x64"], Systems("onnxruntime"));
        Assert.Equal(["linux-x64", "osx-arm64", "win-x64"], Systems("vips"));
        Assert.DoesNotContain(entries, entry => entry.Contains("torch_cpu", StringComparison.Ordinal) || entry.EndsWith(".pdb", StringComparison.Ordinal));

        IEnumerable<string> Systems(string library) => entries
            .Where(entry => entry.StartsWith("worker/runtimes/", StringComparison.Ordinal) && Path.GetFileName(entry).Contains(library, StringComparison.Ordinal))
            .Select(entry => entry.Split('/')[2]).Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>Of a package with build files for any framework, NuGet believes that it serves every project, and then nothing compiles.</summary>
    [Fact]
    public async Task A_project_for_another_framework_is_told_that_the_detector_is_not_for_it()
    {
        using var project = BuildProject.OfSdk(feed, """<ItemGroup><PackageReference Include="NanoDet.Detection" Version="1.0.0" /></ItemGroup>""");

        var restore = await project.RunAsync("restore");

        Assert.NotEqual(0, restore.ExitCode);
        Assert.Contains("NU1202", restore.Output, StringComparison.Ordinal);
    }

    /// <summary>The machine of a compiled image is combined with a number of its system (dotnet/runtime, readytorun-format.md).</summary>
    [Theory]
    [InlineData("linux-x64", 0x8664 ^ 0x7B79)]
    [InlineData("win-x64", 0x8664)]
    [InlineData("osx-arm64", 0xAA64 ^ 0x4644)]
    public void The_tasks_are_compiled_for_each_system(string system, int machine)
    {
        using var package = ZipFile.OpenRead(Path.Combine(feed.Packed, "NanoDet.Build.1.0.0.nupkg"));
        foreach (var plain in package.Entries.Where(entry => Path.GetDirectoryName(entry.FullName) == "tasks" && entry.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            var compiled = package.GetEntry($"tasks/{system}/{plain.Name}")!;
            using var reader = new PEReader(new MemoryStream(Content(compiled)));
            Assert.Equal(machine, (int)(ushort)reader.PEHeaders.CoffHeader.Machine);
            Assert.Contains(package.Entries, entry => entry.FullName == $"tasks/{system}/NanoDet.Build.deps.json");
        }
    }

    [Fact]
    public async Task A_build_loads_the_tasks_for_its_system_and_an_unknown_system_those_for_all()
    {
        using var project = BuildProject.OfSdk(feed);
        var here = await project.RunAsync("msbuild", "-getProperty:NanoDetTaskAssembly");
        var elsewhere = await project.RunAsync("msbuild", "-getProperty:NanoDetTaskAssembly", "-p:_NanoDetLibTorchSystem=none");
        Assert.Equal(["NanoDet.Build.dll", RuntimeInformation.RuntimeIdentifier, "tasks"], NamesFromTheEnd(here.Output));
        Assert.Equal(["NanoDet.Build.dll", "tasks", "1.0.0"], NamesFromTheEnd(elsewhere.Output));

        static IEnumerable<string> NamesFromTheEnd(string path) => Path.GetFullPath(path.Trim()).Split(Path.DirectorySeparatorChar).Reverse().Take(3);
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var content = new byte[entry.Length];
        stream.ReadExactly(content);
        return content;
    }
}
