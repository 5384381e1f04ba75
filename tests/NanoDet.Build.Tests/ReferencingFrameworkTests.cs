using System.Security;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>Projects for other frameworks than the model's get the model, and a class that describes it, on the first build.</summary>
public sealed class ReferencingFrameworkTests(PackageFeed feed)
{
    // As C# 7.3 takes it, which is what .NET Framework and .NET Standard have.
    private const string Code = """
        namespace Some.Program_1
        {
            public static class Described
            {
                public static string Text()
                {
                    return ModelInfo.Name + ModelInfo.Version + ModelInfo.InputWidth + ModelInfo.InputHeight + ModelInfo.ScoreThreshold + ModelInfo.Class.Nut + ModelInfo.Classes[0] + ModelInfo.Path;
                }
            }
        }
        """;

    private static readonly string[] Frameworks = ["net8.0", "net10.0", "netstandard2.0", "net472", "net10.0-windows"];

    [Fact]
    public async Task A_project_for_any_framework_has_the_model_and_its_class_by_project_and_by_package()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        Write(project, "project", """<ProjectReference Include="../model/Model.proj" />""");
        await ExpectAsync(project, "project", "-p:NanoDetStore=");

        var pack = await project.RunAsync("pack", "-o", project.Folder["../packed"]);
        Assert.True(pack.ExitCode == 0, pack.Output);
        Write(project, "package", """<PackageReference Include="Model" Version="1.0.0" />""");
        await ExpectAsync(project, "package", $"-p:RestoreAdditionalProjectSources={project.Folder["../packed"]}");

        foreach (var folder in from name in new[] { "project", "package" } from framework in Frameworks select $"../{name}/bin/Debug/{framework}")
        {
            Assert.Equal(
                ["Model.manifest.json", "Model.onnx"],
                Directory.EnumerateFiles(project.Folder[folder], "Model*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Several_models_have_a_namespace_each_and_a_project_may_do_without()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        // Another project with the same data, and with a name that is none in C#.
        Assert.Equal(0, (await project.BuildAsync()).ExitCode);
        foreach (var file in Directory.EnumerateFiles(project.Folder.FullPath, "*", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(project.Folder["../second"], Path.GetRelativePath(project.Folder.FullPath, file).Replace("Model.proj", "2nd-class.proj", StringComparison.Ordinal));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Write(project, "both", """<ProjectReference Include="../model/Model.proj;../second/2nd-class.proj" />""", "netstandard2.0");
        project.Folder.Write("../both/Class.cs", """
            namespace Some.Program_1
            {
                public static class Described
                {
                    public static string Text()
                    {
                        return Model.ModelInfo.Name + _2nd_class.ModelInfo.Name;
                    }
                }
            }
            """);
        await ExpectAsync(project, "both", "-p:NanoDetStore=");

        project.Folder.Write("../both/Class.cs", "namespace Some.Program_1 { public static class ModelInfo { } }");
        await ExpectAsync(project, "both", "-p:NanoDetStore=", "-p:NanoDetModelInfo=false");
    }

    [Fact]
    public async Task Whatever_the_classes_are_called_C_sharp_takes_them()
    {
        string[] classes = ["2nd gear", "Class", "Zahnräder", "class", "gear;%3B $(x) \"y\" \\"];
        using var project = BuildProject.OfModel(feed, epochs: 1);
        project.Folder.Write("tiny.yml", TinyConfiguration.Yml(1, classes));
        for (var i = 0; i < 10; i++)
        {
            project.Folder.Write($"annotations/img{i}.xml", TinyVoc.Xml($"img{i}.png", SecurityElement.Escape(classes[i % classes.Length])));
        }

        project.Folder.Write("../program/Program.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><UseAppHost>false</UseAppHost><RootNamespace>Parts.class</RootNamespace></PropertyGroup>
              <ItemGroup><ProjectReference Include="../model/Model.proj" /></ItemGroup>
            </Project>
            """);
        project.Folder.Write("../program/Program.cs", """
            using Parts.@class;
            System.Console.OutputEncoding = System.Text.Encoding.UTF8;
            System.Console.Write(string.Join('|', ModelInfo.Classes) + "|" + string.Join('|', System.Enum.GetNames<ModelInfo.Class>()));
            """);
        await ExpectAsync(project, "program", "-p:NanoDetStore=");

        var (_, output) = await DotNet.RunAsync(project.Folder["../program/bin/Debug/net10.0"], "Program.dll");
        Assert.Equal($"{string.Join('|', classes)}|_2ndGear|Class|Zahnräder|Class_3|Gear3BXY", output.TrimEnd());
    }

    private static void Write(BuildProject project, string name, string reference, params IEnumerable<string> frameworks)
    {
        // The name of the project is the namespace, as far as C# takes it.
        project.Folder.Write($"../{name}/Some.Program-1.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFrameworks>{string.Join(';', frameworks.DefaultIfEmpty(string.Join(';', Frameworks)))}</TargetFrameworks>
                <EnableWindowsTargeting>true</EnableWindowsTargeting>
                <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>{reference}</ItemGroup>
            </Project>
            """);
        project.Folder.Write($"../{name}/Class.cs", Code);
    }

    private static async Task ExpectAsync(BuildProject project, string name, params string[] arguments)
    {
        var (exitCode, output) = await DotNet.RunAsync(project.Folder[$"../{name}"], ["build", "-nologo", .. arguments]);
        Assert.True(exitCode == 0, output);
    }
}
