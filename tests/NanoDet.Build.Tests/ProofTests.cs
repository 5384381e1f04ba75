using NanoDet.Build.Tests.Infrastructure;
using Warning = Microsoft.Build.Logging.StructuredLogger.Warning;

namespace NanoDet.Build.Tests;

/// <summary>What a build says about a machine that computes wrongly.</summary>
public sealed class ProofTests(PackageFeed feed)
{
    [Fact]
    public async Task Training_and_export_find_the_same_and_the_build_says_it_once()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        project.Home = Directory.CreateDirectory(project.Folder["../home"]).FullName;
        var first = await project.BuildAsync();
        Assert.True(first.ExitCode == 0, first.Output);

        // As if another choice had been wrong.
        foreach (var verdict in Directory.GetFiles(project.Folder["../home/.nanodet/arithmetic"]))
        {
            var proved = await File.ReadAllTextAsync(verdict, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(verdict, proved.Replace(
                "\"replaced\": null", """ "replaced": { "operation": "a convolution", "result": "output", "deviation": 1, "channels": "all" } """, StringComparison.Ordinal),
                TestContext.Current.CancellationToken);
        }

        var second = await project.BuildAsync("-p:NanoDetEpochs=2");

        Assert.True(second.ExitCode == 0, second.Output);
        Assert.Equal(["TrainModel", "ExportModel"], second.Tasks.Intersect(["TrainModel", "ExportModel"]));
        Assert.Single(second.Diagnostics, diagnostic => diagnostic is Warning { Code: "NDB4060" });
    }
}
