using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Planning;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Planning;

/// <summary>Weights that a configuration file names with <c>load_model</c>.</summary>
public sealed class ConfiguredWeightsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("weights.pth", "weights.pth", "cfg/weights.pth")]
    [InlineData("cfg/weights.pth", "cfg/weights.pth")]
    [InlineData("other/weights.pth", "../other/weights.pth", "other/weights.pth")]
    public void A_path_is_relative_to_the_project_or_else_to_the_file(string expected, string given, params string[] files)
    {
        foreach (var file in files.Append(expected))
        {
            _folder.Write(file, "weights");
        }

        var plan = Plan(given);

        Assert.DoesNotContain(plan.Diagnostics, problem => problem.Severity == DiagnosticSeverity.Error);
        Assert.Equal(expected, LoadModel());
    }

    [Fact]
    public void Weights_that_appear_in_either_folder_are_seen_by_the_next_plan()
    {
        Assert.Contains(Plan("weights.pth").Diagnostics, problem => problem.Code == "NDB3056");
        _folder.Write("cfg/weights.pth", "weights");
        Assert.DoesNotContain(Plan("weights.pth").Diagnostics, problem => problem.Severity == DiagnosticSeverity.Error);
        _folder.Write("weights.pth", "other weights");
        Plan("weights.pth");
        Assert.Equal("weights.pth", LoadModel());
    }

    [Theory]
    [InlineData("none.pth", "NDB3056", "is 'none.pth', but there is no such file, neither in the project's folder nor in that of the configuration file (cfg)")]
    [InlineData("\"a\\0\"", "NDB3056", "there is no such file")]
    [InlineData("cfg", "NDB3056", "there is no such file")]
    [InlineData("https://me:hush@example.org/a.pth?key=hush", "NDB3057", "is the address https://example.org/a.pth, but nothing is downloaded without its SHA-256: name the address with the property NanoDetPretrained")]
    public void What_cannot_be_loaded_is_told_at_the_line_of_the_key(string given, string code, string message)
    {
        var error = Assert.Single(Plan(given).Diagnostics, problem => problem.Severity == DiagnosticSeverity.Error);

        var line = File.ReadAllLines(_folder["cfg/my.yml"]).Index().Single(entry => entry.Item.Contains("load_model", StringComparison.Ordinal)).Index + 1;
        Assert.Equal((code, _folder["cfg/my.yml"], line), (error.Code, error.Location!.Value.File, error.Location.Value.Line));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_property_counts_instead_of_the_key()
    {
        _folder.Write("mine.pth", "weights");
        Assert.DoesNotContain(Plan("none.pth", "mine.pth").Diagnostics, problem => problem.Severity == DiagnosticSeverity.Error);
    }

    private string? LoadModel() => ConfigurationJson.Read("configuration.json", File.ReadAllBytes(_folder["obj/configuration.json"])).Schedule.LoadModel;

    private PlanResult Plan(string given, string? property = null)
    {
        var yml = File.ReadAllText(Path.Combine(Repository.Root, "tests", "NanoDet.Worker.Tests", "Training", "Configurations", "plus.yml"));
        _folder.Write("cfg/my.yml", yml.Replace("\n  total_epochs:", $"\n  load_model: {given}\n  total_epochs:", StringComparison.Ordinal));
        if (!Directory.Exists(_folder["images"]))
        {
            TinyVoc.Write(_folder, 4, "images", "labels");
        }

        var inputs = new PlanInputs(_folder.FullPath, _folder["obj"])
        {
            Images = [.. Enumerable.Range(0, 4).Select(i => new PlanImage($"images/img{i}.png") { Part = i < 2 ? DatasetPart.Train : DatasetPart.Validation })],
            Annotations = [.. Enumerable.Range(0, 4).Select(i => $"labels/img{i}.xml")],
            ConfigurationFile = "cfg/my.yml",
        };
        return new Planner(property is null ? inputs : inputs with { Overrides = inputs.Overrides.Add("NanoDetPretrained", property) }).Run(TestContext.Current.CancellationToken);
    }
}
