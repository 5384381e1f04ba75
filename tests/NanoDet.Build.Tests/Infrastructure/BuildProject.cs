using System.Text.Json;
using NanoDet.Testing;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>A project in a fresh folder, built by the real <c>dotnet build</c>.</summary>
internal sealed class BuildProject : IDisposable
{
    private readonly string _fileName;
    private int _builds;

    private BuildProject(PackageFeed feed, string folderName, string fileName, string content)
    {
        Folder = new TestFolder(folderName);
        _fileName = fileName;
        // One folder up, where names are plain: restore keeps such files in a list separated by semicolons.
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(Folder.FullPath)!, "nuget.config"), feed.Configuration);
        Folder.Write(fileName, content);
    }

    /// <summary>The project's folder.</summary>
    public TestFolder Folder { get; }

    /// <summary>A project of our SDK, which compiles nothing.</summary>
    public static BuildProject OfSdk(PackageFeed feed, string body = "", string folderName = "model")
        => new(feed, folderName, "Model.proj", SdkProject(body));

    /// <summary>A C# library that references our package.</summary>
    public static BuildProject OfLibrary(PackageFeed feed)
    {
        var project = new BuildProject(feed, "library", "Library.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="NanoDet.Build" Version="1.0.0" PrivateAssets="all" /></ItemGroup>
            </Project>
            """);
        project.Folder.Write("Class.cs", "public class Class { }");
        return project;
    }

    /// <summary>Text of a project of our SDK.</summary>
    public static string SdkProject(string body = "", string version = "1.0.0")
        => $"<Project Sdk=\"NanoDet.Build/{version}\">{body}</Project>";

    /// <summary>Builds, restoring the first time only.</summary>
    public Task<BuildOutcome> BuildAsync(params string[] arguments)
        => RunAsync("build", _builds == 0 ? arguments : [.. arguments, "--no-restore"]);

    /// <summary>Runs a verb of <c>dotnet</c> that takes MSBuild's arguments.</summary>
    public async Task<BuildOutcome> RunAsync(string verb, params string[] arguments)
    {
        var log = Folder[$"build-{_builds++:00}.binlog"];
        var (exitCode, output) = await DotNet.RunAsync(Folder.FullPath, [verb, _fileName, "-nologo", $"-bl:{Path.GetFileName(log)}", .. arguments]);
        return new BuildOutcome(exitCode, output, log);
    }

    /// <summary>Builds and expects success, and exactly these stages to be planned and run.</summary>
    public async Task<BuildOutcome> ExpectStagesAsync(string stages, params string[] arguments)
    {
        var outcome = await BuildAsync(arguments);
        Assert.True(outcome.ExitCode == 0, outcome.Output);
        Assert.Equal(stages, string.Join(' ', Plan().GetProperty("stages").EnumerateArray()
            .Where(stage => stage.GetProperty("action").GetString() == "run").Select(stage => stage.GetProperty("name").GetString())));
        var tasks = stages.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(stage => stage == "split" ? "SplitDataset" : "ConvertDataset");
        Assert.Equal(["MakePlan", .. tasks], outcome.Tasks);
        return outcome;
    }

    /// <summary>The plan that the last build left.</summary>
    public JsonElement Plan() => Json("obj/nanodet/plan.json");

    /// <summary>A JSON file of the project.</summary>
    public JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllBytes(Folder[path])).RootElement;

    /// <inheritdoc />
    public void Dispose() => Folder.Dispose();
}
