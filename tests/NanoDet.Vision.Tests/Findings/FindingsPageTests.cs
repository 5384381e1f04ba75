using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Linting;
using NanoDet.Data.Pages;
using NanoDet.Imaging;
using NanoDet.Testing;
using NanoDet.Vision.Findings;

namespace NanoDet.Vision.Tests.Findings;

public sealed partial class FindingsPageTests : IDisposable
{
    private const string Script = "</script><script>alert(1)</script>";
    private static readonly ImmutableArray<string> Classes = ["cell", Script];

    private readonly TestFolder _folder = new();
    private readonly DatasetImage _image;

    public FindingsPageTests()
    {
        var pixels = new PixelImage(400, 300);
        pixels.Bytes.Fill(120);
        File.WriteAllBytes(_folder["a.png"], ImageEncoder.EncodePng(pixels));
        _image = new("a.png", ContentHash.OfFile(_folder["a.png"]).ToString(), 400, 300, DatasetPart.Train, [Cell(10, 10), Cell(40, 20), Cell(370, 280)]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_kind_of_finding_shows_its_label_and_what_the_model_sees()
    {
        var html = Write(
            Finding(LabelFindingKind.OtherClass, 0, Cell(10, 10) with { Label = 1 }), Finding(LabelFindingKind.NoLabel, null, null),
            Finding(LabelFindingKind.Box, 0, Cell(15, 12)), Finding(LabelFindingKind.NoObject, 0, null), Finding(LabelFindingKind.Twice, 0, Cell(12, 11)));

        string[] captions = [.. Caption().Matches(html).Select(match => match.Groups[1].Value)];
        var escaped = System.Net.WebUtility.HtmlEncode(Script);
        Assert.Equal(
            ["Label: cell", $"Model: {escaped}", "Labels: none here", "Model: cell", "Label: cell", "Model: cell", "Label: cell", "Model: no object", "Label: cell", "Model: one object, which another label has as cell"],
            captions.Where(caption => caption != "Where it is in the image"));
        Assert.Equal(5, captions.Count(caption => caption == "Where it is in the image"));
        Assert.Equal(4, Regex.Count(html, "class=\"labelled\""));
        Assert.Equal(4, Regex.Count(html, "class=\"seen\""));
        var close = ImageDecoder.Decode(Convert.FromBase64String(Picture().Match(html).Groups[1].Value), "close");
        Assert.Equal(new PixelSize(66, 66), close.Size);
    }

    [Fact]
    public void What_is_around_a_finding_is_inside_its_image()
    {
        Assert.Equal(new FindingView(334, 234, 66, 66), FindingView.Of(Finding(LabelFindingKind.NoObject, 2, null), _image));
        Assert.Equal(new FindingView(0, 0, 400, 300), FindingView.Of(Finding(LabelFindingKind.Box, 0, new(0, new(0, 0, 400, 300))), _image));
    }

    [Fact]
    public void Only_the_most_certain_findings_have_pictures_and_all_can_be_marked()
    {
        var html = Write([.. Enumerable.Range(0, FindingsPage.MostPictured + 3).Select(_ => Finding(LabelFindingKind.NoObject, 0, null))]);
        Assert.Equal(FindingsPage.MostPictured, Regex.Count(html, "<image id="));
        Assert.Equal(FindingsPage.MostPictured + 3, Regex.Count(html, "data-mark=\"accept\""));
        Assert.Contains("The 3 findings that are less certain", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_image_has_its_code_in_place_of_pictures()
    {
        File.WriteAllText(_folder["a.png"], "another");
        Assert.Contains("The image cannot be shown: NDB1206", Write(Finding(LabelFindingKind.NoObject, 0, null)), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_cannot_break_out_of_the_page_which_asks_for_nothing_and_says_of_what_it_is_made()
    {
        var html = Write("<img src=x onerror=alert(1)>.xml", Finding(LabelFindingKind.OtherClass, 0, Cell(10, 10) with { Label = 1 }));
        Assert.DoesNotContain("alert(1)</script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"?https?:", html);
        Assert.DoesNotMatch("@import|url\\(", html);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.Equal("0123abcd", HtmlPage.KeyOf(_folder["page.html"]));
        Assert.Null(HtmlPage.KeyOf(_folder["a.png"]));
        Assert.Null(HtmlPage.KeyOf(_folder["missing.html"]));
    }

    [Fact]
    public async Task Keys_move_and_mark_in_a_real_browser_and_the_command_lines_follow()
    {
        var html = Write(Finding(LabelFindingKind.NoObject, 0, null), Finding(LabelFindingKind.Box, 1, Cell(15, 12)), Finding(LabelFindingKind.NoLabel, null, null));
        string[] names = [.. Name().Matches(html).Select(match => match.Groups[1].Value)];
        const string Keys = "for (const key of ['a', 'j', 'a', 'ArrowDown', 'f', 'j', 'f', 'a', 'k', 'a', 'k']) (document.activeElement || document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })); document.querySelectorAll('[data-mark=fix]')[1].click();";
        _folder.Write("keys.html", html.Replace("</body>", $"<script>{Keys}</script></body>", StringComparison.Ordinal));

        var (dom, errors) = await HeadlessBrowser.ShowAsync(_folder, "keys.html");

        Assert.Contains($">dotnet nanodet lint obj/nanodet --accept {names[0]} {names[2]}<", dom, StringComparison.Ordinal);
        Assert.Contains($">dotnet nanodet lint obj/nanodet --apply {names[1]}<", dom, StringComparison.Ordinal);
        Assert.Contains(">Accept 2<", dom, StringComparison.Ordinal);
        Assert.Matches("aria-live=\"polite\">Finding 2 of 3: [^<]*, marked as to be fixed<", dom);
        Assert.DoesNotContain("CONSOLE", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_are_in_the_address_of_the_page_and_of_those_that_are_gone_nothing_is_left()
    {
        var html = Write(Finding(LabelFindingKind.NoObject, 0, null), Finding(LabelFindingKind.Box, 1, Cell(15, 12)), Finding(LabelFindingKind.NoLabel, null, null));
        string[] names = [.. Name().Matches(html).Select(match => match.Groups[1].Value)];
        const string Unmark = "document.querySelectorAll('[data-mark=accept]')[0].click(); document.title = location.hash;";
        _folder.Write("marked.html", html.Replace("</body>", $"<script>{Unmark}</script></body>", StringComparison.Ordinal));

        var (dom, errors) = await HeadlessBrowser.ShowAsync(_folder, "marked.html", $"#accept={names[0]}.{names[1]}.00000000&fix={names[2]}");

        Assert.Contains($">dotnet nanodet lint obj/nanodet --accept {names[1]}<", dom, StringComparison.Ordinal);
        Assert.Contains($">dotnet nanodet lint obj/nanodet --apply {names[2]}<", dom, StringComparison.Ordinal);
        Assert.Contains($"<title>#accept={names[1]}&amp;fix={names[2]}</title>", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("CONSOLE", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Axe_finds_nothing_serious(bool isDark) => HeadlessBrowser.ExpectAccessibleAsync(
        _folder, Write([.. Enumerable.Range(0, FindingsPage.MostPictured + 1).Select(_ => Finding(LabelFindingKind.Box, 0, Cell(15, 12)))]), isDark);

    private static DatasetObject Cell(double left, double top) => new(0, new BoundingBox(left, top, left + 30, top + 20));

    private LabelFinding Finding(LabelFindingKind kind, int? number, DatasetObject? seen)
        => new(kind, 0, number, number is { } index ? _image.Objects[index] : Cell(200, 150), seen, 0.9);

    private string Write(params LabelFinding[] findings) => Write("labels/a.xml", findings);

    private string Write(string labels, params LabelFinding[] findings)
    {
        new FindingsPage("A <page>", [.. findings.Select(finding => ToldFinding.Of(finding, _image, Classes, new(labels, 3, 4)))], [_image], Classes)
        {
            FileOf = image => _folder[image.Path],
            Command = "dotnet nanodet lint obj/nanodet",
            CommandPlace = "To run in the folder of the project:",
            Key = "0123abcd",
            Recall = new(4, 2, 3),
        }.Write(_folder["page.html"], TestContext.Current.CancellationToken);
        return File.ReadAllText(_folder["page.html"]);
    }

    [GeneratedRegex("<figcaption>(.*?)</figcaption>")]
    private static partial Regex Caption();

    [GeneratedRegex("data:image/jpeg;base64,([^\"]*)")]
    private static partial Regex Picture();

    [GeneratedRegex("data-id=\"([0-9a-f]{8})\"")]
    private static partial Regex Name();
}
