using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Data.Datasets;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;

namespace NanoDet.Build.Tests;

/// <summary>Classes that a project names, in place of a change of the labels.</summary>
public sealed class ClassTests(PackageFeed feed)
{
    [Fact]
    public async Task A_project_learns_some_classes_and_gives_one_several_names()
    {
        using var project = BuildProject.OfSdk(feed, """
              <PropertyGroup>
                <NanoDetOtherClasses>Ignore</NanoDetOtherClasses>
              </PropertyGroup>
              <ItemGroup>
                <NanoDetClass Include="screw" Aliases="bolt; stud" />
              </ItemGroup>
            """);
        TinyVoc.Write(project.Folder, 6);

        Assert.Equal(0, (await project.BuildAsync("-t:NanoDetPlan")).ExitCode);
        var dataset = DatasetFile.Read(project.Folder["obj/nanodet/dataset.json"]);
        Assert.Equal(["screw"], dataset.Classes);
        Assert.Equal([1, 0, 1, 0, 1, 0], dataset.Images.Select(image => image.Objects.Length));
    }

    [Fact]
    public async Task An_alias_of_two_classes_is_an_error_of_the_project()
    {
        using var project = BuildProject.OfSdk(feed, """
              <ItemGroup>
                <NanoDetClass Include="nut" />
                <NanoDetClass Include="screw" Aliases="bolt;nut" />
              </ItemGroup>
            """);
        TinyVoc.Write(project.Folder, 6);

        var error = Assert.Single((await project.BuildAsync("-t:NanoDetPlan")).Diagnostics.OfType<Error>());
        Assert.Equal(("NDB1048", "Model.proj"), (error.Code, Path.GetFileName(error.File)));
    }
}
