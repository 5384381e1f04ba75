using NanoDet.Cuda.Reporting;
using NanoDet.Cuda.Trainings;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Training.Weights;

namespace NanoDet.Cuda.Parts;

/// <summary>A training that was killed in the middle of an epoch and resumed ends as an undisturbed one.</summary>
/// <param name="work">Where trainings are made.</param>
internal sealed class ResumePart(Workplace work)
{
    public const string Name = "resume";

    /// <summary>
    /// Where a card adds in another order each time, two undisturbed trainings differ too; a resumed one may be this many times as far
    /// from one of them as the other.
    /// </summary>
    private const double Slack = 4;

    /// <summary>Finds it out.</summary>
    public IEnumerable<Finding> Find()
    {
        var (batch, epochs) = work.Options.IsQuick ? (Workplace.FewInBatch, 3) : (16, 4);
        var stepsPerEpoch = work.Dataset.Of(DatasetPart.Train).Count() / batch;
        var order = new TrainingOrder("whole", batch, epochs) { LogInterval = 1 };
        var whole = work.Train(order);
        var again = work.Train(order with { Name = "again" });
        var isExact = again.HasBytesOf(whole);
        yield return work.Options.Choice.Device == TrainingDevice.Cpu
            ? Finding.Require(isExact, "trained twice", isExact ? "the same bytes" : "other bytes", "the same bytes")
            : Finding.Tell("trained twice", isExact ? "the same bytes" : $"weights up to {Distance(whole, again):0.0e-0} apart");

        var stopped = order with { Name = "stopped", CheckpointSeconds = 0 };
        // A step is logged before its checkpoint is there; that of the step before is, and lies within the second epoch.
        var step = stepsPerEpoch + Math.Max(2, stepsPerEpoch / 2);
        KillAt(stopped, step);
        using (var process = work.Start(stopped, isNew: false))
        {
            var resumed = process.Finish().FirstOrDefault(line => line.Contains("resumed at", StringComparison.Ordinal));
            yield return Finding.Require(resumed?.EndsWith("step 1", StringComparison.Ordinal) == false, $"killed after step {step}", resumed ?? "began anew", "resumed within an epoch");
        }

        var record = work.RecordOf(stopped);
        if (isExact)
        {
            var isSame = record.HasBytesOf(whole);
            yield return Finding.Require(isSame, "killed and resumed", isSame ? "the same bytes" : $"weights up to {Distance(whole, record):0.0e-0} apart", "the bytes of the undisturbed one");
        }
        else
        {
            yield return Finding.AtMost(Slack * Distance(whole, again), Distance(whole, record), "killed and resumed: largest difference of a weight");
        }
    }

    private void KillAt(TrainingOrder order, int step)
    {
        using var process = work.Start(order, isNew: true);
        var progress = Path.Combine(work.FolderOf(order), "progress.jsonl");
        var deadline = TimeProvider.System.GetTimestamp();
        while (!File.Exists(progress) || Steps(progress) < step)
        {
            if (process.HasEnded)
            {
                process.Finish();
                throw new EndedEarlyException($"the training was over before step {step}");
            }

            if (TimeProvider.System.GetElapsedTime(deadline) > work.Options.Limit)
            {
                throw new EndedEarlyException($"the training did not come to step {step}");
            }

            Thread.Sleep(5);
        }

        process.Kill();
    }

    private static int Steps(string progress)
    {
        using var file = new FileStream(progress, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n').Count(line => line.Contains("\"kind\":\"step\"", StringComparison.Ordinal));
    }

    private static double Distance(TrainingRecord one, TrainingRecord other)
    {
        var (left, right) = (WeightFile.Read(one.PathOf("last.safetensors")).Tensors, WeightFile.Read(other.PathOf("last.safetensors")).Tensors);
        return left.Max(entry => entry.Value.ToSingles().Zip(right[entry.Key].ToSingles(), (a, b) => Math.Abs((double)a - b)).DefaultIfEmpty(0).Max());
    }
}
