using System.Security.Cryptography;
using System.Text.Json;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using Warning = Microsoft.Build.Logging.StructuredLogger.Warning;

namespace NanoDet.Build.Tests;

/// <summary>What becomes of a model when its data changes, by real builds with a tiny network.</summary>
public sealed class CorrectedLabelTests(PackageFeed feed)
{
    [Fact]
    public async Task A_corrected_label_goes_on_from_the_last_model_and_the_manifest_tells()
    {
        using var project = BuildProject.OfModel(
            feed, epochs: 10, "<ItemGroup><NanoDetImage Update=\"images/img3.png;images/img5.png\" Split=\"Train\" /></ItemGroup>");
        var first = await project.ExpectStagesAsync("split convert train export evaluate");
        Assert.Contains("NanoDet: a new training starts: there is no earlier model", first.Output, StringComparison.Ordinal);
        Assert.Equal("scratch", Lineage(project).GetProperty("policy").GetString());
        var parent = Digest(project);

        // A dry run says what would be done; then it is done, in a third of the epochs.
        project.Folder.Write("annotations/img3.xml", TinyVoc.Xml("img3.png", "nut", left: 9));
        const string Decision = "NanoDet: training continues from the last model, as warm start 1 in a row: 1 image was changed (";
        var dry = await project.BuildAsync("-t:NanoDetPlan");
        Assert.Contains(Decision, dry.Output, StringComparison.Ordinal);
        Assert.Contains("NanoDet: train will run because the data changed", dry.Output, StringComparison.Ordinal);
        Assert.Equal(["CheckProject", "MakePlan"], dry.Tasks);
        Assert.Equal("finetune", project.Plan().GetProperty("training").GetProperty("decision").GetProperty("lineage").GetProperty("way").GetString());
        var warm = await project.ExpectStagesAsync("convert train export evaluate", "-p:NanoDetIncrementalTolerance=1");
        Assert.Contains(Decision, warm.Output, StringComparison.Ordinal);
        Assert.Contains("epoch 2/2", warm.Output, StringComparison.Ordinal);
        var lineage = Lineage(project);
        Assert.Equal(("finetune", parent, 1), (lineage.GetProperty("policy").GetString(), lineage.GetProperty("parent").GetString(), lineage.GetProperty("generation").GetInt32()));
        Assert.Equal("images/img3.png", lineage.GetProperty("changed").GetProperty("first")[0].GetString());
        await project.ExpectStagesAsync("");
        var verified = await project.BuildAsync("-t:NanoDetVerify");
        Assert.True(verified.ExitCode == 0, verified.Output);
        Assert.Contains("NanoDet: verified, bit-exact: the model was trained from its parent again and has the same bytes", verified.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.Folder["obj/nanodet.again"]));

        // Asked for from scratch: once, and what comes of it is the model of this data from then on.
        var scratch = await project.RunAsync("build", "--no-restore", "-t:NanoDetRebuildFromScratch");
        Assert.True(scratch.ExitCode == 0, scratch.Output);
        Assert.Contains("NanoDet: a new training starts: the build asks for it", scratch.Output, StringComparison.Ordinal);
        Assert.Contains("epoch 10/10", scratch.Output, StringComparison.Ordinal);
        Assert.Equal("scratch", Lineage(project).GetProperty("policy").GetString());
        await project.ExpectStagesAsync("");

        // Nothing may be trained: the model stays, and every build says so.
        var weights = Digest(project);
        project.Folder.Write("annotations/img5.xml", TinyVoc.Xml("img5.png", "nut", left: 9));
        foreach (var stages in new[] { "convert train export evaluate", "" })
        {
            var kept = await project.ExpectStagesAsync(stages, "-p:NanoDetIncremental=never");
            Assert.Contains(kept.Diagnostics, diagnostic => diagnostic is Warning { Code: "NDB4402" });
            Assert.Equal((weights, "stale"), (Digest(project), Lineage(project).GetProperty("policy").GetString()));
        }

        // And then it learns what it missed.
        var missed = await project.BuildAsync("-t:NanoDetPlan");
        Assert.Contains(Decision, missed.Output, StringComparison.Ordinal);
    }

    private static JsonElement Lineage(BuildProject project) => project.Json("bin/Debug/netstandard2.0/Model.manifest.json").GetProperty("lineage");

    private static string Digest(BuildProject project)
        => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(project.Folder["bin/Debug/netstandard2.0/Model.safetensors"])));
}
