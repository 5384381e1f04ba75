using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Store.Stages;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>The verbs that look after a store, on one that three models are in.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly TestFolder _store = new("store");
    private readonly TestFolder _project = new("obj");

    public StoreTests()
    {
        using var store = new StageStore(new StoreSettings { Folder = _store.FullPath });
        for (var i = 0; i < 3; i++)
        {
            foreach (var stage in StoredStage.OfModel)
            {
                var inputs = new Fingerprint([new("input", $"{i}")]);
                StageRecord.Write(StageRecord.WantedPath(_project.FullPath, stage.Name), inputs, []);
                new StageRunner(_project.FullPath, TimeSpan.FromSeconds(10)).Run(stage.Name, inputs.Hash, () => stage.Outputs.Select(name =>
                {
                    _project.Write(name, $"{name} {i}");
                    return name;
                }), CancellationToken.None);
                store.KeepAsync(stage, _project.FullPath, Fail, CancellationToken.None).GetAwaiter().GetResult();
            }

            if (i == 1)
            {
                store.Remember("Bolts", "1.0.0+sha.0123456789ab", _project.FullPath, Fail);
            }
        }

        static void Fail(Diagnostic diagnostic) => Assert.Fail(diagnostic.Message);
    }

    [Fact]
    public async Task List_tells_stage_model_size_and_age()
    {
        var plain = await RunAsync("list");
        Assert.Equal((0, $"9 results, 462 B in {_store.FullPath}\n"), (plain.ExitCode, plain.Error.ReplaceLineEndings("\n")));
        Assert.Equal(3, plain.Output.Split('\n').Count(line => line.Contains("Bolts 1.0.0+sha.0123456789ab", StringComparison.Ordinal)));

        var entries = (await RunAsync("list", "--json")).Json.EnumerateArray().ToList();
        Assert.Equal(9, entries.Count);
        Assert.Equal(3, entries.Count(entry => entry.GetProperty("stage").GetString() == "export"));
        Assert.Equal(3, entries.Count(entry => entry.GetProperty("model").ValueKind == JsonValueKind.String));
        Assert.All(entries, entry => Assert.Equal(64, entry.GetProperty("key").GetString()!.Length));

        var missing = await ToolProcess.RunAsync("store", "list", "--store", _store["missing"]);
        Assert.Equal((0, "", $"0 results, 0 B in {_store["missing"]}\n"), (missing.ExitCode, missing.Output, missing.Error.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task The_variable_that_a_build_obeys_names_the_store_for_the_tool_too()
    {
        var listed = await ToolProcess.RunWithAsync("NanoDetStore", _store.FullPath, "store", "list");
        Assert.Equal((0, $"9 results, 462 B in {_store.FullPath}\n"), (listed.ExitCode, listed.Error.ReplaceLineEndings("\n")));

        var other = await ToolProcess.RunWithAsync("NanoDetStore", _store.FullPath, "store", "list", "--store", _store["missing"]);
        Assert.Equal($"0 results, 0 B in {_store["missing"]}\n", other.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Verify_finds_damage_and_repair_takes_it_out()
    {
        var well = await RunAsync("verify");
        Assert.Equal((0, $"9 results, 0 damaged in {_store.FullPath}\n", ""), (well.ExitCode, well.Output, well.Error));
        var blob = Directory.EnumerateFiles(_store["cas"], "*", SearchOption.AllDirectories).First();
        await File.WriteAllTextAsync(blob, (await File.ReadAllTextAsync(blob, TestContext.Current.CancellationToken)).ToUpperInvariant(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Directory.EnumerateFiles(_store["ac"], "*", SearchOption.AllDirectories).First(), "nothing", TestContext.Current.CancellationToken);

        var bad = await RunAsync("verify", "--json");
        Assert.Equal(1, bad.ExitCode);
        var damaged = bad.Json.GetProperty("damaged").GetArrayLength();
        Assert.InRange(damaged, 1, 2);
        Assert.Equal(damaged, bad.Error.Split('\n').Count(line => line.Contains("warning NDB4302: ", StringComparison.Ordinal)));
        var repair = await RunAsync("verify", "--repair");
        Assert.Equal((0, $"9 results, {damaged} damaged and removed in {_store.FullPath}\n"), (repair.ExitCode, repair.Output));
        Assert.Equal((0, $"{9 - damaged} results, 0 damaged in {_store.FullPath}\n"), ((await RunAsync("verify")).ExitCode, (await RunAsync("verify")).Output));
    }

    [Fact]
    public async Task Prune_keeps_what_the_last_models_need()
    {
        var prune = await RunAsync("prune", "--max-size", "0");
        Assert.Equal((0, ""), (prune.ExitCode, prune.Error));
        Assert.StartsWith("6 results removed, 308 B freed, 154 B left", prune.Output, StringComparison.Ordinal);
        Assert.Equal(3, (await RunAsync("list", "--json")).Json.GetArrayLength());

        var all = (await RunAsync("prune", "--max-size", "0", "--keep", "0", "--json")).Json;
        Assert.Equal((3, 0), (all.GetProperty("entries").GetInt32(), all.GetProperty("left").GetInt32()));

        var wrong = await RunAsync("prune", "--older-than", "soon");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("--older-than must be a time", wrong.Error, StringComparison.Ordinal);
        Assert.EndsWith("'nanodet store prune --help' shows the options and examples\n", wrong.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _project.Dispose();
        _store.Dispose();
    }

    private Task<ToolProcess> RunAsync(string verb, params string[] arguments) => ToolProcess.RunAsync(["store", verb, "--store", _store.FullPath, .. arguments]);
}
