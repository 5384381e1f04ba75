using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Sarif;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Sarif;

public sealed class SarifReportTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Findings_are_added_to_problems_without_a_file_a_line_or_a_column_and_replaced_by_later_ones()
    {
        var report = new SarifReport(_folder["project"], _folder["project/Parts.proj"], documentationFolder: "");
        Diagnostic[] problems =
        [
            new("NDB3012", DiagnosticSeverity.Warning, "no file"), new("NDB1200", DiagnosticSeverity.Error, "no line", new("images/a.jpg")),
            new("NDB1040", DiagnosticSeverity.Error, "no column", new("classes.txt", 3, 0)), new("NDB1041", DiagnosticSeverity.Warning, "elsewhere", new("../../../labels/a.xml", 1, 2)),
        ];
        File.WriteAllBytes(_folder["nanodet.sarif"], report.Of(problems));

        foreach (var id in new[] { "one", "two" })
        {
            var finding = new Diagnostic("NDB1601", DiagnosticSeverity.Warning, id, new("labels/a.xml", 4, 2));
            File.WriteAllBytes(_folder["nanodet.sarif"], report.WithFindings(_folder["nanodet.sarif"], [finding]));

            Assert.Equal(report.Of([.. problems, finding]), File.ReadAllBytes(_folder["nanodet.sarif"]));
        }

        var results = JsonDocument.Parse(File.ReadAllBytes(_folder["nanodet.sarif"])).RootElement.GetProperty("runs")[0].GetProperty("results");
        Assert.Equal(["no file", "no line", "no column", "elsewhere", "two"], results.EnumerateArray().Select(result => result.GetProperty("message").GetProperty("text").GetString()));
    }
}
