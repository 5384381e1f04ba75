using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;
using NanoDet.Testing;

namespace NanoDet.Architecture.Tests;

/// <summary>The arrows of the picture are those of the project files and of what was compiled.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] Native = ["NetVips", "SkiaSharp", "TorchSharp", "Microsoft.ML.OnnxRuntime"];

    public static TheoryData<string> Projects => [.. Picture.Projects.Keys];

    [Fact]
    public void Every_project_is_in_the_picture()
        => Assert.Equal(
            Picture.Projects.Keys,
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension)
                .Where(name => name is not ("NanoDet.Templates" or "NanoDet.ModelInfo")).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_references_what_the_picture_says(string project)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"));
        var projects = file.Descendants("ProjectReference").Where(item => (string?)item.Attribute("ReferenceOutputAssembly") != "false")
            .Select(item => Path.GetFileNameWithoutExtension((string)item.Attribute("Include")!));
        Assert.Equal(Picture.Projects[project].Projects.ToArray(), projects.Order(StringComparer.Ordinal));

        // Packages that hold the native part of another one, and those that only help to compile, are no arrows.
        var packages = file.Descendants("PackageReference").Select(item => (string)item.Attribute("Include")!).ToArray();
        var drawn = Picture.Projects[project].Packages;
        Assert.Empty(drawn.Except(packages));
        Assert.All(
            file.Descendants("PackageReference").Where(item => (string?)item.Attribute("PrivateAssets") != "all").Select(item => (string)item.Attribute("Include")!),
            package => Assert.Contains(drawn, name => package == name || package.StartsWith($"{name}.", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void What_was_compiled_uses_nothing_that_the_picture_does_not_give_it(string project)
    {
        var closure = Picture.Closure(project);
        string[] given = ["System", "Microsoft.Win32", .. closure, .. closure.SelectMany(name => Picture.Projects[name].Packages).Select(AssemblyNameOf)];
        Assert.DoesNotContain(ReferencesOf(project), name => !given.Any(allowed => name == allowed || name.StartsWith($"{allowed}.", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_MSBuild_loads_has_no_native_code()
    {
        Assert.Empty(Picture.Closure("NanoDet.Build").SelectMany(name => Picture.Projects[name].Packages).Intersect(Native));
        using var dependencies = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(AssemblyOf("NanoDet.Build"), ".deps.json")));
        var libraries = dependencies.RootElement.GetProperty("targets").EnumerateObject().Single().Value.EnumerateObject().ToArray();
        Assert.Contains(libraries, library => library.Name.StartsWith("NanoDet.Pipeline/", StringComparison.Ordinal));
        Assert.All(libraries, library => Assert.False(library.Value.TryGetProperty("native", out _) || library.Value.TryGetProperty("runtimeTargets", out _), library.Name));
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public void A_program_that_detects_gets_no_reader_of_labels(string framework)
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "artifacts", "obj", "NanoDet.Detection", "project.assets.json")));
        var libraries = assets.RootElement.GetProperty("targets").GetProperty(framework).EnumerateObject().Select(library => library.Name.Split('/')[0]).ToArray();
        Assert.Equal(["NanoDet.Core", "NanoDet.Imaging"], libraries.Where(name => name.StartsWith("NanoDet.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        // The analyzers of the linker and of the public API help to compile and are no libraries.
        Assert.All(
            libraries.Where(name => !name.StartsWith("NanoDet.", StringComparison.Ordinal) && name is not ("Microsoft.NET.ILLink.Tasks" or "Microsoft.CodeAnalysis.PublicApiAnalyzers")),
            name => Assert.Contains(["Microsoft.ML.OnnxRuntime", "NetVips", "SkiaSharp", "System."], start => name.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_program_that_detects_sees_few_types()
        => Assert.InRange(Picture.Closure("NanoDet.Detection").Sum(name => System.Reflection.Assembly.Load(name).GetExportedTypes().Length), 10, 40);

    /// <summary>One package has an assembly of another name.</summary>
    private static string AssemblyNameOf(string package) => package == "SharpZipLib" ? "ICSharpCode.SharpZipLib" : package;

    private static List<string> ReferencesOf(string project)
    {
        using var file = new PEReader(File.OpenRead(AssemblyOf(project)));
        var reader = file.GetMetadataReader();
        var references = reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name)).ToList();
        Assert.Contains("System.Runtime", references);
        return references;
    }

    // artifacts/bin/NanoDet.Architecture.Tests/CONFIGURATION holds all but the tasks, which lie in a folder of their own beside it.
    private static string AssemblyOf(string project)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        return project == "NanoDet.Build"
            ? Path.Combine(folder.Parent!.Parent!.FullName, project, folder.Name, $"{project}.dll")
            : Path.Combine(folder.FullName, project == "NanoDet.Tool" ? "nanodet.dll" : $"{project}.dll");
    }
}
