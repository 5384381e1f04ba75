using NanoDet.Build.Tests.Infrastructure;

namespace NanoDet.Build.Tests;

/// <summary>Projects for other frameworks than the model's get the model by a reference to its project, on the first build.</summary>
public sealed class ReferencingFrameworkTests(PackageFeed feed)
{
    [Fact]
    public async Task A_project_for_any_framework_references_a_model()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        foreach (var framework in new[] { "net8.0", "netstandard2.0", "net472", "net10.0-windows" })
        {
            project.Folder.Write($"../{framework}/Program.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>{framework}</TargetFramework>
                    <EnableWindowsTargeting>true</EnableWindowsTargeting>
                    <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                  </PropertyGroup>
                  <ItemGroup><ProjectReference Include="../model/Model.proj" /></ItemGroup>
                </Project>
                """);
            project.Folder.Write($"../{framework}/Class.cs", "public class Class { }");

            var (exitCode, output) = await DotNet.RunAsync(project.Folder[$"../{framework}"], ["build", "-nologo", "-p:NanoDetStore="]);

            Assert.True(exitCode == 0, output);
            Assert.Equal(
                ["Model.manifest.json", "Model.onnx"],
                Directory.EnumerateFiles(project.Folder[$"../{framework}/bin/Debug/{framework}"], "Model*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
    }
}
