using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using NanoDet.Build.Tests.Infrastructure;

namespace NanoDet.Build.Tests;

/// <summary>The ONNX files that a project asks for, by real builds with a tiny network.</summary>
public sealed class ExportedFilesTests(PackageFeed feed)
{
    private const string Output = "bin/Debug/netstandard2.0/";

    [Fact]
    public async Task A_file_with_the_decoding_inside_costs_no_training_and_goes_where_the_model_goes()
    {
        // Tests share NuGet's folder of packages, so this package has a version of its own.
        using var project = BuildProject.OfModel(
            feed, epochs: 1, "<PropertyGroup><Version>1.0.1</Version><NanoDetExportDetections>true</NanoDetExportDetections></PropertyGroup>");
        var file = project.Folder[$"{Output}Model.detections.onnx"];
        await project.ExpectStagesAsync("split convert train export evaluate", "-p:NanoDetExportDetections=false");
        Assert.False(File.Exists(file));
        var model = Hash(project.Folder[$"{Output}Model.onnx"]);

        await project.ExpectStagesAsync("export evaluate");
        Assert.Equal(model, Hash(project.Folder[$"{Output}Model.onnx"]));
        var entry = Files(project)[2];
        Assert.Equal(("Model.detections.onnx", Hash(file)), (entry.GetProperty("name").GetString(), entry.GetProperty("sha256").GetString()));
        await project.ExpectStagesAsync("");

        // To a program that references the project, and to one that references the package.
        await ExpectInAsync(project, "by-project", """<ProjectReference Include="../model/Model.proj" />""", "-p:NanoDetStore=");
        var pack = await project.RunAsync("pack", "-o", project.Folder["../packed"], "-p:Configuration=Debug");
        Assert.True(pack.ExitCode == 0, pack.Output);
        await using (var package = await ZipFile.OpenReadAsync(Directory.GetFiles(project.Folder["../packed"]).Single(), TestContext.Current.CancellationToken))
        {
            Assert.NotNull(package.GetEntry("model/Model.detections.onnx"));
            using var card = new StreamReader(package.GetEntry("README.md")!.Open());
            Assert.Contains("`Model.detections.onnx`", await card.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await ExpectInAsync(project, "by-package", """<PackageReference Include="Model" Version="1.0.1" />""", $"-p:RestoreAdditionalProjectSources={project.Folder["../packed"]}");

        await project.ExpectStagesAsync("export evaluate", "-p:NanoDetExportDetections=false");
        Assert.Equal(2, Files(project).Length);
        foreach (var gone in new[] { file, project.Folder["obj/nanodet/export/model.detections.onnx"], project.Folder["obj/nanodet/model/model.detections.onnx"] })
        {
            Assert.False(File.Exists(gone), gone);
        }

        await project.ExpectStagesAsync("export evaluate");
        Assert.True(File.Exists(file));
        Assert.Equal(0, (await project.BuildAsync("-t:Clean")).ExitCode);
        Assert.Empty(Directory.EnumerateFiles(project.Folder.FullPath, "*.onnx", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_model_with_an_open_batch_is_exported_judged_and_described_in_8_bits_too()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        await project.ExpectStagesAsync("split convert train export evaluate");
        Assert.Equal(0, OpenDimensions("Model.onnx"));

        string[] open = ["-p:NanoDetExportBatch=open", "-p:NanoDetExportDetections=true"];
        await project.ExpectStagesAsync("export evaluate", open);
        Assert.Equal(2, OpenDimensions("Model.onnx")); // Of the input and of the output.
        Assert.Contains("NanoDetExportBatch is now 'open'", project.Plan().ToString(), StringComparison.Ordinal);

        await project.ExpectStagesAsync("export evaluate", [.. open, "-p:NanoDetPrecision=Int8"]);
        Assert.Equal((2, 2), (OpenDimensions("Model.onnx"), OpenDimensions("Model.fp32.onnx")));
        Assert.Equal(
            ["Model.onnx", "Model.safetensors", "Model.fp32.onnx", "Model.detections.onnx"],
            Files(project).Select(file => file.GetProperty("name").GetString()));

        // A dimension with the name "batch", as ONNX's protocol buffers write it.
        int OpenDimensions(string name) => File.ReadAllBytes(project.Folder[$"{Output}{name}"]).AsSpan().Count("\u0012\u0005batch"u8);
    }

    private static async Task ExpectInAsync(BuildProject project, string name, string reference, string argument)
    {
        project.Folder.Write($"../{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>{reference}</ItemGroup>
            </Project>
            """);
        var (exitCode, output) = await DotNet.RunAsync(project.Folder[$"../{name}"], ["publish", "-nologo", "-c", "Debug", "-o", project.Folder[$"../{name}/published"], argument]);
        Assert.True(exitCode == 0, output);
        foreach (var folder in new[] { "bin/Debug/net10.0", "published" })
        {
            Assert.Equal(Hash(project.Folder[$"{Output}Model.detections.onnx"]), Hash(project.Folder[$"../{name}/{folder}/Model.detections.onnx"]));
        }
    }

    private static JsonElement[] Files(BuildProject project) => [.. project.Json($"{Output}Model.manifest.json").GetProperty("files").EnumerateArray()];

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
