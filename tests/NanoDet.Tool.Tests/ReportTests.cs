using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed partial class ReportTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string _model;

    public ReportTests()
    {
        // It sees a cat from a quarter to three quarters of every picture.
        _model = FixedModel.Write(_folder["model.onnx"], ["cat", "dog"], 0.9f, 0f);
        Directory.CreateDirectory(_folder["images"]);
        File.WriteAllBytes(_folder["images/a.png"], ImageEncoder.EncodePng(Grey()));
        File.WriteAllBytes(_folder["images/b<i>.png"], ImageEncoder.EncodePng(Grey()));
        _folder.Write("images/a.xml", Voc("a.png", "cat"));
        _folder.Write("images/b<i>.xml", Voc("b&lt;i&gt;.png", "dog"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_report_has_the_figures_that_eval_prints_and_the_images_that_are_wrong()
    {
        var run = await ToolProcess.RunAsync("report", _model, _folder["images"], "--out", _folder["model.html"], "--quiet");
        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Error));
        var html = await File.ReadAllTextAsync(_folder["model.html"], TestContext.Current.CancellationToken);

        var figures = (await ToolProcess.RunAsync("eval", _model, "--truth", _folder["images"], "--json", "--quiet")).Json;
        var numbers = Value().Matches(html).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToHashSet();
        Assert.Contains(figures.GetProperty("stats")[0].GetDouble(), numbers);
        Assert.All(figures.GetProperty("classes").EnumerateArray(), item => Assert.Contains(item.GetProperty("map").GetDouble(), numbers));

        // Detections down to a lower score are part of the curves, and the model's own threshold decides about the images.
        var own = FixedModel.Metadata(["cat"]).ScoreThreshold.ToString(CultureInfo.InvariantCulture);
        Assert.Contains($"score threshold <b><data value=\"{own}\">", html, StringComparison.Ordinal);
        Assert.Contains("dog detected as cat 0.90", html, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode("b<i>.png") + ": 1 error", html, StringComparison.Ordinal);
        var picture = Assert.Single(Picture().Matches(html)).Groups[1].Value;
        Assert.Equal(new PixelSize(80, 40), ImageDecoder.Decode(Convert.FromBase64String(picture), "picture").Size);
    }

    [Theory]
    [InlineData("/proc/model.html", "report", "--out")]
    [InlineData("/proc/found.json", "detect", "--save")]
    public async Task A_file_that_cannot_be_written_is_told_by_its_own_name(string file, string verb, string option)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "takes a folder in which nobody can write");

        var run = await ToolProcess.RunAsync(verb, _model, _folder["images"], option, file, "--quiet");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"{file}: error NDB6105: The file cannot be written: ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"'{file}'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("detect", "--save", "cat")]
    [InlineData("lint", "--sarif", "\"version\": \"2.1.0\"")]
    public async Task What_is_no_file_is_written_into(string verb, string option, string content)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "writes into a device");

        // Standard output by a name that nobody could replace by a file.
        var run = await ToolProcess.RunAsync(verb, _model, _folder["images"], option, "/dev/fd/1", "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(content, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_score_accepts_other_detections_and_keeps_the_curves()
    {
        foreach (var score in (string[])["0.5", "0.95"])
        {
            var run = await ToolProcess.RunAsync("report", _model, _folder["images"], "--out", _folder[$"{score}.html"], "--score", score, "--quiet");
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
        }

        var (low, high) = (File.ReadAllText(_folder["0.5.html"]), File.ReadAllText(_folder["0.95.html"]));
        Assert.DoesNotContain("missed: cat", low, StringComparison.Ordinal);
        Assert.Contains("missed: cat", high, StringComparison.Ordinal);
        Assert.Equal(Line().Matches(low).Select(match => match.Value), Line().Matches(high).Select(match => match.Value));
    }

    [Fact]
    public async Task Without_labels_it_says_what_the_model_says()
    {
        var run = await ToolProcess.RunAsync("report", _model, "--out", _folder["model.html"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("<bdi>dog</bdi>", File.ReadAllText(_folder["model.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_of_another_model_is_refused()
    {
        _folder.Write("model.manifest.json", "{}");
        var run = await ToolProcess.RunAsync("report", _model, "--out", _folder["model.html"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("model.manifest.json: error NDB6111: ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["model.html"]));
    }

    [Fact]
    public async Task A_report_is_a_page()
    {
        var run = await ToolProcess.RunAsync("report", _model, "--out", _folder["model.pdf"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--out must end with .html", run.Error, StringComparison.Ordinal);
    }

    private static string Voc(string fileName, string name) => $"""
        <annotation>
          <filename>{fileName}</filename>
          <object><name>{name}</name><bndbox><xmin>20</xmin><ymin>10</ymin><xmax>60</xmax><ymax>30</ymax></bndbox></object>
        </annotation>
        """;

    private static PixelImage Grey()
    {
        var image = new PixelImage(80, 40);
        image.Bytes.Fill(128);
        return image;
    }

    [GeneratedRegex("<data value=\"([^\"]*)\">")]
    private static partial Regex Value();

    [GeneratedRegex("data:image/jpeg;base64,([^\"]*)\"")]
    private static partial Regex Picture();

    [GeneratedRegex("<path class=\"line s[0-9]\" d=\"[^\"]*\"/>")]
    private static partial Regex Line();
}
