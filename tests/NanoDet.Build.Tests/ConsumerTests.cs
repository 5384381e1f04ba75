using System.IO.Compression;
using System.Security.Cryptography;
using NanoDet.Build.Tests.Infrastructure;

namespace NanoDet.Build.Tests;

/// <summary>A model behaves like an assembly: programs get it by a project reference and by a package, on their first build, and detect with it.</summary>
public sealed class ConsumerTests(PackageFeed feed)
{
    // The class of the program's own namespace, whichever way the model comes.
    private const string ReadModelInfo = """
        using var same = Detecting.ModelInfo.Load(new() { ScoreThreshold = 0 });
        Console.WriteLine($"{string.Join(',', Detecting.ModelInfo.Classes)} {Detecting.ModelInfo.Class.Nut} {Detecting.ModelInfo.InputWidth} {same.Detect(args[0]).Length > 0} {Detecting.ModelInfo.ClassOf(new(2, 1, default))}");
        """;

    [Fact]
    public async Task A_new_project_builds_and_packs_and_programs_detect_with_its_model()
    {
        using var project = await BuildProject.OfTemplateAsync(feed);
        await project.ExpectStagesAsync("split convert train export evaluate");
        Assert.Equal(0, (await project.RunAsync("publish", "--no-build", "-c", "Debug", "-o", project.Folder["../model-published"])).ExitCode);
        Assert.True(File.Exists(project.Folder["../model-published/Fasteners.manifest.json"]));

        // Packing finds the model done, and packs the same bytes every time.
        var packages = new List<byte[]>();
        foreach (var folder in new[] { "packed", "again" })
        {
            var pack = await project.RunAsync("pack", "-o", project.Folder[$"../{folder}"]);
            Assert.True(pack.ExitCode == 0, pack.Output);
            Assert.DoesNotContain(pack.Diagnostics, told => told.Code != "NDB5108"); // It has learnt for one epoch.
            Assert.Equal(["CheckProject", "MakePlan", "DescribeModel", "KeepSplitRecord", "CheckCopiedModel", "CheckPackedModel"], pack.Tasks);
            packages.Add(await File.ReadAllBytesAsync(project.Folder[$"../{folder}/Fasteners.1.0.0.nupkg"], TestContext.Current.CancellationToken));
        }

        Assert.Equal(packages[0], packages[1]);
        var picture = project.Folder["images/bench-001.jpg"];
        // A program for .NET 8 gets the other half of our packages, and runs here on the .NET that is there. Pruning leaves out
        // what .NET has itself and this machine may not have as packages.
        var byPackage = new DetectingProgram(
            project, "package", """<PackageReference Include="Fasteners" Version="1.0.0" />""",
            "<TargetFramework>net8.0</TargetFramework><RollForward>Major</RollForward><RestoreEnablePackagePruning>true</RestoreEnablePackagePruning>",
            code: ReadModelInfo);
        await byPackage.ExpectAsync("build", $"-p:RestoreAdditionalProjectSources={project.Folder["../packed"]}");
        var found = await byPackage.DetectAsync(picture, "bin/Debug/net8.0/Program.dll");
        Assert.Equal("bolt,nut,washer Nut 64 True Washer", found[^1]);

        var byReference = new DetectingProgram(project, "reference", """<ProjectReference Include="../Fasteners/Fasteners.proj" />""", code: ReadModelInfo);
        Assert.DoesNotContain("TrainModel", (await byReference.ExpectAsync("build")).Tasks);
        Assert.Equal(
            ["Fasteners.manifest.json", "Fasteners.onnx"],
            Directory.EnumerateFiles(byReference["bin/Debug/net10.0"], "Fasteners*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(found, await byReference.DetectAsync(picture));
    }

    [Fact]
    public async Task A_library_for_two_frameworks_trains_once_and_keeps_what_it_made()
    {
        using var project = BuildProject.OfModelLibrary(feed, epochs: 1, BuildProject.TwoFrameworks);
        var byReference = new DetectingProgram(
            project, "reference", """<ProjectReference Include="../library/Library.csproj" />""", BuildProject.TwoFrameworks, "Console.WriteLine(Catalogue.Classes);");

        // The program is built first, and with it, in both frameworks, everything that it needs.
        var first = await byReference.ExpectAsync("build");
        Assert.Single(first.Messages, message => message == "train is done");
        Assert.True(File.Exists(byReference["bin/Debug/net10.0-windows/Library.onnx"]));
        await byReference.ExpectAsync("publish", "--no-build", "-c", "Debug", "-f", "net10.0", "-o", "published");
        var picture = project.Folder["images/img1.png"];
        var found = await byReference.DetectAsync(picture, "published/Program.dll");
        Assert.Equal("bolt,nut", found[^1]);

        // Five builds in a row: those that have nothing to do take nothing away.
        await project.BuildAsync();
        var outputs = Files(project, "bin");
        var kept = Files(project, "obj/nanodet").Keys;
        Assert.Contains("net10.0-windows/Library.safetensors", outputs.Keys.Select(name => name.Replace("Debug/", "", StringComparison.Ordinal)));
        for (var i = 0; i < 3; i++)
        {
            var again = await project.BuildAsync();
            Assert.True(again.ExitCode == 0, again.Output);
            Assert.DoesNotContain("TrainModel", again.Tasks);
            Assert.Equal(outputs, Files(project, "bin"));
            Assert.Equal(kept, Files(project, "obj/nanodet").Keys);
        }

        var pack = await project.RunAsync("pack", "--no-build", "-c", "Debug", "-o", project.Folder["../packed"]);
        Assert.True(pack.ExitCode == 0, pack.Output);
        Assert.Empty(pack.Diagnostics);
        Assert.Equal(["CheckPackedModel"], pack.Tasks);
        using (var package = await ZipFile.OpenReadAsync(project.Folder["../packed/Library.1.0.0.nupkg"], TestContext.Current.CancellationToken))
        {
            Assert.Equal(
                ["build/Library.targets", "buildTransitive/Library.targets", "lib/net10.0-windows7.0/Library.dll", "lib/net10.0/Library.dll", "model/Library.manifest.json", "model/Library.onnx", "model/Library.preview.png", "model/ModelInfo.template", "model/NanoDet.ModelInfo.targets"],
                package.Entries.Select(entry => entry.FullName).Where(name => name.Contains('/', StringComparison.Ordinal) && !name.Contains("_rels", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }

        var byPackage = new DetectingProgram(project, "package", """<PackageReference Include="Library" Version="1.0.0" />""", code: "Console.WriteLine(Catalogue.Classes);");
        await byPackage.ExpectAsync("build", $"-p:RestoreAdditionalProjectSources={project.Folder["../packed"]}");
        Assert.Equal(found, await byPackage.DetectAsync(picture));

        var rebuilt = await project.BuildAsync("-t:Rebuild");
        Assert.True(rebuilt.ExitCode == 0, rebuilt.Output);
        Assert.Equal(outputs["Debug/net10.0/Library.onnx"], Files(project, "bin")["Debug/net10.0/Library.onnx"]);
    }

    /// <summary>Files below a folder of the project, with the hash of their content.</summary>
    private static SortedDictionary<string, string> Files(BuildProject project, string folder) => new(
        Directory.EnumerateFiles(project.Folder[folder], "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(project.Folder[folder], file).Replace('\\', '/'), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);
}
