using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>Projects for several frameworks, whose outer build has none.</summary>
public sealed class FrameworksTests(PackageFeed feed)
{
    [Fact]
    public async Task A_model_project_for_two_frameworks_builds_alone_referenced_and_in_isolation()
    {
        using var project = BuildProject.OfSdk(feed, $"<PropertyGroup>{BuildProject.TwoFrameworks}</PropertyGroup>");
        TinyVoc.Write(project.Folder, 4);
        project.Folder.Write("../Directory.Build.props", $"<Project><PropertyGroup>{BuildProject.TwoFrameworks}</PropertyGroup></Project>");
        project.Folder.Write("../program/Program.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><UseAppHost>false</UseAppHost></PropertyGroup>
              <ItemGroup><ProjectReference Include="../model/Model.proj" /></ItemGroup>
            </Project>
            """);
        project.Folder.Write("../program/Program.cs", "return;");
        var alone = await project.BuildAsync();
        Assert.True(alone.ExitCode == 0, alone.Output);
        // Both frameworks may plan before one of them has worked.
        Assert.All(["split is done", "convert is done"], done => Assert.Single(alone.Messages, message => message == done));

        foreach (var way in new string[][] { [], ["--no-restore", "-graph", "-isolate"] })
        {
            var (exitCode, output) = await DotNet.RunAsync(project.Folder["../program"], ["build", "-nologo", "-p:NanoDetTrain=never", .. way]);
            Assert.True(exitCode == 0, output);
        }
    }

    [Fact]
    public async Task A_model_takes_no_framework_that_a_folder_says_for_programs()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 4);
        project.Folder.Write("../Directory.Build.props", $"<Project><PropertyGroup>{BuildProject.OneFramework}</PropertyGroup></Project>");
        project.Folder.Write("../program/Program.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../model/Model.proj" /></ItemGroup>
            </Project>
            """);
        var (exitCode, output) = await DotNet.RunAsync(project.Folder["../program"], ["build", "-nologo", "-p:NanoDetTrain=never"]);
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task A_target_by_name_runs_for_the_first_framework()
    {
        using var project = BuildProject.OfLibrary(feed);
        project.Folder.Write("Library.csproj", BuildProject.LibraryProject(BuildProject.TwoFrameworks));
        TinyVoc.Write(project.Folder, 4);
        Assert.Equal(0, (await project.RunAsync("restore")).ExitCode);
        var planned = await project.RunAsync("build", "--no-restore", "-t:NanoDetPlan");
        Assert.True(planned.ExitCode == 0, planned.Output);
        Assert.Equal(["CheckProject", "MakePlan"], planned.Tasks);
        var converted = await project.RunAsync("build", "--no-restore", "-t:NanoDetConvert");
        Assert.Equal("convert", BuildProject.Run(converted));
    }
}
