using System.Text.Json;
using System.Text.RegularExpressions;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using YamlDotNet.RepresentationModel;

namespace NanoDet.Build.Tests;

/// <summary>What <c>docs/ci</c> gives build servers: the files are what the servers read, and what they run is run here.</summary>
public sealed class BuildServerTests(PackageFeed feed)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "ci");

    [Fact]
    public void The_action_has_steps_that_run_and_uses_the_inputs_that_it_has()
    {
        var action = Read("action.yml");
        Assert.Equal("composite", Text(action["runs"]["using"]));
        var steps = (YamlSequenceNode)action["runs"]["steps"];
        Assert.All(steps.Cast<YamlMappingNode>(), step => Assert.True(
            step.Children.ContainsKey("uses") ? Text(step["uses"]).Contains("@v", StringComparison.Ordinal) : Text(step["shell"]) == "bash" && Text(step["run"]).Length > 0));
        var inputs = ((YamlMappingNode)action["inputs"]).Children.Keys.Select(Text).ToList();
        var used = Regex.Matches(File.ReadAllText(Path.Combine(Folder, "action.yml")), @"inputs\.([\w-]+)").Select(match => match.Groups[1].Value).Distinct();
        Assert.Equal(inputs.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_template_for_Azure_uses_the_parameters_that_it_has()
    {
        var template = Read("azure-pipelines-steps.yml");
        var parameters = ((YamlSequenceNode)template["parameters"]).Select(parameter => Text(parameter["name"])).ToList();
        var used = Regex.Matches(File.ReadAllText(Path.Combine(Folder, "azure-pipelines-steps.yml")), @"parameters\.(\w+)").Select(match => match.Groups[1].Value).Distinct();
        Assert.Equal(parameters.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
        Assert.Equal(BuildStep(Read("action.yml")).Variables, BuildStep(template).Variables);
    }

    [Fact]
    public async Task A_job_builds_what_was_committed_restores_what_is_known_and_reports_what_is_wrong()
    {
        Assert.SkipUnless(IsThere("bash") && IsThere("jq"), "bash and jq are needed");
        using var project = BuildProject.OfModel(feed, epochs: 1, "<PropertyGroup><NanoDetModelLicense>CC0-1.0</NanoDetModelLicense></PropertyGroup>");

        // Nothing is locked yet.
        var unlocked = await JobAsync(project, "first");
        Assert.NotEqual(0, unlocked.ExitCode);
        Assert.Equal(["NDB3061"], Results(unlocked.Report).Select(result => result.GetProperty("ruleId").GetString()));
        Assert.Contains("The build failed", unlocked.Summary, StringComparison.Ordinal);

        // One job makes the model, and the next one, in a fresh checkout that must not train, has it from the store.
        var store = project.Folder[".nanodet-store"];
        await project.ExpectStagesAsync("split convert train export evaluate", "-p:NanoDetLockFile=true", $"-p:NanoDetStore={store}");
        Directory.Delete(project.Folder["obj"], recursive: true);
        Directory.Delete(project.Folder["bin"], recursive: true);
        var restored = await JobAsync(project, "second", "NANODET_TRAIN=IfCached");
        Assert.True(restored.ExitCode == 0, restored.Output);
        Assert.Contains("NanoDet: train: restored from the store", restored.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Results(restored.Report), result => result.GetProperty("level").GetString() == "error");
        Assert.Contains("The model was built", restored.Summary, StringComparison.Ordinal);
        Assert.Contains("#### How good it is", restored.Summary, StringComparison.Ordinal);
        Assert.True(File.Exists(project.Folder["nanodet-report/manifest.json"]) && File.Exists(project.Folder["nanodet-report/preview.png"]) && File.Exists(project.Folder["nanodet-report/report.html"]));

        // A mistake in a label stands at its line, below the folder of the checkout.
        project.Folder.Write("annotations/img2.xml", TinyVoc.Xml("img2.png", "bolt", left: 90));
        var wrong = await JobAsync(project, "third");
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains(Results(wrong.Report), result => result.GetProperty("level").GetString() is "error" or "warning"
            && result.GetProperty("locations").EnumerateArray().Any(location => location.GetProperty("physicalLocation") is var place
                && place.GetProperty("artifactLocation").GetProperty("uri").GetString() == "annotations/img2.xml" && place.GetProperty("region").GetProperty("startLine").GetInt32() > 0));
    }

    /// <summary>Runs the step that builds, as the action has it, with the defaults of its inputs.</summary>
    private static async Task<(int ExitCode, string Output, JsonElement Report, string Summary)> JobAsync(BuildProject project, string name, params string[] variables)
    {
        var summary = project.Folder[$"../{name}.md"];
        var (exitCode, output) = await DotNet.Start(
            project.Folder.FullPath,
            ["env", $"GITHUB_ACTION_PATH={Folder}", $"GITHUB_STEP_SUMMARY={summary}", "NANODET_PROJECT=.", .. variables, "bash", "-c", BuildStep(Read("action.yml")).Run]).EndAsync();
        var report = JsonDocument.Parse(await File.ReadAllBytesAsync(project.Folder["nanodet-report/nanodet.sarif"], TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("2.1.0", report.GetProperty("version").GetString());
        return (exitCode, output, report, await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken));
    }

    private static JsonElement.ArrayEnumerator Results(JsonElement report) => report.GetProperty("runs")[0].GetProperty("results").EnumerateArray();

    /// <summary>What the step runs that builds, and the variables that it sets.</summary>
    private static (string Run, IEnumerable<string> Variables) BuildStep(YamlMappingNode file)
    {
        var steps = (YamlSequenceNode)(file.Children.TryGetValue("runs", out var runs) ? runs["steps"] : file["steps"]);
        var step = steps.Cast<YamlMappingNode>().Single(node => node.Children.ContainsKey("env"));
        return (Text(step[step.Children.ContainsKey("run") ? "run" : "bash"]), ((YamlMappingNode)step["env"]).Children.Keys.Select(Text).Order(StringComparer.Ordinal));
    }

    private static YamlMappingNode Read(string name)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Folder, name));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static bool IsThere(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
