using System.Text.Json;
using System.Text.Json.Nodes;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed class EvalTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("basic")]
    [InlineData("crowd")]
    [InlineData("dense")]
    [InlineData("single")]
    [InlineData("sparse")]
    [InlineData("ties")]
    [InlineData("coco2014-oracle")]
    public async Task Figures_of_existing_detections_are_those_of_pycocotools(string name)
    {
        var golden = JsonNode.Parse(await File.ReadAllTextAsync(SharedData.Path($"golden/coco-eval/{name}.json"), TestContext.Current.CancellationToken))!;
        var truth = _folder.Write("truth.json", golden["groundTruth"]!.ToJsonString());
        var found = _folder.Write("found.json", golden["detections"]!.ToJsonString());

        var run = await ToolProcess.RunAsync("eval", "--detections", found, "--truth", truth, "--json");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        var expected = golden["stats"]!.AsArray().Select(value => value!.GetValue<double>()).ToArray();
        Assert.All(expected.Zip(Numbers(run.Json.GetProperty("stats"))), pair => Assert.Equal(pair.First, pair.Second, 6));
    }

    [Fact]
    public async Task A_perfect_detection_scores_one_and_a_class_without_objects_scores_nothing()
    {
        var (truth, found) = (_folder.Write("truth.json", Truth), _folder.Write("found.json", Found));

        var run = await ToolProcess.RunAsync("eval", "--detections", found, "--truth", truth, "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, run.Json.GetProperty("stats")[0].GetDouble(), 9);
        var classes = run.Json.GetProperty("classes");
        Assert.Equal(("猫", 1.0), (classes[0].GetProperty("name").GetString(), classes[0].GetProperty("map").GetDouble()));
        Assert.Equal(JsonValueKind.Null, classes[1].GetProperty("map").ValueKind);
    }

    [Fact]
    public async Task An_object_that_is_there_twice_is_one()
    {
        var truth = _folder.Write("truth.json", """
            {"images":[{"id":1,"file_name":"a.jpg"}],"categories":[{"id":7,"name":"nut"}],"annotations":[
            {"id":1,"image_id":1,"category_id":7,"bbox":[10,10,40,40],"area":1600,"iscrowd":0},
            {"id":2,"image_id":1,"category_id":7,"bbox":[10,10,40,40],"area":1600,"iscrowd":0}]}
            """);
        var found = _folder.Write("found.json", """[{"image_id":1,"category_id":7,"bbox":[10,10,40,40],"score":0.9}]""");

        var run = await ToolProcess.RunAsync("eval", "--detections", found, "--truth", truth, "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"{truth}(3,1): warning NDB1034: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Json.GetProperty("stats")[0].GetDouble(), 9);
        Assert.Equal(1, run.Json.GetProperty("classes")[0].GetProperty("objects").GetInt32());
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(150, true)]
    public async Task It_says_where_the_figures_do_not_count_every_object(int count, bool isTold)
    {
        var boxes = Enumerable.Range(0, count).Select(i => $"\"image_id\":1,\"category_id\":7,\"bbox\":[{i % 15 * 20},{i / 15 * 20},18,18]").ToList();
        var truth = _folder.Write("truth.json", $$"""{"images":[{"id":1,"file_name":"a.jpg"}],"categories":[{"id":7,"name":"nut"}],"annotations":[{{string.Join(',', boxes.Select((box, i) => $"{{\"id\":{i + 1},\"area\":324,\"iscrowd\":0,{box}}}"))}}]}""");
        var found = _folder.Write("found.json", $"[{string.Join(',', boxes.Select((box, i) => $"{{{box},\"score\":{1 - (i / 1000.0)}}}"))}]");

        var run = await ToolProcess.RunAsync("eval", "--detections", found, "--truth", truth, "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(isTold ? 0.663 : 1, run.Json.GetProperty("stats")[0].GetDouble(), 3);
        Assert.Equal(isTold, run.Error.Contains("warning NDB6115: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_reads_a_table_without_colour_codes_in_a_pipe()
    {
        var (truth, found) = (_folder.Write("truth.json", Truth), _folder.Write("found.json", Found));

        var run = await ToolProcess.RunAsync("eval", "--detections", found, "--truth", truth);

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Matches(@"mAP50 +1\.000", run.Output);
        Assert.Matches(@"猫 +1 +1\.000 +1\.000", run.Output);
    }

    [Fact]
    public async Task A_detection_on_an_unknown_image_is_told_at_its_line()
    {
        var truth = _folder.Write("truth.json", Truth);
        var found = _folder.Write("found.json", "[\n" + """{"image_id": 99, "category_id": 7, "bbox": [1, 2, 3, 4], "score": 0.5}""" + "\n]");

        var run = await ToolProcess.RunAsync("eval", "--detections", found, "--truth", truth);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{found}(2,1): error NDB1007: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("[{\"image_id\": 1, \"category_id\": 7, \"bbox\": [1, 2, 3], \"score\": 0.5}]")]
    [InlineData("[{\"image_id\": 1, \"category_id\": 7, \"bbox\": [1, 2, 3, 4]}]")]
    [InlineData("[{\"image_id\": 1")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_broken_results_file_gives_one_error(string content)
    {
        var (truth, found) = (_folder.Write("truth.json", Truth), _folder.Write("found.json", content));

        var run = await ToolProcess.RunAsync("eval", "--detections", found, "--truth", truth);

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"^.*found\.json\(\d+,\d+\): error NDB100\d: .*\n$", run.Error.ReplaceLineEndings("\n"));
    }

    private const string Truth = """
        {
          "images": [{"id": 5, "file_name": "a.jpg", "width": 100, "height": 100}],
          "annotations": [{"id": 1, "image_id": 5, "category_id": 7, "bbox": [10, 10, 50, 60], "area": 3000, "iscrowd": 0}],
          "categories": [{"id": 7, "name": "猫"}, {"id": 9, "name": "dog"}]
        }
        """;

    private const string Found = """[{"image_id": 5, "category_id": 7, "bbox": [10, 10, 50, 60], "score": 0.9}]""";

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];
}
