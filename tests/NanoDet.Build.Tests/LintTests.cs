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
    private const string Page = "obj/nanodet/lint/findings.html";
    private const string Report = "bin/Debug/netstandard2.0/Model.report.html";
    private static readonly string Lint = $"<PropertyGroup><NanoDetLint>true</NanoDetLint><NanoDetSarif>{SarifTests.ReportFile}</NanoDetSarif></PropertyGroup>";

    [Fact]
    public async Task The_lint_is_a_stage_and_its_findings_are_warnings_until_they_are_accepted()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1, Lint);
        TinyVoc.Write(project.Folder, 32);

        var first = await project.ExpectStagesAsync("split convert train export evaluate lint");
        Assert.Contains(first.Diagnostics, told => told is Warning { Code: "NDB5108" });
        Assert.Contains("<section id=\"lint\">", File.ReadAllText(project.Folder[Report]), StringComparison.Ordinal);
        Assert.True(File.Exists(project.Folder["obj/nanodet/lint/fold1/model.onnx"]));
        Assert.True(File.Exists(project.Folder["obj/nanodet/lint/fold2/model.onnx"]));
        string[] written = [Page, Report, SarifTests.ReportFile, "obj/nanodet/lint/findings.txt"];
        var times = written.Select(file => File.GetLastWriteTimeUtc(project.Folder[file])).ToList();
        Assert.Equal(["CheckProject", "MakePlan", "DescribeModel", "KeepSplitRecord", "ReportLabels", "CheckCopiedModel"], (await project.ExpectStagesAsync("")).Tasks);
        Assert.Equal(times, written.Select(file => File.GetLastWriteTimeUtc(project.Folder[file])));

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
        Assert.Contains($"NanoDet: lint: 1 finding: {Page}", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("NanoDet: lint: models that have not seen the labels notice about 50 of 100 missing labels and 25 of 100 wrong classes", outcome.Output, StringComparison.Ordinal);
        var place = ("NDB1603", "warning", $"annotations/{Path.GetFileName(warning.File)}", warning.LineNumber, warning.ColumnNumber);
        Assert.Equal([place], Told(project));
        var page = await File.ReadAllTextAsync(project.Folder[Page], TestContext.Current.CancellationToken);
        Assert.Contains($"annotations/{Path.GetFileName(warning.File)}({warning.LineNumber},{warning.ColumnNumber})", page, StringComparison.Ordinal);
        Assert.Contains("data-command=\"dotnet nanodet lint obj/nanodet --accept\"", page, StringComparison.Ordinal);
        Assert.Contains("data:image/jpeg;base64,", page, StringComparison.Ordinal);
        var report = await File.ReadAllTextAsync(project.Folder[Report], TestContext.Current.CancellationToken);
        Assert.Contains($"<bdi>annotations/{Path.GetFileName(warning.File)}({warning.LineNumber},{warning.ColumnNumber})</bdi>", report, StringComparison.Ordinal);
        Assert.Contains($"<bdi>{Page}</bdi>", report, StringComparison.Ordinal);

        // Also by a plan alone, and not where nobody asks for a lint.
        File.Delete(project.Folder[SarifTests.ReportFile]);
        Assert.Equal(0, (await project.BuildAsync("-t:NanoDetPlan")).ExitCode);
        Assert.Equal([place], Told(project));
        Assert.Equal(0, (await project.BuildAsync("-p:NanoDetLint=false")).ExitCode);
        Assert.Empty(Told(project));
        Assert.DoesNotContain("<section id=\"lint\">", File.ReadAllText(project.Folder[Report]), StringComparison.Ordinal);

        Assert.Equal(1, (await project.BuildAsync("-p:WarningsAsErrors=NDB1603")).ExitCode);
        Assert.Equal([place with { Item2 = "error" }], Told(project));
        Assert.DoesNotContain((await project.BuildAsync("-p:NoWarn=NDB1603")).Diagnostics, told => told.Code == "NDB1603");

        var accepted = LintBaseline.Empty.With([AcceptedFinding.Of("NDB1603", image.Item.Path, image.Item.ContentHash, dataset.Classes[labelled.Label], labelled.Box)]);
        File.WriteAllBytes(project.Folder["nanodet.lint.json"], accepted.ToJson());
        Assert.DoesNotContain((await project.ExpectStagesAsync("")).Diagnostics, told => told.Code == "NDB1603");
        Assert.Empty(Told(project));
        Assert.DoesNotContain("NDB1603", File.ReadAllText(project.Folder[Page]), StringComparison.Ordinal);
        Assert.DoesNotContain("NDB1603", File.ReadAllText(project.Folder[Report]), StringComparison.Ordinal);

        // The models of the folds are there; they only look again.
        var stricter = await project.ExpectStagesAsync("lint", "-p:NanoDetLintConfidence=NDB1603=1%3BNDB1602=1");
        Assert.Contains("lint will run because NanoDetLintConfidence is now 'NDB1602=1;NDB1603=1'", stricter.Output, StringComparison.Ordinal);
        Assert.Contains("the training is already complete", stricter.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await project.BuildAsync("-t:Clean")).ExitCode);
        Assert.False(Directory.Exists(project.Folder["obj/nanodet/lint"]));
    }

    [Fact]
    public async Task A_clone_with_the_same_store_gets_the_findings_and_trains_no_fold()
    {
        using var store = new TestFolder("store");
        using var project = BuildProject.OfModel(feed, epochs: 1, Lint, store.FullPath);
        TinyVoc.Write(project.Folder, 32);
        await project.ExpectStagesAsync("split convert train export evaluate lint");
        using var clone = BuildProject.OfModel(feed, epochs: 1, Lint, store.FullPath);
        TinyVoc.Write(clone.Folder, 32);

        var outcome = await clone.BuildAsync();

        Assert.True(outcome.ExitCode == 0, outcome.Output);
        Assert.Equal(("split convert", "train export evaluate lint"), (BuildProject.Run(outcome), clone.Planned("restore")));
        Assert.Contains("NanoDet: lint: restored from the store", outcome.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(clone.Folder["obj/nanodet/lint/fold1"]));
        Assert.All(new[] { Findings, Report }, file => Assert.Equal(File.ReadAllBytes(project.Folder[file]), File.ReadAllBytes(clone.Folder[file])));
        Assert.True(File.Exists(clone.Folder[Page]));

        // A later build that loses them gets them again, and nothing else.
        File.Delete(project.Folder[Findings]);
        var again = await project.BuildAsync();
        Assert.Equal(("", "lint"), (BuildProject.Run(again), project.Planned("restore")));
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

    private static List<(string Code, string Level, string Uri, int Line, int Column)> Told(BuildProject project)
        => SarifTests.Results(project).FindAll(result => result.Code.StartsWith("NDB16", StringComparison.Ordinal));

    private static void Replace(BuildProject project, ImmutableArray<LabelFinding> findings)
    {
        var (file, record) = (project.Folder[Findings], project.Folder["obj/nanodet/stages/lint.done"]);
        var before = ContentHash.OfFile(file);
        File.WriteAllBytes(file, new LintFindings(findings, new(20, 10, 5)).ToJson());
        File.WriteAllText(record, File.ReadAllText(record).Replace($"{before}", $"{ContentHash.OfFile(file)}", StringComparison.Ordinal));
    }
}
