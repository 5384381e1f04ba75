using NanoDet.Build.Tests.Infrastructure;

namespace NanoDet.Build.Tests;

/// <summary>A model behaves like an assembly: programs get it by a project reference and by a package, on their first build.</summary>
public sealed class ConsumerTests(PackageFeed feed)
{
    [Fact]
    public async Task A_program_gets_the_model_by_reference_and_by_package_at_its_first_build()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        var byReference = Program(project, "reference", """<ProjectReference Include="../model/Model.proj" />""", "System.Console.WriteLine(\"built\");");
        await ExpectAsync(byReference, "build", "-p:UseAppHost=false");
        Assert.Equal(
            ["Model.manifest.json", "Model.onnx"],
            Directory.EnumerateFiles(Path.Combine(byReference, "bin", "Debug", "net10.0"), "Model*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await ExpectAsync(byReference, "publish", "--no-build", "-c", "Debug", "-p:UseAppHost=false", "-o", "published");
        Assert.True(File.Exists(Path.Combine(byReference, "published", "Model.onnx")));

        Assert.Equal(0, (await project.RunAsync("publish", "-o", project.Folder["../model-published"])).ExitCode);
        Assert.True(File.Exists(project.Folder["../model-published/Model.manifest.json"]));

        // The program's build has made the model: packing finds it done, and packs the same bytes every time.
        var packages = new List<byte[]>();
        foreach (var folder in new[] { "packed", "again" })
        {
            var pack = await project.RunAsync("pack", "-o", project.Folder[$"../{folder}"]);
            Assert.True(pack.ExitCode == 0, pack.Output);
            Assert.Equal(["MakePlan", "DescribeModel"], pack.Tasks);
            packages.Add(await File.ReadAllBytesAsync(project.Folder[$"../{folder}/Model.1.0.0.nupkg"], TestContext.Current.CancellationToken));
        }

        Assert.Equal(packages[0], packages[1]);
        var byPackage = Program(
            project, "package", """<PackageReference Include="Model" Version="1.0.0" />""",
            "System.Console.WriteLine($\"{string.Join(',', Model.ModelInfo.Classes)} {Model.ModelInfo.InputWidth} {System.IO.File.Exists(Model.ModelInfo.Path)}\");");
        Assert.Contains("bolt,nut 64 True", await ExpectAsync(byPackage, "run", $"-p:RestoreAdditionalProjectSources={project.Folder["../packed"]}"), StringComparison.Ordinal);
    }

    /// <summary>A console program in a folder beside the model's; gives its folder.</summary>
    private static string Program(BuildProject project, string name, string reference, string code)
    {
        project.Folder.Write($"../{name}/Program.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <NanoDetModelInfo>true</NanoDetModelInfo>
              </PropertyGroup>
              <ItemGroup>{reference}</ItemGroup>
            </Project>
            """);
        project.Folder.Write($"../{name}/Program.cs", code);
        return Path.GetFullPath(project.Folder[$"../{name}"]);
    }

    private static async Task<string> ExpectAsync(string folder, params string[] arguments)
    {
        var (exitCode, output) = await DotNet.RunAsync(folder, [.. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
