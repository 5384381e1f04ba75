using NanoDet.Data.Diagnostics;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Planning;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Planning;

public sealed class StageRunnerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_stage_that_writes_its_outputs_itself_runs_once_and_again_when_one_is_lost_or_it_failed()
    {
        using var folder = new TestFolder();
        var runner = new StageRunner(folder.FullPath, TimeSpan.FromSeconds(5));
        Want("1");
        Assert.True(runner.Run("train", Make, Cancellation));
        Assert.False(runner.Run("train", () => throw new InvalidOperationException("it is done already"), Cancellation));

        folder.Write("train/model", "edited");
        Assert.True(runner.Run("train", Make, Cancellation));

        // Of other inputs, and it fails half way: it has not run, not even for the inputs of before.
        Want("2");
        Assert.Throws<InvalidOperationException>(() => runner.Run("train", () => throw new InvalidOperationException("it fails"), Cancellation));
        Want("1");
        Assert.True(runner.Run("train", Make, Cancellation));

        void Want(string value) => StageRecord.Write(StageRecord.WantedPath(folder.FullPath, "train"), new Fingerprint([new("epochs", value)]), []);

        IEnumerable<string> Make()
        {
            folder.Write("train/model", "weights");
            return ["train/model"];
        }
    }

    [Fact]
    public void An_output_that_was_promised_and_not_written_is_an_error()
    {
        using var folder = new TestFolder();
        StageRecord.Write(StageRecord.WantedPath(folder.FullPath, "train"), new Fingerprint([]), []);
        var runner = new StageRunner(folder.FullPath, TimeSpan.FromSeconds(5));
        var missing = Assert.Throws<DiagnosticException>(() => runner.Run("train", () => ["train/model"], Cancellation));
        Assert.Equal("NDB4203", missing.Diagnostic.Code);
    }
}
