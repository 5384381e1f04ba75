using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using NanoDet.Data.Evaluation;
using NanoDet.Pipeline.Reports;

namespace NanoDet.Pipeline.Tests.Reports;

public sealed partial class ReportPageTests
{
    [Fact]
    public void The_page_holds_everything_and_asks_for_nothing()
    {
        var html = Page(TestReports.Full(["bolt", "nut"], [1, 2, 3]));

        Assert.DoesNotMatch("(src|href)=\"?(https?:|//)", html);
        Assert.DoesNotMatch("@import|url\\(|<script|<link", html);
        Assert.Contains("default-src 'none'; img-src data:; style-src 'unsafe-inline'\"", html, StringComparison.Ordinal);
        Assert.Contains("data:image/jpeg;base64,AQID", html, StringComparison.Ordinal);
        string[] sections = ["Validation part: figures", "Validation part: curves", "Validation part: confusions", "Validation part: worst images", "Test part: figures", "Training", "Data", "Labels in doubt", "Model", "Origin", "Settings"];
        Assert.All(sections, title => Assert.Contains($"<h2>{title}</h2>", html, StringComparison.Ordinal));
        foreach (Match link in Link().Matches(html))
        {
            Assert.Contains($"id=\"{link.Groups[1].Value}\"", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_are_text_and_nothing_else()
    {
        const string Name = "</svg><script>alert(1)</script>&\"'";
        var html = Page(TestReports.Full([Name, "nut"], []));

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("</td><b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<0001>", html, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(Name), html, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode("Validation<0001>.jpg"), html, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode("because of </td><b>"), html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_certain_findings_of_a_lint_are_there_with_the_number_of_all()
    {
        var report = TestReports.Full(["bolt", "nut"], []);
        var html = Page(report);
        Assert.Contains("1 finding that somebody accepted is left out.", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">NDB1601</th><td><bdi>another class</bdi></td><td>12</td>", html, StringComparison.Ordinal);
        Assert.Equal(10, Regex.Count(html, Regex.Escape("<bdi>labels/&lt;b&gt;.xml(")));
        Assert.Contains("<bdi>obj/nanodet/lint/findings.html</bdi>", html, StringComparison.Ordinal);

        var none = Page(report with { Lint = new([], 0, "", new(4, 3, null)) });
        Assert.Contains("<p>No label is in doubt by models which have not seen them. Such models notice about 75 of 100 missing labels.</p>", none, StringComparison.Ordinal);
        Assert.DoesNotContain("Labels in doubt", Page(report with { Lint = null }), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_figure_is_there_with_all_of_its_digits()
    {
        var report = TestReports.Full(["bolt", "nut", "washer"], []);
        var html = Page(report);
        var numbers = Value().Matches(html).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToHashSet();

        foreach (var part in report.Parts)
        {
            var result = part.Result;
            Assert.All(
                new[] { result.Map, result.Map50, result.Map75, result.MapSmall, result.MapMedium, result.Recall, result.BestThreshold, result.BestF1 }.Concat(result.Classes.SelectMany(item => new[] { item.Map, item.Map50 })).OfType<double>(),
                figure => Assert.Contains(figure, numbers));
            Assert.All(part.Details!.Classes.SelectMany(item => new[] { item.Precision, item.Recall, item.F1 }).OfType<double>(), figure => Assert.Contains(figure, numbers));
        }
    }

    [Fact]
    public void The_same_report_has_the_same_bytes()
        => Assert.Equal(ReportPage.Of(TestReports.Full(["bolt", "nut"], [7])), ReportPage.Of(TestReports.Full(["bolt", "nut"], [7])));

    [Fact]
    public void The_page_of_a_large_data_set_stays_below_fifteen_megabytes()
    {
        // As many classes as LVIS has, pictures as large as they may be.
        var page = ReportPage.Of(TestReports.Full([.. Enumerable.Range(0, 1203).Select(label => $"class {label}")], new byte[45_000], images: 5000));

        Assert.InRange(page.Length, 3_000_000, 15 << 20);
    }

    [Fact]
    public void A_model_about_which_nothing_is_known_has_a_page_too()
    {
        var known = TestReports.Full(["bolt"], []);
        var html = Page(new ModelReport("other", known.Model) { Threshold = 0.35 });

        Assert.Equal(["Model"], Heading().Matches(html).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void A_part_without_objects_has_dashes_and_no_curves()
    {
        var empty = PartResult.Of(["bolt"], [], [], 0);
        var details = NanoDet.Data.Evaluation.Details.PartDetails.Of(1, [], [], 0.5);
        var html = Page(TestReports.Full(["bolt"], []) with { Parts = [new("validation part", empty, details)] });

        Assert.Contains("No class has both objects and detections", html, StringComparison.Ordinal);
        Assert.Contains("No image has an error", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    private static string Page(ModelReport report) => Encoding.UTF8.GetString(ReportPage.Of(report));

    [GeneratedRegex("<data value=\"([^\"]*)\">")]
    private static partial Regex Value();

    [GeneratedRegex("href=\"#([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<h2>([^<]*)</h2>")]
    private static partial Regex Heading();
}
