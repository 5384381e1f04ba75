using System.Text.Json.Nodes;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Manifest;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

public sealed class DiffTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_differs_is_told_with_every_figure()
    {
        var old = Write("old", Manifest());
        var now = Write("new", Manifest() with
        {
            Version = "1.1.0+sha.2",
            Data = new ManifestData("second", 11, 2, 0, 40),
            Configuration = JsonNode.Parse("""{"batchSize": 4, "schedule": {"totalEpochs": 60}}""")!,
            Lineage = new ManifestLineage("finetune", "parent") { Generation = 1, Added = new ManifestImages(1, ["images/a|b.png"]) },
            Evaluation = Evaluation(("bolt", 0.5), ("rod", 0.25)),
        });

        var run = await ToolProcess.RunAsync("diff", old, now, "--format", "json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(run.Output, (await ToolProcess.RunAsync("diff", old, now, "--json")).Output);
        Assert.Equal("schedule.totalEpochs 300 60", Row(run, "configuration", 0));
        Assert.Equal("version 1.0.0+sha.1 1.1.0+sha.2", Row(run, "model", 0));
        Assert.Equal("training images 10 11", Row(run, "data", 1));
        Assert.Equal("policy scratch finetune", Row(run, "lineage", 0));
        var figures = run.Json.GetProperty("figures of the validation part").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);
        Assert.Equal(0.125, figures["mAP of bolt"].GetProperty("change").GetDouble());
        Assert.Equal("0.7500", figures["mAP of nut"].GetProperty("old").GetString());
        Assert.Equal((null, "0.2500"), (figures["mAP of rod"].GetProperty("old").GetString(), figures["mAP of rod"].GetProperty("new").GetString()));

        run = await ToolProcess.RunAsync("diff", old, now, "--format", "markdown");
        Assert.Contains("| configuration | old | new | change |\n| --- | --- | --- | --- |\n| schedule.totalEpochs | 300 | 60 |  |\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("| mAP of bolt | 0.3750 | 0.5000 | +0.1250 |\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("| added images | 0 | 1: images/a\\|b.png |  |\n", run.Output, StringComparison.Ordinal);

        run = await ToolProcess.RunAsync("diff", old, now);
        Assert.Matches(@"\nmAP of bolt +0.3750 +0.5000 +\+0.1250\n", run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_model_stands_for_the_manifest_beside_it_and_the_figures_of_equal_ones_do_not_change()
    {
        Write("old", Manifest());
        _folder.Write("old.onnx", "not looked at");

        var run = await ToolProcess.RunAsync("diff", _folder["old.onnx"], _folder["old.manifest.json"], "--format", "json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var section = Assert.Single(run.Json.EnumerateObject());
        Assert.All(section.Value.EnumerateArray().Where(row => row.GetProperty("old").GetString() is not null), row => Assert.Equal(0, row.GetProperty("change").GetDouble()));
    }

    [Theory]
    [InlineData("{", "(1,2)")]
    [InlineData("{\"schema\": 1}", "")]
    [InlineData("[]", "")]
    public async Task What_is_no_manifest_is_one_error(string content, string place)
    {
        var run = await ToolProcess.RunAsync("diff", _folder.Write("bad.json", content), _folder["missing.onnx"]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains($"bad.json{place}: error NDB6111: ", run.Error, StringComparison.Ordinal);
    }

    private string Write(string name, ModelManifest manifest)
    {
        File.WriteAllBytes(_folder[$"{name}.manifest.json"], ManifestJson.Write(manifest));
        return _folder[$"{name}.manifest.json"];
    }

    private static string Row(ToolProcess run, string section, int index)
    {
        var row = run.Json.GetProperty(section)[index];
        return $"{row.GetProperty("name")} {row.GetProperty("old")} {row.GetProperty("new")}";
    }

    private static EvaluationResult Evaluation(params (string Name, double Map)[] classes) => new()
    {
        Validation = new PartResult { Images = 2, Map = classes.Average(entry => entry.Map), Classes = [.. classes.Select(entry => new ClassResult(entry.Name, entry.Map, entry.Map))] },
    };

    private static ModelManifest Manifest() => new()
    {
        Name = "parts",
        Version = "1.0.0+sha.1",
        Files = [new ManifestFile("parts.onnx", "1", 1), new ManifestFile("parts.safetensors", "2", 2)],
        Model = Preset.Create(Preset.Default, ["bolt", "nut"])!.MetadataFor(["bolt", "nut"]),
        Evaluation = Evaluation(("bolt", 0.375), ("nut", 0.75)),
        Data = new ManifestData("first", 10, 2, 0, 40),
        Training = new ManifestTraining("key", 2, "cpu"),
        Lineage = new ManifestLineage("scratch", null),
        Reproducibility = ManifestReproducibility.On("cpu"),
        Tool = "1.0.0",
        Configuration = JsonNode.Parse("""{"batchSize": 4, "schedule": {"totalEpochs": 300}}""")!,
    };
}
