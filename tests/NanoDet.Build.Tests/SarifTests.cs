using System.Text.Json;
using Json.Schema;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;

namespace NanoDet.Build.Tests;

/// <summary>What <c>NanoDetSarif</c> writes, judged by the schema of the standard.</summary>
public sealed class SarifTests(PackageFeed feed)
{
    internal const string ReportFile = "reports/labels.sarif";

    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sarif-2.1.0.json")));

    [Fact]
    public async Task All_problems_of_a_plan_stand_in_the_file_with_the_levels_that_the_project_gives_them()
    {
        using var project = BuildProject.OfSdk(feed, $"<PropertyGroup><NanoDetSarif>{ReportFile}</NanoDetSarif></PropertyGroup>");
        Directory.CreateDirectory(project.Folder["../.git"]);
        TinyVoc.Write(project.Folder, 30);
        for (var i = 0; i < 30; i++)
        {
            project.Folder.Write($"annotations/img{i}.xml", TinyVoc.Xml($"img{i}.png", "bolt", left: 30));
        }

        TinyVoc.WritePair(project.Folder, 31, "bolt", "nut & 100% ü");
        project.Folder.Write("annotations/nut & 100% ü.xml", TinyVoc.Xml("nut & 100% ü.png", "bolt", left: 30));

        var first = await project.BuildAsync();
        Assert.True(first.ExitCode == 0, first.Output);
        var results = Results(project);
        Assert.Equal(31, results.Count(result => result.Code == "NDB1030"));
        var shown = first.Diagnostics.First(diagnostic => diagnostic.Code == "NDB1030");
        Assert.Contains(("NDB1030", "warning", $"model/annotations/{Path.GetFileName(shown.File)}", shown.LineNumber, shown.ColumnNumber), results);
        Assert.Contains(results, result => result.Uri == "model/annotations/nut%20%26%20100%25%20%C3%BC.xml");
        var rule = Run(project).GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("id").GetString() == "NDB1030");
        Assert.EndsWith("/docs/diagnostics/NDB1030.md", rule.GetProperty("helpUri").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString()!);

        // A plan that only repeats the last one writes the same, and touches no file that has it.
        var (bytes, written) = (Bytes(project), File.GetLastWriteTimeUtc(project.Folder[ReportFile]));
        await project.ExpectStagesAsync("");
        Assert.Equal(written, File.GetLastWriteTimeUtc(project.Folder[ReportFile]));
        File.Delete(project.Folder[ReportFile]);
        await project.ExpectStagesAsync("");
        Assert.Equal(bytes, Bytes(project));

        foreach (var (argument, level) in new[] { ("NoWarn=NDB1030", null), ("WarningsAsErrors=NDB1030", "error"), ("TreatWarningsAsErrors=true", "error") })
        {
            await project.BuildAsync($"-p:{argument}");
            Assert.Equal(level is null ? [] : [level], Results(project).Where(result => result.Code == "NDB1030").Select(result => result.Level).Distinct());
        }
    }

    [Fact]
    public async Task A_plan_that_fails_says_in_the_file_why()
    {
        using var project = BuildProject.OfSdk(feed, $"<PropertyGroup><NanoDetSarif>{ReportFile}</NanoDetSarif></PropertyGroup>");
        TinyVoc.Write(project.Folder, 10);
        project.Folder.Write("annotations/img2.xml", "<annotation>\n  <object></objekt>\n</annotation>");
        var error = Assert.Single((await project.BuildAsync()).Diagnostics.OfType<Error>());
        Assert.Contains((error.Code, "error", "annotations/img2.xml", 2, error.ColumnNumber), Results(project));

        // Without a list of classes there is no plan at all.
        project.Folder.Write("classes.txt", "");
        var thrown = Assert.Single((await project.BuildAsync()).Diagnostics.OfType<Error>());
        Assert.Equal((thrown.Code, "error", "classes.txt"), Assert.Single(Results(project).Select(result => (result.Code, result.Level, result.Uri))));

        File.Delete(project.Folder["classes.txt"]);
        project.Folder.Write("annotations/img2.xml", TinyVoc.Xml("img2.png", "bolt"));
        await project.ExpectStagesAsync("split convert");
        Assert.DoesNotContain(Results(project), result => result.Level == "error");
    }

    /// <summary>The results in the file, which is as the schema says.</summary>
    internal static List<(string Code, string Level, string Uri, int Line, int Column)> Results(BuildProject project)
        => [.. Run(project).GetProperty("results").EnumerateArray().Select(result =>
        {
            var place = Assert.Single(result.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
            Assert.Equal("%SRCROOT%", place.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString());
            var hasRegion = place.TryGetProperty("region", out var region);
            return (
                result.GetProperty("ruleId").GetString()!, result.GetProperty("level").GetString()!, place.GetProperty("artifactLocation").GetProperty("uri").GetString()!,
                hasRegion ? region.GetProperty("startLine").GetInt32() : 0, hasRegion && region.TryGetProperty("startColumn", out var column) ? column.GetInt32() : 0);
        })];

    private static JsonElement Run(BuildProject project)
    {
        var log = project.Json(ReportFile);
        var judged = Schema.Evaluate(log, new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        Assert.True(judged.IsValid, string.Join("; ", (judged.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))));
        return Assert.Single(log.GetProperty("runs").EnumerateArray());
    }

    private static byte[] Bytes(BuildProject project) => File.ReadAllBytes(project.Folder[ReportFile]);
}
