using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;

namespace NanoDet.Build.Tests;

/// <summary>The report that a real build leaves beside its model.</summary>
public sealed partial class ReportTests(PackageFeed feed)
{
    private const string Report = "bin/Debug/netstandard2.0/Model.report.html";
    private const string Script = "<script>alert(1)</script>";

    [Fact]
    public async Task A_model_has_a_report_with_the_numbers_of_its_manifest()
    {
        using var project = BuildProject.OfModel(feed, epochs: 2);
        project.Folder.Write("tiny.yml", TinyConfiguration.Yml(2, Script, "a & b"));
        foreach (var (index, file) in Directory.GetFiles(project.Folder["annotations"]).Order(StringComparer.Ordinal).Index())
        {
            var name = WebUtility.HtmlEncode(index % 2 == 0 ? Script : "a & b");
            await File.WriteAllTextAsync(file, TinyVoc.Xml(Path.ChangeExtension(Path.GetFileName(file), ".png"), name), TestContext.Current.CancellationToken);
        }

        await project.ExpectStagesAsync("split convert train export evaluate");
        var html = await File.ReadAllTextAsync(project.Folder[Report], TestContext.Current.CancellationToken);
        var manifest = project.Json("bin/Debug/netstandard2.0/Model.manifest.json");
        var numbers = Value().Matches(html).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToHashSet();
        var evaluation = manifest.GetProperty("evaluation");
        Assert.All(Figures(evaluation.GetProperty("validation")).Concat(Figures(evaluation.GetProperty("test"))), figure => Assert.Contains(figure, numbers));
        foreach (var text in new[] { "version", "commit", "tool" }.Select(name => manifest.GetProperty(name)).Where(text => text.ValueKind == JsonValueKind.String)
            .Concat([manifest.GetProperty("training").GetProperty("key"), manifest.GetProperty("data").GetProperty("fingerprint"), manifest.GetProperty("files")[0].GetProperty("sha256")]))
        {
            Assert.Contains(WebUtility.HtmlEncode(text.GetString()!), html, StringComparison.Ordinal);
        }

        Assert.Contains(WebUtility.HtmlEncode(Script), html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetDirectoryName(project.Folder.FullPath)!, html, StringComparison.Ordinal);
        Assert.DoesNotContain("last model", html, StringComparison.Ordinal);

        // Nothing runs again, and the page, which then has a last model to compare with, stays the same.
        var written = File.GetLastWriteTimeUtc(project.Folder[Report]);
        await project.ExpectStagesAsync("");
        Assert.Equal(written, File.GetLastWriteTimeUtc(project.Folder[Report]));

        // Another model is compared with this one, also by the builds after its own.
        project.Folder.Write("annotations/img3.xml", TinyVoc.Xml("img3.png", WebUtility.HtmlEncode("a & b"), left: 9));
        await project.ExpectStagesAsync("convert train export evaluate");
        var next = await File.ReadAllBytesAsync(project.Folder[Report], TestContext.Current.CancellationToken);
        Assert.Contains("mAP, last model", System.Text.Encoding.UTF8.GetString(next), StringComparison.Ordinal);
        await project.ExpectStagesAsync("");
        Assert.Equal(next, await File.ReadAllBytesAsync(project.Folder[Report], TestContext.Current.CancellationToken));

        // On wish, the curves are files too. A rejected model has a report too, but not beside the model that stays.
        Assert.False(Directory.Exists(project.Folder["bin/Debug/netstandard2.0/Model.report"]));
        await project.ExpectStagesAsync("", "-p:NanoDetReportCurves=true");
        var curves = Directory.GetFiles(project.Folder["bin/Debug/netstandard2.0/Model.report"]).Select(Path.GetFileName).ToList();
        Assert.Contains("validation-part.csv", curves);
        Assert.Contains("training-losses.svg", curves);
        var rejected = await project.BuildAsync("-p:NanoDetMinimumMap50=1", "-p:NanoDetSeed=7");
        Assert.NotEqual(0, rejected.ExitCode);
        Assert.Contains($"NanoDet: the report of this model is {project.Folder["obj/nanodet/report/report.html"]}", rejected.Output, StringComparison.Ordinal);
        Assert.NotEqual(next, await File.ReadAllBytesAsync(project.Folder["obj/nanodet/report/report.html"], TestContext.Current.CancellationToken));
        Assert.Equal(next, await File.ReadAllBytesAsync(project.Folder[Report], TestContext.Current.CancellationToken));
    }

    private static IEnumerable<double> Figures(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Where(member => member.Name != "images").SelectMany(member => Figures(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Figures),
        JsonValueKind.Number => [element.GetDouble()],
        _ => [],
    };

    [GeneratedRegex("<data value=\"([^\"]*)\">")]
    private static partial Regex Value();
}
