using System.Text.Json;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed class ModelVerbTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string _model;

    public ModelVerbTests() => _model = FixedModel.Write(_folder["model.onnx"], ["猫", "dog"], 0.9f, 0f);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bench_measures_every_stage()
    {
        var run = await ToolProcess.RunAsync("bench", _model, "--warm-up", "1", "--loops", "5", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal((5, 64), (run.Json.GetProperty("loops").GetInt32(), run.Json.GetProperty("inputWidth").GetInt32()));
        foreach (var stage in new[] { "prepare", "run", "decode", "total" })
        {
            var spread = run.Json.GetProperty(stage);
            double[] rising = [.. new[] { "min", "p50", "p90", "p99", "max" }.Select(name => spread.GetProperty(name).GetDouble())];
            Assert.Equal(rising.Order(), rising);
            Assert.True(rising[0] >= 0 && spread.GetProperty("mean").GetDouble() > 0);
        }
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("inspect", "--json")]
    [InlineData("detect", "--json")]
    [InlineData("detect", "--format", "csv")]
    public async Task What_a_verb_prints_it_saves_instead(string verb, params string[] options)
    {
        File.WriteAllBytes(_folder["1.png"], TinyPng.Bytes(1));
        string[] line = verb == "detect" ? [verb, _model, _folder["1.png"], "--quiet", .. options] : [verb, _model, .. options];
        var printed = await ToolProcess.RunAsync(line);
        Assert.True(printed is { ExitCode: 0, Output.Length: > 0 }, printed.Error);

        var saved = await ToolProcess.RunAsync([.. line, "--save", _folder["new/output.txt"]]);

        Assert.Equal((0, "", ""), (saved.ExitCode, saved.Output, saved.Error));
        Assert.Equal(printed.Output, File.ReadAllText(_folder["new/output.txt"]));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder["new"]));
    }

    [Fact]
    public async Task Every_verb_that_prints_something_has_json_and_save()
    {
        foreach (var verb in new[] { "detect", "eval", "bench", "inspect", "suggest", "diff", "store list", "store verify", "store prune" })
        {
            var help = await ToolProcess.RunAsync([.. verb.Split(' '), "--help"]);

            Assert.Contains("--json", help.Output, StringComparison.Ordinal);
            Assert.Contains("-s, --save", help.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bench_prints_a_table_in_a_pipe()
    {
        var run = await ToolProcess.RunAsync("bench", _model, "--loops", "2");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("1280x720 resized to 64x64, 2 detections, ", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nnetwork( +\d+\.\d\d){6}\n", run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Inspect_shows_the_model_and_the_manifest_beside_it()
    {
        _folder.Write("model.manifest.json", """{"schema": 1, "metrics": {"map50": 0.91}, "lineage": {"parent": null, "added": ["a.jpg", "b.jpg"]}}""");

        var run = await ToolProcess.RunAsync("inspect", _model, "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var model = run.Json.GetProperty("model");
        Assert.Equal(["猫", "dog"], model.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("1.2.3", model.GetProperty("version").GetString());
        Assert.Equal((JsonValueKind.False, JsonValueKind.Number), (model.GetProperty("keepRatio").ValueKind, model.GetProperty("scoreThreshold").ValueKind));
        Assert.Equal(new FileInfo(_model).Length, run.Json.GetProperty("file").GetProperty("length").GetInt64());
        Assert.Matches("^[0-9a-f]{64}$", run.Json.GetProperty("file").GetProperty("sha256").GetString());
        Assert.Equal(0.91, run.Json.GetProperty("manifest").GetProperty("metrics").GetProperty("map50").GetDouble());
        Assert.Equal(["a.jpg", "b.jpg"], run.Json.GetProperty("manifest").GetProperty("lineage").GetProperty("added").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Inspect_prints_columns_in_a_pipe()
    {
        _folder.Write("model.manifest.json", """
            {
              "files": [
                { "name": "model.onnx", "length": 5 }
              ],
              "evaluation": { "classes": [ { "name": "dog", "map50": 0.9 }, { "map50": 0.8 } ] }
            }
            """);

        var run = await ToolProcess.RunAsync("inspect", _model);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"\nfiles\.model\.onnx\.length +5\n", run.Output.ReplaceLineEndings("\n"));
        Assert.Matches(@"\nclasses\.dog\.map50 +0\.9\n", run.Output.ReplaceLineEndings("\n"));
        Assert.Matches(@"\nclasses\.2\.map50 +0\.8\n", run.Output.ReplaceLineEndings("\n"));
        Assert.DoesNotContain("{", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nclasses +2: 猫, dog\n", run.Output.ReplaceLineEndings("\n"));
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain(" \n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data.yaml", "names: [bolt]")]
    [InlineData("Parts.proj", "<Project />")]
    public async Task What_is_no_model_is_not_taken_for_a_damaged_one(string name, string content)
    {
        var run = await ToolProcess.RunAsync("inspect", _folder.Write(name, content));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"'{_folder[name]}' is no model, no manifest and no label file; for a data set or a project, give its folder", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("")]
    public async Task A_broken_manifest_gives_one_error(string content)
    {
        var run = await ToolProcess.RunAsync("inspect", _folder.Write("bad.manifest.json", content));

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("error NDB6111: ", run.Error, StringComparison.Ordinal);
    }
}
