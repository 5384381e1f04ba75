using System.Collections.Immutable;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Linting;
using NanoDet.Testing;
using Warning = Microsoft.Build.Logging.StructuredLogger.Warning;

namespace NanoDet.Build.Tests;

/// <summary>Labels compared with what models find, by real builds with a tiny network.</summary>
public sealed class LintTests(PackageFeed feed)
{
    private const string Findings = "obj/nanodet/lint/findings.json";

    [Fact]
    public async Task The_lint_is_a_stage_and_its_findings_are_warnings_until_they_are_accepted()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1, "<PropertyGroup><NanoDetLint>true</NanoDetLint></PropertyGroup>");
        TinyVoc.Write(project.Folder, 32);

        await project.ExpectStagesAsync("split convert train export evaluate lint");
        Assert.True(File.Exists(project.Folder["obj/nanodet/lint/fold1/model.onnx"]));
        Assert.True(File.Exists(project.Folder["obj/nanodet/lint/fold2/model.onnx"]));
        await project.ExpectStagesAsync("");

        // What a network finds after one epoch is chance, so the findings are made.
        var dataset = DatasetFile.Read(project.Folder["obj/nanodet/dataset.json"]);
        var image = dataset.Images.Index().First(entry => entry.Item.Objects.Length > 0);
        var labelled = image.Item.Objects[0];
        Replace(project, [new(LabelFindingKind.Box, image.Index, 0, labelled, labelled with { Box = new BoundingBox(0, 0, 9, 9) }, 0.9)]);

        var outcome = await project.ExpectStagesAsync("");
        var warning = Assert.Single(outcome.Diagnostics, told => told.Code == "NDB1603");
        Assert.IsType<Warning>(warning);
        var line = File.ReadAllLines(project.Folder[$"annotations/{Path.GetFileName(warning.File)}"])[warning.LineNumber - 1];
        Assert.Equal("<bndbox>", line[(warning.ColumnNumber - 1)..][..8]);

        Assert.Equal(1, (await project.BuildAsync("-p:WarningsAsErrors=NDB1603")).ExitCode);
        Assert.DoesNotContain((await project.BuildAsync("-p:NoWarn=NDB1603")).Diagnostics, told => told.Code == "NDB1603");

        var accepted = LintBaseline.Empty.With([AcceptedFinding.Of("NDB1603", image.Item.Path, image.Item.ContentHash, dataset.Classes[labelled.Label], labelled.Box)]);
        File.WriteAllBytes(project.Folder["nanodet.lint.json"], accepted.ToJson());
        Assert.DoesNotContain((await project.ExpectStagesAsync("")).Diagnostics, told => told.Code == "NDB1603");

        Assert.Equal(0, (await project.BuildAsync("-t:Clean")).ExitCode);
        Assert.False(Directory.Exists(project.Folder["obj/nanodet/lint"]));
    }

    [Fact]
    public async Task The_target_runs_where_the_property_does_not_ask_for_it_and_few_images_need_no_more_models()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        await project.ExpectStagesAsync("split convert train export evaluate");
        Assert.False(File.Exists(project.Folder[Findings]));

        var outcome = await project.BuildAsync("-t:NanoDetLint");

        Assert.True(outcome.ExitCode == 0, outcome.Output);
        Assert.Equal("lint", BuildProject.Run(outcome));
        Assert.True(File.Exists(project.Folder[Findings]));
        Assert.False(Directory.Exists(project.Folder["obj/nanodet/lint/fold1"]));
    }

    private static void Replace(BuildProject project, ImmutableArray<LabelFinding> findings)
    {
        var (file, record) = (project.Folder[Findings], project.Folder["obj/nanodet/stages/lint.done"]);
        var before = ContentHash.OfFile(file);
        File.WriteAllBytes(file, LintFindings.ToJson(findings));
        File.WriteAllText(record, File.ReadAllText(record).Replace($"{before}", $"{ContentHash.OfFile(file)}", StringComparison.Ordinal));
    }
}
