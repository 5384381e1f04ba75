using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using NanoDet.Build.Tests.Infrastructure;

namespace NanoDet.Build.Tests;

/// <summary>A program that references another native package of ONNX Runtime gets its library, and nothing has to be excluded.</summary>
public sealed class OtherRuntimeTests(PackageFeed feed)
{
    private const string Other = "Microsoft.ML.OnnxRuntime.Gpu";
    private const string Version = "1.31.1";

    private static string ThisSystem => RuntimeInformation.RuntimeIdentifier;

    private static string Library => OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_library_takes_the_place_of_the_CPU_s(bool forOneSystem)
    {
        using var project = BuildProject.OfSdk(feed);
        var wanted = WriteStandIn(project.Folder["../other"]);
        var program = new DetectingProgram(
            project, "program", $"""<PackageReference Include="{Other}" Version="{Version}" />""");
        await File.WriteAllTextAsync(
            program["Program.cs"],
            """
            using System.Diagnostics;
            using System.Linq;
            _ = Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetAvailableProviders();
            System.Console.WriteLine(Process.GetCurrentProcess().Modules.Cast<ProcessModule>().First(module => module.FileName.Contains("onnxruntime.")).FileName);
            """,
            TestContext.Current.CancellationToken);
        string[] arguments = [$"-p:RestoreAdditionalProjectSources={project.Folder["../other"]}", $"-p:UseCurrentRuntimeIdentifier={forOneSystem}"];

        await program.ExpectAsync("build", arguments);
        await program.ExpectAsync("publish", ["--no-restore", "-o", "published", .. arguments]);

        foreach (var folder in new[] { "bin/Debug/net10.0", "published" })
        {
            Assert.Equal(wanted, await File.ReadAllBytesAsync((await program.RunAsync($"{folder}/Program.dll")).Single(), TestContext.Current.CancellationToken));
            using var dependencies = JsonDocument.Parse(await File.ReadAllBytesAsync(program[$"{folder}/Program.deps.json"], TestContext.Current.CancellationToken));
            var natives = Natives(dependencies.RootElement).ToList();
            Assert.Contains((Other, forOneSystem ? null : ThisSystem), natives);
            // The CPU's stays where the other one has nothing.
            Assert.DoesNotContain(("Microsoft.ML.OnnxRuntime", forOneSystem ? null : ThisSystem), natives);
            Assert.Equal(!forOneSystem, natives.Any(native => native.Package == "Microsoft.ML.OnnxRuntime"));
        }
    }

    private static IEnumerable<(string Package, string? System)> Natives(JsonElement dependencies)
    {
        foreach (var library in dependencies.GetProperty("targets").EnumerateObject().Last().Value.EnumerateObject())
        {
            var package = library.Name.Split('/')[0];
            if (library.Value.TryGetProperty("native", out _))
            {
                yield return (package, null);
            }

            if (library.Value.TryGetProperty("runtimeTargets", out var targets))
            {
                foreach (var target in targets.EnumerateObject().Where(target => target.Value.GetProperty("assetType").GetString() == "native"))
                {
                    yield return (package, target.Value.GetProperty("rid").GetString());
                }
            }
        }
    }

    // The CPU's library under another name, with some bytes at its end by which it is known; a signed one on a Mac is left as it is.
    private static byte[] WriteStandIn(string folder)
    {
        byte[] library = [.. File.ReadAllBytes(Path.Combine(PackageFeed.MachinePackages, "microsoft.ml.onnxruntime", Version, "runtimes", ThisSystem, "native", Library)), .. OperatingSystem.IsMacOS() ? ""u8 : "another"u8];
        Directory.CreateDirectory(folder);
        using var package = ZipFile.Open(Path.Combine(folder, $"{Other}.{Version}.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(package.CreateEntry($"{Other}.nuspec").Open()))
        {
            nuspec.Write($"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata>
                    <id>{Other}</id><version>{Version}</version><authors>a</authors><description>d</description>
                    <dependencies><group targetFramework=".NETStandard2.0"><dependency id="Microsoft.ML.OnnxRuntime.Managed" version="{Version}" /></group></dependencies>
                  </metadata>
                </package>
                """);
        }

        using var entry = package.CreateEntry($"runtimes/{ThisSystem}/native/{Library}", CompressionLevel.Fastest).Open();
        entry.Write(library);
        return library;
    }
}
