using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>When a build writes the split record beside the project.</summary>
public sealed class SplitRecordTests(PackageFeed feed)
{
    private const string Written = "NanoDet: wrote nanodet.split.json: it keeps 1 image";

    [Fact]
    public async Task A_build_writes_the_split_record_and_says_so_and_a_plan_does_not()
    {
        using var project = BuildProject.OfSdk(feed, """
            <ItemGroup Condition="'$(Grouped)' == 'true'"><NanoDetImage Update="images/img0.png" Group="night" /></ItemGroup>
            """);
        TinyVoc.Write(project.Folder, 40);
        var record = project.Folder["nanodet.split.json"];

        await project.ExpectStagesAsync("split convert");
        Assert.False(File.Exists(record));

        Assert.DoesNotContain(Written, (await project.BuildAsync("-t:NanoDetPlan", "-p:Grouped=true")).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(record));

        Assert.Contains(Written, (await project.BuildAsync("-p:Grouped=true")).Output, StringComparison.Ordinal);
        Assert.True(File.Exists(record));
        WrittenFiles.Expect(project.Folder.FullPath);
        Assert.DoesNotContain(Written, (await project.BuildAsync("-p:Grouped=true")).Output, StringComparison.Ordinal);

        Assert.Contains("NanoDet: removed nanodet.split.json", (await project.BuildAsync()).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(record));
    }
}
