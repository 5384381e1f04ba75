using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Stages;

/// <summary>When the plan asks the store, and what it makes of the answers.</summary>
public sealed class StoredStageTests : IDisposable
{
    private readonly TestFolder _folder = new("obj");
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _stored = [];
    private readonly List<string> _asked = [];

    [Fact]
    public void Where_nothing_changed_the_store_is_not_asked()
    {
        Assert.Equal("run run run", Plan("a"));
        Run("a", "weights");
        _asked.Clear();
        Assert.Equal("skip skip skip", Plan("a"));
        Assert.Empty(_asked);
    }

    [Fact]
    public void What_the_store_has_is_restored_as_far_as_what_is_read_is_known()
    {
        Run("a", "weights");
        Keep("a");
        Run("b", "others");
        Assert.Equal("restore restore restore", Plan("a"));

        // Of the training there are other bytes: what was exported from them is not that.
        _stored[Train("a").Inputs.Hash] = StoredStage.Train.Outputs.ToDictionary(name => name, _ => new string('f', 64));
        Assert.Equal("restore run run", Plan("a"));
        _stored.Remove(Train("a").Inputs.Hash);
        Assert.Equal("run run run", Plan("a"));
    }

    [Fact]
    public void Behind_a_stage_that_comes_back_none_is_skipped()
    {
        Run("a", "weights");
        Keep("a");
        File.Delete(_folder[OutputFiles.Weights]);
        Assert.Equal("restore restore restore", Plan("a"));
        File.WriteAllText(_folder[OutputFiles.Onnx], "changed");
        _stored.Remove(Train("a").Inputs.Hash);
        Assert.Equal("run run run", Plan("a"));
    }

    [Fact]
    public void A_lost_file_of_a_later_stage_leaves_the_earlier_ones_alone()
    {
        Run("a", "weights");
        Keep("a");
        File.Delete(_folder[OutputFiles.Onnx]);
        Assert.Equal("skip restore restore", Plan("a"));
    }

    public void Dispose() => _folder.Dispose();

    private static Stage Train(string input) => new("train", new Fingerprint([new("input", input)]));

    private static Stage[] Stages(string input) => [Train(input), new("export", new Fingerprint([new("input", input)])), new("evaluate", new Fingerprint([new("input", input)]))];

    private string Plan(string input)
    {
        var planner = new StagePlanner(_folder.FullPath, name => File.Exists(_folder[name]) ? ContentHash.OfFile(_folder[name]) : null, key =>
        {
            _asked.Add(key);
            return _stored.GetValueOrDefault(key);
        }, _ => null);
        return string.Join(' ', planner.Plan([.. Stages(input)]).Select(decision => decision.Action)).ToLowerInvariant();
    }

    private void Run(string input, string content)
    {
        Plan(input);
        foreach (var stage in StoredStage.OfModel)
        {
            new StageRunner(_folder.FullPath, TimeSpan.FromSeconds(10)).Run(stage.Name, WantedKey.Of(_folder.FullPath, stage.Name), () => stage.Outputs.Select(name =>
            {
                _folder.Write(name, $"{content} {name}");
                return name;
            }), CancellationToken.None);
        }
    }

    private void Keep(string input)
    {
        var digests = StoredStage.OfModel.SelectMany(stage => stage.Outputs).ToDictionary(name => name, name => ContentHash.OfFile(_folder[name]).ToString());
        foreach (var (stage, stored) in Stages(input).Zip(StoredStage.OfModel))
        {
            _stored[stored.Key(stage.Inputs.Hash, digests.GetValueOrDefault)!] = stored.Outputs.ToDictionary(name => name, name => digests[name]);
        }
    }
}
