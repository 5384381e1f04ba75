using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>When a build writes the split record beside the project.</summary>
public sealed class SplitRecordTests(PackageFeed feed)
{
    private const string Written = "NanoDet: wrote nanodet.split.json: it keeps ";
    private const string Group = """
        <ItemGroup Condition="'$(Grouped)' == 'true'"><NanoDetImage Update="images/img0.png" Group="night" /></ItemGroup>
        """;

    [Fact]
    public async Task A_build_writes_the_split_record_and_says_so_and_a_plan_does_not()
    {
        using var project = BuildProject.OfSdk(feed, Group);
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

    [Fact]
    public async Task An_undone_change_brings_the_model_and_the_record_of_before_although_a_build_had_accepted_another()
    {
        using var project = BuildProject.OfModel(feed, epochs: 2, Group, store: "../store");
        string[] files = [project.Folder["bin/Debug/netstandard2.0/Model.onnx"], project.Folder["nanodet.split.json"]];

        Assert.Equal(0, (await project.BuildAsync()).ExitCode);
        var before = Content();

        var changed = await project.BuildAsync("-p:Grouped=true");
        Assert.True(changed.ExitCode == 0, changed.Output);
        Assert.Contains(Written, changed.Output, StringComparison.Ordinal);
        Assert.NotEqual(before[1], Content()[1]);

        var undone = await project.BuildAsync();
        Assert.True(undone.ExitCode == 0, undone.Output);
        Assert.Equal(before, Content());

        string[] Content() => [.. files.Select(file => File.Exists(file) ? Convert.ToHexString(File.ReadAllBytes(file)) : "")];
    }
}
