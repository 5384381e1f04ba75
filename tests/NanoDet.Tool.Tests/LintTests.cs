using System.Text.Json;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed class LintTests : IDisposable
{
    private const int Right = 24;

    private readonly TestFolder _folder = new();
    private readonly string _model;

    public LintTests()
    {
        // It sees a dog from a quarter to three quarters of every picture.
        _model = FixedModel.Write(_folder["model.onnx"], ["cat", "dog"], 0f, 0.9f);
        Directory.CreateDirectory(_folder["images"]);
        for (var i = 0; i < Right; i++)
        {
            Add($"a{i:00}", i, "dog", 10, 10, 30, 30);
        }

        Add("other", 100, "cat", 10, 10, 30, 30);
        Add("shifted", 101, "dog", 20, 10, 40, 30);
        Add("missing", 102, "dog", 0, 0, 0, 0);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Doubtful_labels_are_told_at_their_lines_and_the_others_are_not()
    {
        var run = await LintAsync();

        Assert.Equal((0, 3), (run.ExitCode, Lines(run).Length));
        Assert.Contains(Lines(run), line => Told(line, "other.xml(5,3): warning NDB1601: The object is labelled 'cat' and looks like 'dog' (confidence "));
        Assert.Contains(Lines(run), line => Told(line, "missing.xml: warning NDB1602: An object that looks like 'dog' has no label at (10, 10) 20x20 (confidence "));
        Assert.Contains(Lines(run), line => Told(line, "shifted.xml(7,5): warning NDB1603: The box (20, 10) 20x20 of 'dog' is beside the object, which seems to be at (10, 10) 20x20 (confidence "));
        Assert.Equal(run.Output, (await LintAsync()).Output);
    }

    [Fact]
    public async Task Accepted_findings_are_not_told_again()
    {
        var name = Findings(await LintAsync("--json"))["NDB1601"].GetProperty("id").GetString()!;

        var accepting = await LintAsync("--accept", name, "ndb1603");

        Assert.Equal(["NDB1602"], Findings(await LintAsync("--json")).Keys);
        Assert.Contains("NDB1602", Assert.Single(Lines(accepting)), StringComparison.Ordinal);

        // By its meaning: in another file, and at another line.
        File.Move(_folder["labels/other.xml"], _folder["labels/moved.xml"]);
        File.Move(_folder["images/other.png"], _folder["images/moved.png"]);
        Assert.Equal(["NDB1602"], Findings(await LintAsync("--json")).Keys);
    }

    [Fact]
    public async Task A_proposal_is_a_file_of_its_own_that_is_no_label()
    {
        var before = await File.ReadAllTextAsync(_folder["labels/other.xml"], TestContext.Current.CancellationToken);

        var applied = await LintAsync("--apply", "NDB1601", "NDB1602");
        var again = await LintAsync("--apply");

        Assert.Equal(0, applied.ExitCode);
        Assert.Contains("<name>dog</name>", File.ReadAllText(_folder["labels/other.proposed.xml"]), StringComparison.Ordinal);
        Assert.Contains("<xmax>30</xmax>", File.ReadAllText(_folder["labels/missing.proposed.xml"]), StringComparison.Ordinal);
        Assert.Contains("<xmin>10</xmin>", File.ReadAllText(_folder["labels/shifted.proposed.xml"]), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_folder["labels/other.xml"]));
        Assert.Contains("other.proposed.xml: warning NDB6106: ", again.Error, StringComparison.Ordinal);
        Assert.Equal(3, Findings(await LintAsync("--json")).Count);
    }

    [Fact]
    public async Task A_name_of_no_finding_is_a_mistake_on_the_command_line()
    {
        var run = await LintAsync("--accept", "12345678");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'12345678' is no finding", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["nanodet.lint.json"]));
    }

    [Fact]
    public async Task A_damaged_baseline_is_an_error_at_its_line()
    {
        _folder.Write("nanodet.lint.json", "{\n<<<<<<< ours\n");

        var run = await LintAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nanodet.lint.json(2,1): error NDB1610: ", run.Error, StringComparison.Ordinal);
    }

    private static bool Told(string line, string text) => line.Contains(text, StringComparison.Ordinal);

    private static string[] Lines(ToolProcess run) => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, JsonElement> Findings(ToolProcess run)
        => JsonDocument.Parse(run.Output).RootElement.GetProperty("findings").EnumerateArray().ToDictionary(finding => finding.GetProperty("code").GetString()!);

    private Task<ToolProcess> LintAsync(params string[] options)
        => ToolProcess.RunInAsync(_folder.FullPath, null, ["lint", _model, "labels", "--images", "images", "--quiet", .. options]);

    private void Add(string name, int shade, string className, int left, int top, int right, int bottom)
    {
        var pixels = new byte[40 * 40 * 4];
        Array.Fill(pixels, (byte)shade);
        File.WriteAllBytes(_folder[$"images/{name}.png"], ImageEncoder.EncodePng(new PixelImage(40, 40, pixels)));
        var labelled = right == 0 ? "" : $"""
              <object>
                <name>{className}</name>
                <bndbox><xmin>{left}</xmin><ymin>{top}</ymin><xmax>{right}</xmax><ymax>{bottom}</ymax></bndbox>
              </object>
            """;
        _folder.Write($"labels/{name}.xml", $"""
            <annotation>
              <filename>{name}.png</filename>
              <size><width>40</width><height>40</height><depth>3</depth></size>
              <segmented>0</segmented>
            {labelled}
            </annotation>
            """);
    }
}
