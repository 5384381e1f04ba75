using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;

namespace NanoDet.Build.Tests;

/// <summary>Pictures that are damaged, or that change after the plan has read them.</summary>
public sealed class ChangedPictureTests(PackageFeed feed)
{
    [Theory]
    [InlineData("NanoDetAugment")]
    [InlineData("NanoDetTrain")]
    [InlineData("NanoDetEvaluate")]
    public async Task A_picture_that_changes_after_the_plan_ends_the_stage_and_nothing_of_it_is_kept(string stage)
    {
        using var store = new TestFolder("store");
        using var project = BuildProject.OfModel(feed, epochs: 1, $"""
            <PropertyGroup><NanoDetAugmentationCopies>1</NanoDetAugmentationCopies><NanoDetAugmentationPreset>imgaug-classic</NanoDetAugmentationPreset></PropertyGroup>
            <Target Name="Change" BeforeTargets="{stage}" Condition="'$(Changes)' == 'true'">
              <Copy SourceFiles="other.png" DestinationFiles="%(NanoDetImage.FullPath)" />
            </Target>
            """, store.FullPath);
        File.WriteAllBytes(project.Folder["other.png"], TinyPng.Bytes(99));

        var build = await project.BuildAsync("-p:Changes=true");

        Assert.NotEqual(0, build.ExitCode);
        var errors = build.Diagnostics.OfType<Error>().ToList();
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Equal("NDB1206", error.Code));
        Assert.All(errors, error => Assert.StartsWith(project.Folder["images"], error.File, StringComparison.Ordinal));
        var name = stage["NanoDet".Length..].ToLowerInvariant();
        Assert.False(File.Exists(project.Folder[$"obj/nanodet/stages/{name}.done"]));
        Assert.Equal(stage == "NanoDetEvaluate" ? 2 : 0, Directory.Exists(store["ac"]) ? Directory.EnumerateFiles(store["ac"], "*", SearchOption.AllDirectories).Count() : 0);
    }

    [Fact]
    public async Task A_damaged_validation_picture_is_told_before_the_first_step_and_only_then_is_it_decoded()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1, "<ItemGroup><NanoDetImage Update=\"images/img3.png\" Split=\"Validation\" /></ItemGroup>");
        var whole = await File.ReadAllBytesAsync(project.Folder["images/img3.png"], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(project.Folder["images/img3.png"], whole[..50], TestContext.Current.CancellationToken);

        var build = await project.BuildAsync();

        var error = Assert.Single(build.Diagnostics.OfType<Error>());
        Assert.Equal(("NDB1200", project.Folder["images/img3.png"]), (error.Code, error.File));
        Assert.DoesNotContain("epoch 1/1", build.Output, StringComparison.Ordinal);
        Assert.Equal(1 + 9, File.ReadAllLines(project.Folder["obj/nanodet/decoded.cache"]).Length);

        await File.WriteAllBytesAsync(project.Folder["images/img3.png"], whole, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await project.BuildAsync()).ExitCode);
        Assert.Equal(1 + 10, File.ReadAllLines(project.Folder["obj/nanodet/decoded.cache"]).Length);
    }
}
