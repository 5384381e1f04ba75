using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>Model projects beside each other in a solution.</summary>
public sealed class SolutionTests(PackageFeed feed)
{
    private static readonly string[] Names = ["Left", "Right"];

    [Fact]
    public async Task Two_model_projects_build_at_the_same_time_on_a_machine_without_libtorch()
    {
        using var folder = new TestFolder("solution");
        folder.Write("nuget.config", feed.EmptyMachine(folder["packages"]));
        folder.Write("tiny.yml", TinyConfiguration.Yml(epochs: 1));
        folder.Write("Directory.Build.props", "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        foreach (var name in Names)
        {
            folder.Write($"{name}/{name}.csproj", BuildProject.LibraryProject(TinyConfiguration.Properties.Replace("tiny.yml", "../tiny.yml", StringComparison.Ordinal)));
            TinyVoc.Write(folder, 10, $"{name}/images", $"{name}/annotations");
        }

        folder.Write("Both.slnx", $"<Solution>{string.Concat(Names.Select(name => $"<Project Path=\"{name}/{name}.csproj\" />"))}</Solution>");
        var first = await BuildAsync(folder, "first.binlog", "-p:NanoDetStore=");
        Assert.Equal(2, first.Tasks.Count(task => task == "TrainModel"));
        Assert.Contains(first.Messages, message => message.StartsWith("NanoDet: restoring libtorch", StringComparison.Ordinal));
        Assert.Equal(
            Names.Select(name => $"{name}.onnx"),
            Directory.EnumerateFiles(folder.FullPath, "*.onnx", SearchOption.AllDirectories).Where(path => path.Contains("Debug", StringComparison.Ordinal)).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        var second = await BuildAsync(folder, "second.binlog", "-p:NanoDetStore=");
        Assert.Equal("", BuildProject.Run(second));
        Assert.DoesNotContain(second.Messages, message => message.StartsWith("NanoDet: restoring libtorch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_solution_takes_a_project_of_our_SDK()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 4);
        foreach (var command in new string[][] { ["new", "sln", "-n", "All"], ["sln", "add", "Model.proj"] })
        {
            var (exitCode, output) = await DotNet.RunAsync(project.Folder.FullPath, command);
            Assert.True(exitCode == 0, output);
        }

        var build = await BuildAsync(project.Folder, "solution.binlog", "-p:NanoDetTrain=never");
        Assert.Equal("split convert", BuildProject.Run(build));
    }

    private static async Task<BuildOutcome> BuildAsync(TestFolder folder, string log, params string[] arguments)
    {
        var solution = Directory.EnumerateFiles(folder.FullPath, "*.slnx").Single();
        var build = new RunningBuild(DotNet.Start(folder.FullPath, ["dotnet", "build", solution, "-m", "-nologo", $"-bl:{log}", .. arguments]), folder[log]);
        var outcome = await build.EndAsync();
        Assert.True(outcome.ExitCode == 0, outcome.Output);
        return outcome;
    }
}
