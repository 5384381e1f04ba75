using System.Text.Json;
using System.Text.RegularExpressions;
using NanoDet.Core.Diagnostics;
using NanoDet.Imaging;
using NanoDet.Imaging.Drawing;
using NanoDet.Testing;
using NanoDet.Vision.Preview;

namespace NanoDet.Vision.Tests.Preview;

public sealed partial class PreviewPageTests : IDisposable
{
    private static readonly string[] Classes = ["cell", "</script><script>alert(1)</script>"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_holds_everything_and_asks_for_nothing()
    {
        var html = Write(Picture("a.jpg"), Picture("b.jpg"));
        Assert.DoesNotMatch("(src|href)=\"?https?:", html);
        Assert.DoesNotMatch("@import|url\\(", html);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        var thumbnail = Thumbnails(html)[0];
        Assert.Equal(new PixelSize(80, 60), ImageDecoder.Decode(Convert.FromBase64String(thumbnail), "thumbnail").Size);
    }

    [Fact]
    public void Names_cannot_break_out_of_the_page()
    {
        var html = Write(Picture("a.jpg") with { Name = "</script><b>x", Part = "<img src=x onerror=alert(1)>" });
        Assert.DoesNotContain("alert(1)</script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>x", html, StringComparison.Ordinal);
        Assert.Equal("</script><b>x", Data(html).GetProperty("pictures")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Pictures_with_problems_come_first_and_an_unreadable_one_says_why()
    {
        var broken = Picture("z.jpg");
        File.WriteAllText(broken.File, "no picture");
        var warned = Picture("m.jpg") with { Problems = [new("NDB1030", DiagnosticSeverity.Warning, "no area")] };
        var html = Write(Picture("a.jpg"), warned, broken);
        var pictures = Data(html).GetProperty("pictures");
        Assert.Equal(["z.jpg", "m.jpg", "a.jpg"], pictures.EnumerateArray().Select(picture => picture.GetProperty("name").GetString()));
        Assert.Equal("NDB1201", pictures[0].GetProperty("problems")[0][0].GetString());
        Assert.Equal("", Thumbnails(html)[0]);
    }

    [Fact]
    public void Thumbnails_of_five_thousand_pictures_stay_within_the_page()
    {
        var budget = ThumbnailBudget.For(5000);
        var noise = new PixelImage(budget.Side, budget.Side * 3 / 4);
        new Random(1).NextBytes(noise.Bytes);
        Assert.InRange(budget.Encode(noise).Length * 5000L * 4 / 3, 1_000_000, 26_000_000);
        Assert.Equal(640, ThumbnailBudget.For(10).Side);
    }

    [Fact]
    public async Task A_real_browser_shows_every_card_without_an_error_or_a_request()
    {
        Write([.. Enumerable.Range(0, 60).Select(i => Picture($"{i:D2}.jpg"))]);
        var (dom, errors) = await HeadlessBrowser.ShowAsync(_folder, "page.html", "#view=1");
        Assert.Equal(60, Regex.Count(dom, "class=\"card\""));
        Assert.Contains("data:image/jpeg;base64,", dom, StringComparison.Ordinal);
        Assert.Contains("60 of 60", dom, StringComparison.Ordinal);
        Assert.Matches("id=\"viewerName\">01.jpg<", dom);
        Assert.DoesNotContain("CONSOLE", errors, StringComparison.Ordinal);
    }

    private string Write(params PreviewPicture[] pictures)
    {
        PreviewPage.Write(_folder["page.html"], "A <page>", pictures, Classes, new(320, 320), TestContext.Current.CancellationToken);
        return File.ReadAllText(_folder["page.html"]);
    }

    private PreviewPicture Picture(string name)
    {
        var image = new PixelImage(80, 60);
        image.Bytes.Fill(200);
        File.WriteAllBytes(_folder[name], ImageEncoder.EncodeJpeg(image));
        return new(name, _folder[name], 80, 60, "train", [new DrawnBox(new(10, 10, 30, 40), 0, "cell"), new DrawnBox(new(5, 5, 20, 20), 1, Classes[1])]);
    }

    private static JsonElement Data(string html) => JsonDocument.Parse(DataElement().Match(html).Groups[1].Value).RootElement;

    private static string[] Thumbnails(string html) => BlockElement().Match(html).Groups[1].Value.Split('\n');

    [GeneratedRegex("id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();

    [GeneratedRegex("id=\"block0\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex BlockElement();
}
