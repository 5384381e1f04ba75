using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Testing;
using NanoDet.Training.Loop;

namespace NanoDet.Training.Tests.Loop;

/// <summary>Training in bf16. A processor without instructions for it computes the same way, only slower.</summary>
public sealed class MixedPrecisionTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Dataset _dataset;

    public MixedPrecisionTests() => _dataset = SmallTraining.Draw(_folder["images"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_same_request_twice_gives_the_same_bytes_which_are_not_those_of_single_precision(bool isPlus)
    {
        Train("first", TrainingPrecision.BFloat16, isPlus);
        Train("second", TrainingPrecision.BFloat16, isPlus);
        Train("single", TrainingPrecision.Single, isPlus);

        RequireSameResult("first", "second");
        Assert.NotEqual(Bytes("single/model.safetensors"), Bytes("first/model.safetensors"));
    }

    [Fact]
    public void The_loss_falls_as_it_does_in_single_precision()
    {
        Train("bf16", TrainingPrecision.BFloat16, isPlus: false, epochs: 8);
        Train("single", TrainingPrecision.Single, isPlus: false, epochs: 8);

        var (losses, expected) = (Losses("bf16"), Losses("single"));
        Assert.True(losses[^1] < 0.9 * losses[0], string.Join(", ", losses));
        Assert.All(losses.Zip(expected), pair => Assert.InRange(pair.First / pair.Second, 0.93, 1.07));
    }

    [Fact]
    public void A_stopped_training_ends_in_the_bytes_of_one_that_was_not_and_not_in_another_precision()
    {
        Train("whole", TrainingPrecision.BFloat16);
        Stop("stopped");
        Train("stopped", TrainingPrecision.BFloat16);
        RequireSameResult("whole", "stopped");

        Stop("other");
        Train("other", TrainingPrecision.Single);
        Train("single", TrainingPrecision.Single);
        RequireSameResult("single", "other");
    }

    private void Stop(string output)
    {
        using var cancellation = new CancellationTokenSource();
        void CancelAfterFirstEpoch(string line)
        {
            if (line.StartsWith("epoch 1/", StringComparison.Ordinal))
            {
                cancellation.Cancel();
            }
        }

        Assert.Throws<OperationCanceledException>(
            () => new Trainer(Run(output, TrainingPrecision.BFloat16, isPlus: true, epochs: 3), CancelAfterFirstEpoch, _ => { }).Train(cancellation.Token));
    }

    private void Train(string output, TrainingPrecision precision, bool isPlus = true, int epochs = 3)
        => new Trainer(Run(output, precision, isPlus, epochs), _ => { }, _ => { }).Train(CancellationToken.None);

    private TrainingRun Run(string output, TrainingPrecision precision, bool isPlus, int epochs)
    {
        var run = SmallTraining.Run(_folder["images"], _folder[output], _dataset, epochs) with { Precision = precision };
        return isPlus ? run : run with { Configuration = SmallTraining.Legacy(epochs) };
    }

    /// <summary>The sum of the losses of each epoch.</summary>
    private double[] Losses(string output)
    {
        string[][] rows = [.. File.ReadLines(_folder[$"{output}/metrics.csv"]).Select(line => line.Split(','))];
        int[] columns = [.. rows[0].Index().Where(column => column.Item.Contains("loss_", StringComparison.Ordinal)).Select(column => column.Index)];
        return [.. rows.Skip(1).Select(row => columns.Sum(column => double.Parse(row[column], System.Globalization.CultureInfo.InvariantCulture)))];
    }

    private byte[] Bytes(string path) => File.ReadAllBytes(_folder[path]);

    private void RequireSameResult(string expected, string actual)
    {
        foreach (var file in new[] { "model.safetensors", "last.safetensors", "metrics.csv" })
        {
            Assert.True(Bytes($"{expected}/{file}").AsSpan().SequenceEqual(Bytes($"{actual}/{file}")), $"{file} of {expected} and {actual} differ");
        }
    }
}
