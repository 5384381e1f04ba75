using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Incremental;

namespace NanoDet.Worker.Tests.Training;

/// <summary>Trainings that go on from an earlier model, as the build asks for them.</summary>
public sealed class WarmTrainingTests : IDisposable
{
    private const int Epochs = 7;
    private readonly TrainingWorkplace _work = new(Epochs);

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Going_on_is_short_ends_in_the_same_bytes_from_the_kept_parent_and_falls_back_where_it_makes_things_worse()
    {
        Assert.Equal(0, _work.Train("parent").ExitCode);
        var parent = _work["parent/model.safetensors"];
        var digest = ContentHash.OfFile(parent).ToString();
        var changed = _work.Dataset.Images[0];
        var lineage = new TrainingLineage
        {
            Way = TrainingWay.FineTune,
            Reason = "a test",
            Parent = digest,
            Generation = 1,
            Changed = [new(changed.Path, changed.ContentHash)],
            KnownClasses = _work.Dataset.Classes,
            Tolerance = 1,
        };

        var (code, lines) = Go("warm", lineage, parent);

        Assert.True(code == 0, string.Join('\n', lines));
        Assert.Equal(2, lines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains(" 0 renewed, 0 skipped", StringComparison.Ordinal));
        var written = LineageFile.Read(_work["warm/lineage.json"]);
        Assert.Equal((TrainingWay.FineTune, digest), (written.Way, written.Parent));
        Assert.NotNull(written.ParentMap);
        Assert.NotNull(written.Map);
        Assert.NotEqual(digest, ContentHash.OfFile(_work["warm/model.safetensors"]).ToString());

        // Again, with nothing but what the first kept.
        Assert.Equal(0, Go("again", lineage, _work["warm/parent.safetensors"]).Code);
        _work.RequireSameResult("warm", "again");
        Assert.Equal(File.ReadAllBytes(_work["warm/lineage.json"]), File.ReadAllBytes(_work["again/lineage.json"]));

        // No result is so good that it would not be judged too bad: from scratch, in the same run, and told once.
        (code, lines) = Go("fallback", lineage with { Tolerance = -1 }, parent);
        Assert.Equal(0, code);
        Assert.Equal(2 + Epochs, lines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.StartsWith("a new training starts: the warm start lowered mAP from ", StringComparison.Ordinal));
        _work.RequireSameResult("parent", "fallback");
        Assert.Equal(TrainingWay.Scratch, LineageFile.Read(_work["fallback/lineage.json"]).Way);
        Assert.False(File.Exists(_work["fallback/parent.safetensors"]));

        // Interrupted after that: what was found out is not computed again.
        File.Delete(_work["fallback/result.json"]);
        (_, lines) = Go("fallback", lineage with { Tolerance = -1 }, parent);
        Assert.DoesNotContain(lines, line => line.StartsWith("epoch ", StringComparison.Ordinal));
        _work.RequireSameResult("parent", "fallback");
    }

    [Fact]
    public void A_new_class_grows_the_head_and_the_rows_of_the_others_stay()
    {
        Assert.Equal(0, _work.Train("parent").ExitCode);
        var parent = _work["parent/model.safetensors"];
        var lineage = new TrainingLineage
        {
            Way = TrainingWay.FineTune,
            Reason = "a test",
            Parent = ContentHash.OfFile(parent).ToString(),
            KnownClasses = _work.Dataset.Classes,
            Tolerance = 1,
        };
        using var grown = new TrainingWorkplace(Epochs, configuration => configuration with
        {
            ClassNames = ["blue", "red", "green"],
            Model = configuration.Model with
            {
                Head = configuration.Model.Head with { NumClasses = 3 },
                AuxiliaryHead = configuration.Model.AuxiliaryHead! with { NumClasses = 3 },
            },
        });
        File.WriteAllBytes(grown["dataset.json"], DatasetFile.ToJson(new Dataset(["blue", "red", "green"], [.. grown.Dataset.Images.Select(image => image with
        {
            Objects = [.. image.Objects.Select(item => item with { Label = item.Label + 1 })],
        })])).ToArray());

        var (code, lines) = Go("warm", lineage, parent, grown);

        Assert.True(code == 0, string.Join('\n', lines));
        Assert.Contains("the file has 2 of the 3 classes", File.ReadAllText(grown["warm/weights.md"]), StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains(" 0 renewed, 0 skipped", StringComparison.Ordinal));
        Assert.NotNull(LineageFile.Read(grown["warm/lineage.json"]).ParentMap);
    }

    [Fact]
    public void Weights_can_be_taken_as_they_are_but_only_those_that_were_decided_about()
    {
        Assert.Equal(0, _work.Train("out").ExitCode);
        File.Copy(_work["out/last.safetensors"], _work["accepted.safetensors"]);
        var decision = new TrainingDecision(TrainingLineage.Scratch("long ago"), TakesWeights: true, "a test")
        {
            Weights = ContentHash.OfFile(_work["accepted.safetensors"]).ToString(),
        };

        Assert.Equal(0, Go("out", decision, _work["accepted.safetensors"]).Code);

        Assert.Equal(File.ReadAllBytes(_work["accepted.safetensors"]), File.ReadAllBytes(_work["out/model.safetensors"]));
        Assert.Empty(Directory.EnumerateFiles(_work["out"]).Select(Path.GetFileName).Except(["model.safetensors", "lineage.json", "result.json", ".lock"]));

        // The weights of the training that was there are gone with it: it begins anew where it is asked for again.
        Assert.Equal(Epochs, _work.Train("out").Lines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
        foreach (var other in new[] { _work["configuration.json"], _work["missing"] })
        {
            var (code, lines) = Go("out", decision, other);
            Assert.Equal(1, code);
            Assert.Contains("error NDB4404: ", lines[^1], StringComparison.Ordinal);
        }
    }

    private (int Code, string[] Lines) Go(string output, TrainingLineage lineage, string parent, TrainingWorkplace? work = null)
        => Go(output, TrainingDecision.Train(lineage) with { Weights = lineage.Parent }, parent, work);

    private (int Code, string[] Lines) Go(string output, TrainingDecision decision, string parent, TrainingWorkplace? work = null)
    {
        work ??= _work;
        File.WriteAllBytes(work["decision.json"], ManifestJson.Write(decision));
        return work.Train(output, more: new { decision = work["decision.json"], parent });
    }
}
