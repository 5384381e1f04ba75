using System.Globalization;
using System.Text.Json;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Linting;
using NanoDet.Imaging;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Stages;
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
        Assert.Contains(Lines(run), line => Told(line, "missing.xml(1,1): warning NDB1602: An object that looks like 'dog' has no label at (10, 10) 20x20 (confidence "));
        Assert.Contains(Lines(run), line => Told(line, "shifted.xml(7,5): warning NDB1603: The box (20, 10) 20x20 of 'dog' is beside the object, which seems to be at (10, 10) 20x20 (confidence "));
        Assert.Equal(run.Output, (await LintAsync()).Output);
    }

    [Fact]
    public async Task How_many_errors_the_model_notices_is_told_beside_the_findings()
    {
        var run = await ToolProcess.RunInAsync(_folder.FullPath, null, ["lint", _model, "labels", "--images", "images", "--json", "--out", "findings.html"]);

        var recall = JsonDocument.Parse(run.Output).RootElement.GetProperty("recall");
        var (missing, other) = (recall.GetProperty("missing").GetDouble(), recall.GetProperty("otherClass").GetDouble());
        Assert.InRange(missing, 0.5, 1);
        Assert.InRange(other, 0.5, 1);
        var words = string.Create(CultureInfo.InvariantCulture, $"about {100 * missing:F0} of 100 missing labels and {100 * other:F0} of 100 wrong classes.");
        Assert.EndsWith($"If it has not learnt from these labels, the model notices {words}\n", run.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"<p>Models that have not seen the labels notice {words}</p>", File.ReadAllText(_folder["findings.html"]), StringComparison.Ordinal);
        Assert.Equal("", (await LintAsync("--quiet")).Error);
    }

    [Fact]
    public async Task Confidences_that_somebody_chooses_decide_what_is_told()
    {
        Assert.Equal(["NDB1601", "NDB1603"], Findings(await LintAsync("--json", "--confidence", "ndb1602=1")).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["NDB1602"], Findings(await LintAsync("--json", "--confidence", "NDB1601=1", "NDB1603=1")).Keys);

        var wrong = await LintAsync("--confidence", "0.8");
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains("such as NDB1602=0.8;NDB1603=0.7", wrong.Error, StringComparison.Ordinal);
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
    public async Task The_page_has_the_command_line_for_what_is_marked_and_sarif_has_the_lines()
    {
        var run = await LintAsync("--out", "page of.html", "--sarif", "findings.sarif", "--baseline", "some where.json", "--accept", "NDB1603");

        Assert.Equal(0, run.ExitCode);
        var page = await File.ReadAllTextAsync(_folder["page of.html"], TestContext.Current.CancellationToken);
        var quoted = OperatingSystem.IsWindows() ? "&quot;some where.json&quot;" : "&#39;some where.json&#39;";
        Assert.Contains($" lint {_model} labels --images images --baseline {quoted} --apply\"", page.Replace("\\", "/", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<article").Length - 1);
        Assert.Contains("1 accepted before", page, StringComparison.Ordinal);
        Assert.Equal(4, page.Split("data:image/jpeg;base64,").Length - 1);

        var results = JsonDocument.Parse(File.ReadAllBytes(_folder["findings.sarif"])).RootElement.GetProperty("runs")[0].GetProperty("results");
        var place = results.EnumerateArray().Single(result => result.GetProperty("ruleId").GetString() == "NDB1601").GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.EndsWith("labels/other.xml", place.GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal);
        Assert.Equal((5, 3), (place.GetProperty("region").GetProperty("startLine").GetInt32(), place.GetProperty("region").GetProperty("startColumn").GetInt32()));

        Assert.Equal(2, (await LintAsync("--out", "page.png")).ExitCode);
    }

    [Fact]
    public async Task Findings_of_a_build_are_told_accepted_and_applied_without_a_model()
    {
        Build();

        var told = Lines(await BuildAsync());
        Assert.Equal(2, told.Length);
        Assert.True(Told(told[0].Replace('\\', '/'), "labels/other.xml(4,3): warning NDB1601: "), told[0]);

        Assert.Equal(0, (await BuildAsync("--apply")).ExitCode);
        var proposed = File.ReadAllText(_folder["labels/other.proposed.xml"]);
        Assert.Equal((1, 2), (proposed.Split("<name>cat").Length - 1, proposed.Split("<name>dog").Length - 1));
        Assert.Contains("<xmin>5</xmin>", proposed, StringComparison.Ordinal);
        Assert.Contains("<xmin>30</xmin>", File.ReadAllText(_folder["labels/missing.proposed.xml"]), StringComparison.Ordinal);

        var name = told[0][(told[0].LastIndexOf(' ') + 1)..].TrimEnd(')', '\r');
        Assert.Single(Lines(await BuildAsync("--accept", name)));
        Assert.True(File.Exists(_folder["nanodet.lint.json"]));

        Assert.Contains("no build has left findings", (await ToolProcess.RunInAsync(_folder.FullPath, null, ["lint", "images"])).Error, StringComparison.Ordinal);
        Assert.Contains("there is no 'obj/nanodet'; give the folder", (await ToolProcess.RunInAsync(_folder.FullPath, null, ["lint", "obj/nanodet"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_since_a_build_is_not_guessed_at()
    {
        Build();
        var content = File.ReadAllText(_folder["labels/other.xml"]);

        // Another object is at the line of the finding now, or the same one has another box; and somebody has labelled what had no label.
        foreach (var changed in new[] { "<annotation></annotation>", content.Replace(">cat<", ">dog<", StringComparison.Ordinal), content.Replace("<xmin>10<", "<xmin>15<", StringComparison.Ordinal) })
        {
            _folder.Write("labels/other.xml", changed);
            await ExpectChangedAsync("--apply", "NDB1601");
            await ExpectChangedAsync("--accept", "all");
            await ExpectLeftOutAsync("NDB1602");
        }

        _folder.Write("labels/other.xml", content);
        _folder.Write("labels/missing.xml", "<annotation><object><name>cat</name><bndbox><xmin>30</xmin><ymin>30</ymin><xmax>38</xmax><ymax>39</ymax></bndbox></object></annotation>");
        await ExpectChangedAsync("--apply", "NDB1602");
        await ExpectLeftOutAsync("NDB1601");
        File.Delete(_folder["labels/missing.xml"]);
        await ExpectLeftOutAsync("NDB1601");
        Assert.Equal(0, (await BuildAsync("--apply", "NDB1601")).ExitCode);

        // An image without labels has got a file of them.
        Store("places.json", new LabelPlaces([new("labels/other.xml", 1, 1, [4, 4, 3, 3], [3, 28, 3, 28]), new("images/missing.png", 0, 0, [], [])]).ToJson());
        Assert.Equal(2, Lines(await BuildAsync()).Length);
        _folder.Write("images/missing.xml", "<annotation></annotation>");
        await ExpectChangedAsync("--apply", "NDB1602");
        await ExpectLeftOutAsync("NDB1601");
        File.Delete(_folder["images/missing.xml"]);
        Build();
        Assert.Equal(0, (await BuildAsync("--apply", "NDB1601", "--overwrite")).ExitCode);
        File.Delete(_folder["labels/missing.xml"]);

        // A page without some of the findings would look as if all were well.
        await ExpectChangedAsync("--out", "findings.html");
        await ExpectChangedAsync("--sarif", "findings.sarif");
        Assert.Empty(Directory.GetFiles(_folder.FullPath, "findings.*"));

        // What cannot be read is told, once.
        _folder.Write("labels/missing.xml", "<annotation");
        var broken = await BuildAsync();
        Assert.Equal(1, broken.ExitCode);
        Assert.Equal(2, broken.Error.Split("missing.xml(").Length);
        Assert.Contains("1 of the findings are left out", broken.Error, StringComparison.Ordinal);

        // What was accepted before is not looked at again.
        File.Delete(_folder["labels/missing.xml"]);
        var finding = broken.Output[(broken.Output.LastIndexOf(' ') + 1)..].Trim().TrimEnd(')');
        Assert.Equal(0, (await ToolProcess.RunInAsync(_folder.FullPath, null, ["lint", "built", "--accept", finding, "--quiet", "--baseline", "other.json"])).ExitCode);
        _folder.Write("labels/other.xml", "<annotation></annotation>");
        Assert.Equal(0, (await ToolProcess.RunInAsync(_folder.FullPath, null, ["lint", "built", "--accept", finding, "--quiet", "--baseline", "other.json"])).ExitCode);
        _folder.Write("labels/other.xml", content);

        // A plan with other labels: the numbers of its images are not those of the findings.
        Plan("another");
        await ExpectChangedAsync("--accept", "all");
        Assert.False(File.Exists(_folder["nanodet.lint.json"]));

        async Task ExpectLeftOutAsync(string other)
        {
            var run = await BuildAsync();
            Assert.Equal(0, run.ExitCode);
            Assert.Contains($"warning {other}: ", Assert.Single(Lines(run)), StringComparison.Ordinal);
            Assert.Equal("1 of the findings are left out, because their labels are not what the build read. Build again.\n", run.Error.ReplaceLineEndings("\n"));
        }

        async Task ExpectChangedAsync(params string[] options)
        {
            var run = await BuildAsync(options);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("build again", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_two_labels_of_an_object_the_last_one_stays()
    {
        Build();
        var (first, second) = (new DatasetObject(0, new(10, 10, 30, 30)), new DatasetObject(1, new(30, 30, 39, 39)));
        Store("lint/findings.json", new LintFindings([new(LabelFindingKind.Twice, 0, 0, first, second, 0.9)], LintRecall.Unknown).ToJson());
        var content = File.ReadAllText(_folder["labels/other.xml"]);

        _folder.Write("labels/other.xml", content.Replace(">dog<", ">cat<", StringComparison.Ordinal));
        Assert.Equal(2, (await BuildAsync("--apply")).ExitCode);
        _folder.Write("labels/other.xml", content);
        Assert.Equal(0, (await BuildAsync("--apply")).ExitCode);
        Assert.DoesNotContain("<xmin>10</xmin>", File.ReadAllText(_folder["labels/other.proposed.xml"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_file_of_all_images_may_have_another_image_at_the_line()
    {
        Build();
        const string Coco = """
            {"categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}],
            "images": [
            {"id": 1, "file_name": "other.png", "width": 40, "height": 40},
            {"id": 2, "file_name": "missing.png", "width": 40, "height": 40}
            ], "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 10, 20, 20]}]}
            """;
        _folder.Write("labels/all.json", Coco);
        Store("places.json", new LabelPlaces([new("labels/all.json", 3, 1, [5, 5, 5, 5], [1, 1, 1, 1]), new("labels/all.json", 4, 1, [], [])]).ToJson());
        Assert.Equal(0, (await BuildAsync("--apply", "NDB1602")).ExitCode);

        // Label Studio names the file that was uploaded to it, with a number.
        _folder.Write("labels/all.json", Coco.Replace("missing.png", "/data/upload/3/0a1b2c3d-missing.png", StringComparison.Ordinal));
        Assert.Equal(0, (await BuildAsync("--apply", "NDB1602", "--overwrite")).ExitCode);

        _folder.Write("labels/all.json", Coco.Replace("missing.png", "third.png", StringComparison.Ordinal));
        Assert.Equal(2, (await BuildAsync("--apply", "NDB1602", "--overwrite")).ExitCode);
    }

    [Fact]
    public async Task The_numbers_of_YOLO_labels_count_the_classes_that_the_build_read_and_not_those_that_are_learnt()
    {
        Build();
        _folder.Write("all.names", "fox\ndog\ncat\n");
        _folder.Write("labels/other.txt", "0 0.1 0.1 0.1 0.1\n2 0.5 0.5 0.5 0.5\n1 0.8625 0.8625 0.225 0.225\n");
        Store("places.json", (new LabelPlaces([new("labels/other.txt", 0, 0, [2, 2, 3, 3], [1, 1, 1, 1]), new("labels/missing.xml", 1, 1, [], [])]) with { ClassFile = "all.names" }).ToJson());

        Assert.Equal(0, (await BuildAsync("--apply", "NDB1601")).ExitCode);

        Assert.Equal("0 0.1 0.1 0.1 0.1\n1 0.5 0.5 0.5 0.5\n1 0.8625 0.8625 0.225 0.225\n", File.ReadAllText(_folder["labels/other.proposed.txt"]));

        // A list that lacks the class cannot say it.
        _folder.Write("all.names", "fox\npup\ncat\n");
        Assert.Equal(0, (await BuildAsync("--apply", "NDB1601")).ExitCode);
        Assert.Equal(2, File.ReadAllText(_folder["labels/other.proposed.xml"]).Split("<name>dog").Length);
    }

    [Fact]
    public async Task A_proposal_for_YOLO_text_is_that_text_with_other_lines()
    {
        Directory.Delete(_folder["labels"], recursive: true);
        _folder.Write("images/classes.txt", "cat\ndog\n");
        for (var i = 0; i < Right; i++)
        {
            _folder.Write($"images/a{i:00}.txt", "1 0.5 0.5 0.5 0.5\n");
        }

        // A confidence, a polygon, a file without an end, and ends of lines as Windows has them.
        _folder.Write("images/other.txt", "0 0.5 0.5 0.5 0.5 0.97\r\n");
        _folder.Write("images/shifted.txt", "0 0.05 0.05 0.1 0.1\n1 0.5 0.25 1 0.25 1 0.75 0.5 0.75\n0 0.95 0.05 0.1 0.1");
        _folder.Write("images/missing.txt", "0 0.05 0.05 0.1 0.1\r\n");

        var run = await ToolProcess.RunInAsync(_folder.FullPath, null, ["lint", _model, "images", "--quiet", "--apply"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("1 0.5 0.5 0.5 0.5 0.97\r\n", File.ReadAllText(_folder["images/other.proposed.txt"]));
        Assert.Equal("0 0.05 0.05 0.1 0.1\n1 0.50000000 0.50000000 0.50000000 0.50000000\n0 0.95 0.05 0.1 0.1\n", File.ReadAllText(_folder["images/shifted.proposed.txt"]));
        Assert.Equal("0 0.05 0.05 0.1 0.1\r\n1 0.50000000 0.50000000 0.50000000 0.50000000\r\n", File.ReadAllText(_folder["images/missing.proposed.txt"]));

        // They are no labels, until they take the place of one.
        Assert.Equal(run.Output.Split("proposed: ")[0], (await ToolProcess.RunInAsync(_folder.FullPath, null, ["lint", _model, "images", "--quiet"])).Output);
        foreach (var file in Directory.GetFiles(_folder["images"], "*.proposed.txt"))
        {
            File.Move(file, file.Replace(".proposed", "", StringComparison.Ordinal), overwrite: true);
        }

        var taken = await ToolProcess.RunInAsync(_folder.FullPath, null, ["lint", _model, "images", "--quiet"]);
        Assert.Equal((0, "", ""), (taken.ExitCode, taken.Output, taken.Error));
    }

    [Fact]
    public async Task A_project_that_was_moved_keeps_its_findings_and_what_was_copied_out_of_it_has_none()
    {
        Build();
        Directory.CreateDirectory(_folder["moved"]);
        foreach (var folder in new[] { "built", "images", "labels" })
        {
            Directory.Move(_folder[folder], _folder[$"moved/{folder}"]);
        }

        Assert.Equal(0, (await ToolProcess.RunInAsync(_folder["moved"], null, ["lint", "built", "--accept", "all"])).ExitCode);
        Assert.True(File.Exists(_folder["moved/nanodet.lint.json"]));
        Assert.False(File.Exists(_folder["nanodet.lint.json"]));

        Directory.Move(_folder["moved/built"], _folder["built"]);
        var alone = await BuildAsync("--accept", "all");
        Assert.Equal(2, alone.ExitCode);
        Assert.Contains("the labels that the build read are not in", alone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_findings_of_a_build_are_an_error()
    {
        Build(image: 7);

        Assert.Contains("findings.json: error NDB9053: ", (await BuildAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_word_changes_nothing_and_that_there_is_nothing_to_do_is_no_mistake()
    {
        Assert.Equal(2, (await LintAsync("--accept", "NDB1601", "--apply", "12345678")).ExitCode);
        Assert.False(File.Exists(_folder["nanodet.lint.json"]));

        Assert.Equal(0, (await LintAsync("--accept", "NDB1604", "--apply", "ndb1605")).ExitCode);
        Assert.False(File.Exists(_folder["nanodet.lint.json"]));

        var all = await LintAsync("--accept", "all", "--apply");
        Assert.Equal((0, "", ""), (all.ExitCode, all.Output, all.Error));
    }

    [Theory]
    [InlineData("--save")]
    [InlineData("--baseline")]
    [InlineData("--out")]
    public async Task An_option_without_a_value_is_a_mistake_on_the_command_line(string option)
    {
        var run = await LintAsync(option, "");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"nanodet lint: the value of {option} is empty", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_written_is_one_error()
    {
        File.WriteAllText(_folder["file"], "");

        var run = await LintAsync("--accept", "all", "--baseline", "file/nanodet.lint.json");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("file/nanodet.lint.json: error NDB6105: ", run.Error.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_of_classes_that_a_list_lacks_are_told_and_stay_in_proposals()
    {
        Add("other", 100, "cat", 10, 10, 30, 30);
        _folder.Write("classes.txt", "dog\n");

        var run = await LintAsync("--classes", "classes.txt", "--apply");

        Assert.Contains("other.xml(5,3): error NDB1040: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("<name>cat</name>", File.ReadAllText(_folder["labels/other.proposed.xml"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_other_classes_is_an_error()
    {
        FixedModel.Write(_folder["model.onnx"], ["bolt", "nut"], 0f, 0.9f);

        var run = await LintAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("labels: error NDB6122: The model has none of the classes of these labels: it knows 'bolt', 'nut', and they have 'cat', 'dog'", run.Error, StringComparison.Ordinal);
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

    private Task<ToolProcess> BuildAsync(params string[] options) => ToolProcess.RunInAsync(_folder.FullPath, null, ["lint", "built", "--quiet", .. options]);

    /// <summary>What a build leaves that read two images. It sorts objects, and what it leaves out of a file has no number.</summary>
    private void Build(int image = 0)
    {
        _folder.Write("labels/other.xml", """
            <annotation>
              <object><name>cat</name><bndbox><xmin>5</xmin><ymin>5</ymin><xmax>5</xmax><ymax>9</ymax></bndbox></object>
              <object><name>dog</name><bndbox><xmin>30</xmin><ymin>30</ymin><xmax>39</xmax><ymax>39</ymax></bndbox></object>
              <object><name>cat</name><bndbox><xmin>10</xmin><ymin>10</ymin><xmax>30</xmax><ymax>30</ymax></bndbox></object>
            </annotation>
            """);
        var (first, second) = (new DatasetObject(0, new(10, 10, 30, 30)), new DatasetObject(1, new(30, 30, 39, 39)));
        DatasetImage[] images = [Image("other", first, second), Image("missing")];
        Store("dataset.json", DatasetFile.ToJson(new Dataset(["cat", "dog"], [.. images])).ToArray());
        Store("places.json", new LabelPlaces([new("labels/other.xml", 1, 1, [4, 4, 3, 3], [3, 28, 3, 28]), new("labels/missing.xml", 1, 1, [], [])]).ToJson());
        Store("lint/findings.json", new LintFindings([new(LabelFindingKind.OtherClass, image, 0, first, first with { Label = 1 }, 0.9), new(LabelFindingKind.NoLabel, 1, null, second, null, 0.8)], new(2, 1, 2)).ToJson());
        Store("stages/findings.request.json", RequestJson.Write(new FindingsRequest { BuildFolder = _folder["built"], ProjectFolder = _folder.FullPath, Output = "page.html", Title = "T", Key = "0" }));
        StageRecord.Write(_folder["built/stages/lint.done"], new Fingerprint([new("the stage", "lint")], [new("images/other.png", "0"), new("images/missing.png", "1")]), []);
        Plan("0");

        DatasetImage Image(string name, params DatasetObject[] objects)
            => new($"images/{name}.png", ContentHash.OfFile(_folder[$"images/{name}.png"]).ToString(), 40, 40, DatasetPart.Train, [.. objects]);
    }

    private void Store(string file, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"built/{file}"])!);
        File.WriteAllBytes(_folder[$"built/{file}"], content);
    }

    private void Plan(string picture)
        => StageRecord.Write(_folder["built/stages/convert.wanted"], new Fingerprint([new("the stage", "convert")], [new("images/other.png", picture), new("images/missing.png", "1")]), []);

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
