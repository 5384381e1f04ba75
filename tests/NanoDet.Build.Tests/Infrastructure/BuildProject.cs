using System.Text.Json;
using NanoDet.Testing;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>A project in a fresh folder, built by the real <c>dotnet build</c>.</summary>
internal sealed class BuildProject : IDisposable
{
    private static readonly Dictionary<string, string> TaskNames = new()
    {
        ["split"] = "SplitDataset",
        ["convert"] = "ConvertDataset",
        ["augment"] = "AugmentPictures",
        ["train"] = "TrainModel",
        ["export"] = "ExportModel",
        ["evaluate"] = "EvaluateModel",
        ["lint"] = "LintLabels",
    };

    private readonly string _fileName;
    private readonly string[] _always;
    private int _builds;

    private BuildProject(PackageFeed feed, string folderName, string fileName, string? content, params string[] always)
    {
        _always = always;
        Folder = new TestFolder(folderName);
        _fileName = fileName;
        // One folder up, where names are plain: restore keeps such files in a list separated by semicolons.
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(Folder.FullPath)!, "nuget.config"), feed.Settings);
        if (content is not null)
        {
            Folder.Write(fileName, content);
        }
    }

    /// <summary>The project's folder.</summary>
    public TestFolder Folder { get; }

    /// <summary>Another user's home folder; null for that of the user who tests.</summary>
    public string? Home { get; set; }

    /// <summary>A project of our SDK, which compiles nothing.</summary>
    public static BuildProject OfSdk(PackageFeed feed, string body = "", string folderName = "model")
        => new(feed, folderName, "Model.proj", SdkProject(body), "-p:NanoDetTrain=never");

    /// <summary>A project of our SDK without data, which may train, without a store.</summary>
    public static BuildProject OfBody(PackageFeed feed, string body, params string[] always)
        => new(feed, "model", "Model.proj", SdkProject(body), [.. always, "-p:NanoDetStore="]);

    /// <summary>A project of our SDK that trains a tiny network on ten pictures.</summary>
    /// <param name="feed">Where the package comes from.</param>
    /// <param name="epochs">How long it trains.</param>
    /// <param name="body">More of the project file.</param>
    /// <param name="store">The folder of the store; none unless it is named, so that what has to be made is made.</param>
    /// <param name="folderName">The project's folder.</param>
    /// <param name="name">The project's name.</param>
    /// <param name="pictures">A folder for pictures and labels below the usual ones, with a slash before it.</param>
    public static BuildProject OfModel(PackageFeed feed, int epochs, string body = "", string store = "", string folderName = "model", string name = "Model", string pictures = "")
    {
        var project = new BuildProject(feed, folderName, $"{name}.proj", SdkProject($"<PropertyGroup>{TinyConfiguration.Properties}</PropertyGroup>{body}"), $"-p:NanoDetStore={store}");
        project.Folder.Write("tiny.yml", TinyConfiguration.Yml(epochs));
        TinyVoc.Write(project.Folder, 10, $"images{pictures}", $"annotations{pictures}");
        return project;
    }

    /// <summary>What <c>dotnet new nanodet</c> makes, its training shortened by a file in the folder above.</summary>
    public static async Task<BuildProject> OfTemplateAsync(PackageFeed feed)
    {
        var project = new BuildProject(feed, "Fasteners", "Fasteners.proj", content: null);
        foreach (var command in new string[][] { ["install", Path.Combine(feed.Packed, "NanoDet.Templates.1.0.0.nupkg")], ["nanodet", "-o", "Fasteners"] })
        {
            var (exitCode, output) = await DotNet.RunAsync(Path.GetDirectoryName(project.Folder.FullPath)!, ["new", .. command, "--debug:custom-hive", project.Folder["../hive"]]);
            Assert.True(exitCode == 0, output);
        }

        // As it is, but for a training of seconds.
        var content = File.ReadAllText(project.Folder["Fasteners.proj"]);
        var quick = content
            .Replace("<NanoDetEpochs>5<", "<NanoDetEpochs>1<", StringComparison.Ordinal)
            .Replace("<NanoDetInputSize>256x192<", "<NanoDetInputSize>64<", StringComparison.Ordinal);
        Assert.Contains("<NanoDetEpochs>1<", quick, StringComparison.Ordinal);
        Assert.Contains("<NanoDetInputSize>64<", quick, StringComparison.Ordinal);
        project.Folder.Write("Fasteners.proj", quick);
        return project;
    }

    /// <summary>A C# library that references our package.</summary>
    public static BuildProject OfLibrary(PackageFeed feed)
    {
        var project = new BuildProject(feed, "library", "Library.csproj", LibraryProject(OneFramework), "-p:NanoDetTrain=never");
        project.Folder.Write("Class.cs", "public class Class { }");
        return project;
    }

    /// <summary>A C# library that references our package and trains a tiny network on ten pictures.</summary>
    /// <param name="feed">Where the package comes from.</param>
    /// <param name="epochs">How long it trains.</param>
    /// <param name="frameworks">The properties that name its frameworks.</param>
    /// <param name="body">More of the project file.</param>
    public static BuildProject OfModelLibrary(PackageFeed feed, int epochs, string frameworks, string body = "")
    {
        var project = new BuildProject(feed, "library", "Library.csproj", LibraryProject(frameworks + TinyConfiguration.Properties, body));
        project.Folder.Write("Class.cs", "public static class Catalogue { public static string Classes => string.Join(',', Library.ModelInfo.Classes); }");
        project.Folder.Write("tiny.yml", TinyConfiguration.Yml(epochs));
        TinyVoc.Write(project.Folder, 10);
        return project;
    }

    /// <summary>The property of a project for one framework.</summary>
    public const string OneFramework = "<TargetFramework>net10.0</TargetFramework>";

    /// <summary>Properties of a project for two frameworks, of which neither needs anything that the SDK does not bring.</summary>
    public const string TwoFrameworks = """
        <TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks>
        <EnableWindowsTargeting>true</EnableWindowsTargeting>
        <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
        """;

    /// <summary>Text of a C# library that references our package.</summary>
    public static string LibraryProject(string properties, string body = "", string sdk = "Microsoft.NET.Sdk") => $"""
        <Project Sdk="{sdk}">
          <PropertyGroup>{properties}</PropertyGroup>
          <ItemGroup><PackageReference Include="NanoDet.Build" Version="1.0.0" PrivateAssets="all" /></ItemGroup>
          {body}
        </Project>
        """;

    /// <summary>Text of a project of our SDK.</summary>
    public static string SdkProject(string body = "", string version = "1.0.0")
        => $"<Project Sdk=\"NanoDet.Build/{version}\">{body}</Project>";

    /// <summary>Builds, restoring the first time only.</summary>
    public Task<BuildOutcome> BuildAsync(params string[] arguments)
        => RunAsync("build", _builds == 0 ? arguments : [.. arguments, "--no-restore"]);

    /// <summary>Runs a verb of <c>dotnet</c> that takes MSBuild's arguments.</summary>
    /// <remarks>What a build has written is as its JSON schema says, whatever the test is about.</remarks>
    public async Task<BuildOutcome> RunAsync(string verb, params string[] arguments)
    {
        var outcome = await Start(verb, arguments).EndAsync();
        if (outcome.ExitCode == 0 && verb is ("build" or "pack" or "publish"))
        {
            WrittenFiles.Expect(Folder.FullPath);
        }

        return outcome;
    }

    /// <summary>Starts a verb of <c>dotnet</c> that takes MSBuild's arguments.</summary>
    public RunningBuild Start(string verb, params string[] arguments) => Start(["dotnet"], verb, arguments);

    /// <summary>Starts a verb that Ctrl+C can reach, though the test run itself may have been started without it (in the background of a shell).</summary>
    public RunningBuild StartInterruptible(string verb, params string[] arguments) => Start(["env", "--default-signal=INT", "dotnet"], verb, arguments);

    /// <summary>Runs a verb with a variable in its environment, such as <c>NanoDetStore=</c>.</summary>
    public Task<BuildOutcome> RunWithAsync(string variable, string verb, params string[] arguments) => Start(["env", variable, "dotnet"], verb, arguments).EndAsync();

    private RunningBuild Start(string[] program, string verb, string[] arguments)
    {
        var log = Folder[$"build-{_builds++:00}.binlog"];
        return new RunningBuild(DotNet.Start(Folder.FullPath, [.. program, verb, _fileName, "-nologo", $"-bl:{Path.GetFileName(log)}", .. _always, .. arguments], Home), log);
    }

    /// <summary>Builds and expects success, and exactly these stages to be planned and run.</summary>
    public async Task<BuildOutcome> ExpectStagesAsync(string stages, params string[] arguments)
    {
        var outcome = await BuildAsync(arguments);
        Assert.True(outcome.ExitCode == 0, outcome.Output);
        Assert.Equal(stages, Planned("run"));
        Assert.Equal(stages, Run(outcome));
        return outcome;
    }

    /// <summary>
    /// Waits until what the last build wrote is known by its time stamp. Files of the last two seconds are read again by every plan,
    /// so that what a test counts would depend on how fast the machine is.
    /// </summary>
    public async Task SettleAsync(params string[] arguments)
    {
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await BuildAsync(["-t:NanoDetPlan", .. arguments])).ExitCode);
    }

    /// <summary>The stages for which the last plan has an action, in order.</summary>
    public string Planned(string action) => string.Join(' ', Plan().GetProperty("stages").EnumerateArray()
        .Where(stage => stage.GetProperty("action").GetString() == action).Select(stage => stage.GetProperty("name").GetString()));

    /// <summary>The stages that a build ran, in order.</summary>
    public static string Run(BuildOutcome outcome)
        => string.Join(' ', outcome.Tasks.Select(task => TaskNames.FirstOrDefault(name => name.Value == task).Key).Where(stage => stage is not null));

    /// <summary>The plan that the last build left.</summary>
    public JsonElement Plan() => Json("obj/nanodet/plan.json");

    /// <summary>A JSON file of the project.</summary>
    public JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllBytes(Folder[path])).RootElement;

    /// <inheritdoc />
    public void Dispose() => Folder.Dispose();
}
