using System.Text.Json;
using NanoDet.Testing;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>Changes a project, looks at what a build would do, and takes the change back.</summary>
/// <param name="project">The project, built.</param>
internal sealed class ChangeTable(BuildProject project)
{
    private readonly Dictionary<string, byte[]> _inputs = Inputs(project.Folder).ToDictionary(path => path, path => File.ReadAllBytes(project.Folder[path]), StringComparer.Ordinal);

    /// <summary>Expects a decision about every stage, about the training, and the reasons.</summary>
    /// <param name="kind">The change in words.</param>
    /// <param name="change">Makes it.</param>
    /// <param name="arguments">Properties that are a change themselves.</param>
    /// <param name="run">The stages that run; all others are skipped.</param>
    /// <param name="way">How it is trained and the beginning of why; null where it is not.</param>
    /// <param name="because">Stages, each with the beginning of one of its reasons.</param>
    public async Task ExpectAsync(string kind, Action<TestFolder> change, string[]? arguments = null, string run = "", string? way = null, string[]? because = null)
    {
        change(project.Folder);
        var outcome = await project.BuildAsync(["-t:NanoDetPlan", .. arguments ?? []]);
        Assert.True(outcome.ExitCode == 0, $"{kind}: {outcome.Output}");
        var plan = project.Plan();
        var stages = plan.GetProperty("stages").EnumerateArray().ToList();
        Assert.Equal(["split", "convert", "train", "export", "evaluate"], stages.Select(stage => Text(stage, "name")));
        Assert.Equal((kind, run), (kind, project.Planned("run")));
        Assert.Equal((kind, ""), (kind, project.Planned("restore")));
        var decision = plan.TryGetProperty("training", out var training) ? Words(training.GetProperty("decision")) : null;
        Assert.True(way is null ? decision is null : decision?.StartsWith(way, StringComparison.Ordinal) == true, $"{kind}: {decision}");
        var reasons = stages.SelectMany(stage => stage.GetProperty("reasons").EnumerateArray().Select(reason => $"{Text(stage, "name")}: {reason.GetString()}")).ToList();
        foreach (var reason in because ?? [])
        {
            Assert.True(reasons.Exists(told => told.StartsWith(reason, StringComparison.Ordinal)), $"{kind}: {string.Join('\n', reasons)}");
        }

        Assert.Equal(run.Split(' ', StringSplitOptions.RemoveEmptyEntries), reasons.Select(reason => reason[..reason.IndexOf(':', StringComparison.Ordinal)]).Distinct());
        TestContext.Current.TestOutputHelper?.WriteLine($"| {kind} | {(run.Length > 0 ? run : "nothing")} | {decision ?? "none"} |");
        TakeBack();
    }

    private void TakeBack()
    {
        foreach (var added in Inputs(project.Folder).Where(path => !_inputs.ContainsKey(path)))
        {
            File.Delete(project.Folder[added]);
        }

        foreach (var (path, content) in _inputs)
        {
            File.WriteAllBytes(project.Folder[path], content);
        }
    }

    private static IEnumerable<string> Inputs(TestFolder folder)
        => new[] { "images", "annotations", "." }.SelectMany(name => Directory.GetFiles(folder[name]).Select(path => $"{name}/{Path.GetFileName(path)}"))
            .Where(path => !path.EndsWith(".binlog", StringComparison.Ordinal) && !path.EndsWith(".md", StringComparison.Ordinal));

    private static string Words(JsonElement decision)
    {
        var way = Text(decision.GetProperty("lineage"), "way");
        // Weights that are taken as they are were not trained: neither kept nor stale can be without it.
        Assert.Equal(way is "kept" or "stale", decision.GetProperty("takesWeights").GetBoolean());
        return $"{way}: {Text(decision, "reason")}";
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
