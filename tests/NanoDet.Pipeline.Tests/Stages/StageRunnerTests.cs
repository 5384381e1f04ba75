using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Stages;

public sealed class StageRunnerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_stage_that_writes_its_outputs_itself_runs_once_and_again_when_one_is_lost_or_it_failed()
    {
        using var folder = new TestFolder();
        var runner = new StageRunner(folder.FullPath, TimeSpan.FromSeconds(5));
        Want("1");
        Assert.True(runner.Run("train", WantedKey.Of(folder.FullPath, "train"), Make, Cancellation));
        Assert.False(runner.Run("train", WantedKey.Of(folder.FullPath, "train"), () => throw new InvalidOperationException("it is done already"), Cancellation));

        folder.Write("train/model", "edited");
        Assert.True(runner.Run("train", WantedKey.Of(folder.FullPath, "train"), Make, Cancellation));

        // Of other inputs, and it fails half way: it has not run, not even for the inputs of before.
        Want("2");
        Assert.Throws<InvalidOperationException>(() => runner.Run("train", WantedKey.Of(folder.FullPath, "train"), () => throw new InvalidOperationException("it fails"), Cancellation));
        Want("1");
        Assert.True(runner.Run("train", WantedKey.Of(folder.FullPath, "train"), Make, Cancellation));

        void Want(string value) => StageRecord.Write(StageRecord.WantedPath(folder.FullPath, "train"), new Fingerprint([new("epochs", value)]), []);

        IEnumerable<string> Make()
        {
            folder.Write("train/model", "weights");
            return ["train/model"];
        }
    }

    [Fact]
    public void A_file_that_is_gone_from_a_folder_is_made_again_and_what_was_made_of_the_same_files_stays()
    {
        using var folder = new TestFolder();
        var runner = new StageRunner(folder.FullPath, TimeSpan.FromSeconds(5));
        var inputs = new Fingerprint([new("recipe", "1")]);
        foreach (var stage in new[] { "augment", "train" })
        {
            StageRecord.Write(StageRecord.WantedPath(folder.FullPath, stage), inputs, []);
        }

        var copies = 3;
        Assert.True(runner.Run("augment", WantedKey.Of(folder.FullPath, "augment"), Make, Cancellation));
        Assert.True(runner.Run("train", WantedKey.Of(folder.FullPath, "train"), () => ["augmented/0"], Cancellation));
        Assert.False(runner.Run("augment", WantedKey.Of(folder.FullPath, "augment"), Make, Cancellation));

        File.Delete(folder["augmented/sub/2"]);
        var planner = new StagePlanner(folder.FullPath, name => FolderListing.Of(folder[name]), _ => null, _ => null);
        Assert.Equal(["augmented/ was changed after the build wrote it"], planner.PlanAgain("augment", inputs.Hash)!.Reasons);
        Assert.True(runner.Run("augment", WantedKey.Of(folder.FullPath, "augment"), Make, Cancellation));
        Assert.False(runner.Run("train", WantedKey.Of(folder.FullPath, "train"), () => throw new InvalidOperationException("its data came back as it was"), Cancellation));

        // One is renamed, and the stage does not make what it made before: training has to see that.
        File.Move(folder["augmented/0"], folder["augmented/zero"]);
        File.Move(folder["augmented/zero"], folder["augmented/null"]);
        Assert.True(runner.Run("augment", WantedKey.Of(folder.FullPath, "augment"), Make, Cancellation));
        Assert.True(runner.Run("train", WantedKey.Of(folder.FullPath, "train"), () => ["augmented/0"], Cancellation));

        // The run that brings one back is stopped half way: nothing is known to be as it was.
        File.Delete(folder["augmented/1"]);
        Assert.Throws<InvalidOperationException>(() => runner.Run("augment", WantedKey.Of(folder.FullPath, "augment"), () => throw new InvalidOperationException("stopped"), Cancellation));
        copies = 4;
        Assert.True(runner.Run("augment", WantedKey.Of(folder.FullPath, "augment"), Make, Cancellation));
        Assert.True(runner.Run("train", WantedKey.Of(folder.FullPath, "train"), () => ["augmented/0"], Cancellation));

        IEnumerable<string> Make()
        {
            for (var i = 0; i < copies; i++)
            {
                folder.Write(i == 2 ? "augmented/sub/2" : $"augmented/{i}", "a copy");
            }

            return ["augmented/"];
        }
    }

    [Fact]
    public void A_stage_that_another_plan_wants_otherwise_does_not_run()
    {
        using var folder = new TestFolder();
        var runner = new StageRunner(folder.FullPath, TimeSpan.FromSeconds(5));
        var (own, other) = (new Fingerprint([new("epochs", "4")]), new Fingerprint([new("epochs", "1")]));
        StageRecord.Write(StageRecord.WantedPath(folder.FullPath, "train"), own, []);
        StageRecord.Write(StageRecord.WantedPath(folder.FullPath, "train"), other, []);

        var error = Assert.Throws<NanoDetException>(() => runner.Run("train", own.Hash, () => throw new InvalidOperationException("it ran"), Cancellation));

        Assert.Equal("NDB9054", error.Diagnostic.Code);
        Assert.False(File.Exists(StageRecord.DonePath(folder.FullPath, "train")));
        Assert.True(runner.Run("train", other.Hash, () => [], Cancellation));
        Assert.True(runner.IsDone("train", other.Hash));
        Assert.False(runner.IsDone("train", own.Hash));
    }

    [Fact]
    public void A_plan_that_is_stopped_before_its_end_leaves_no_stage_that_takes_its_files_for_those_of_the_plan_before()
    {
        using var folder = new TestFolder();
        var planner = new StagePlanner(folder.FullPath, _ => null, _ => null, _ => null);
        Stage[] before = [new("convert", new Fingerprint([new("classes", "bolt")])), new("train", new Fingerprint([new("epochs", "4")]))];
        foreach (var stage in before)
        {
            planner.Plan([stage]);
        }

        planner.Withdraw([before[0], new("train", new Fingerprint([new("epochs", "1")]))]);

        var runner = new StageRunner(folder.FullPath, TimeSpan.FromSeconds(5));
        Assert.True(runner.Run("convert", before[0].Inputs.Hash, () => [], Cancellation));
        var error = Assert.Throws<NanoDetException>(() => runner.Run("train", before[1].Inputs.Hash, () => throw new InvalidOperationException("it ran"), Cancellation));
        Assert.Equal("NDB9053", error.Diagnostic.Code);
    }

    [Fact]
    public void A_record_that_names_a_file_outside_the_folder_deletes_nothing_there()
    {
        using var folder = new TestFolder();
        var inputs = new Fingerprint([new("epochs", "4")]);
        StageRecord.Write(StageRecord.WantedPath(folder["obj"], "train"), inputs, []);
        folder.Write("precious.txt", "the user's");
        folder.Write("obj/train/stale", "ours");
        StageRecord.Write(StageRecord.DonePath(folder["obj"], "train"), new Fingerprint([new("epochs", "3")]), [new("../precious.txt", "0"), new("train/stale", "0")]);

        Assert.True(new StageRunner(folder["obj"], TimeSpan.FromSeconds(5)).Run("train", inputs.Hash, () => [], Cancellation));

        Assert.True(File.Exists(folder["precious.txt"]));
        Assert.False(File.Exists(folder["obj/train/stale"]));
    }

    [Fact]
    public void An_output_that_was_promised_and_not_written_is_an_error()
    {
        using var folder = new TestFolder();
        StageRecord.Write(StageRecord.WantedPath(folder.FullPath, "train"), new Fingerprint([new("epochs", "4")]), []);
        var runner = new StageRunner(folder.FullPath, TimeSpan.FromSeconds(5));
        var missing = Assert.Throws<NanoDetException>(() => runner.Run("train", WantedKey.Of(folder.FullPath, "train"), () => ["train/model"], Cancellation));
        Assert.Equal("NDB4203", missing.Diagnostic.Code);
    }

    [Fact]
    public void The_data_set_that_was_planned_serves_for_as_long_as_its_file_is_the_same()
    {
        using var folder = new TestFolder();
        var planned = new Dataset(["bolt"], []);
        var content = DatasetFile.ToJson(planned);
        File.WriteAllBytes(folder["dataset.json"], content.Span);
        var runner = new StageRunner(folder.FullPath, TimeSpan.FromSeconds(5)) { Planned = new PlannedDataset(planned, ContentHash.Of(content.Span)) };

        Assert.Same(planned, Taken("1"));

        // Another build has planned since.
        File.WriteAllBytes(folder["dataset.json"], DatasetFile.ToJson(new Dataset(["nut"], [])).Span);
        Assert.Equal(["nut"], Taken("2")!.Classes);

        Dataset? Taken(string input)
        {
            Dataset? taken = null;
            StageRecord.Write(StageRecord.WantedPath(folder.FullPath, "convert"), new Fingerprint([new("input", input)]), []);
            Assert.True(runner.Run("convert", WantedKey.Of(folder.FullPath, "convert"), dataset =>
            {
                taken = dataset;
                return new Dictionary<string, ReadOnlyMemory<byte>>();
            }, Cancellation));
            return taken;
        }
    }
}
