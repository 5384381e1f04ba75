using NanoDet.Cuda.Reporting;
using NanoDet.Cuda.Trainings;
using NanoDet.Data.Configuration;

namespace NanoDet.Cuda.Parts;

/// <summary>Pictures a second, training alone and with a validation in each epoch, and what memory that takes.</summary>
/// <param name="work">Where trainings are made.</param>
/// <param name="device">The device.</param>
internal sealed class SpeedPart(Workplace work, DeviceFacts device)
{
    public const string Name = "speed";

    // What an H100 or H200 has to do with TF32 by batch size, and what an epoch with validation has to reach of it.
    private static readonly Dictionary<int, double> Bars = new() { [16] = 400, [64] = 1000 };
    private const double ShareWithValidation = 0.5;

    private const int VisitsAlone = 16;
    private const int EpochsWithValidation = 8;

    /// <summary>Measures it.</summary>
    /// <param name="precision">What a step computes in; bars are for single precision.</param>
    public IEnumerable<Finding> Find(TrainingPrecision precision)
    {
        int[] batches = work.Options.IsQuick ? [Workplace.FewInBatch] : [.. Bars.Keys.Order()];
        foreach (var batch in batches)
        {
            double? bar = device.HasBarsOfSpeed && precision == TrainingPrecision.Single && !work.Options.IsQuick ? Bars[batch] : null;
            var name = $"{precision}-{batch}".ToLowerInvariant();
            var alone = work.Train(new TrainingOrder($"speed-{name}", batch, Epochs: 2) { ValidationInterval = 0, Visits = work.Options.IsQuick ? 1 : VisitsAlone, Precision = precision });
            yield return Finding.AtLeast(bar, alone.ImagesPerSecond(from: 1), $"training, batch {batch}", "images/s");
            foreach (var finding in Memory(alone.Memory, batch))
            {
                yield return finding;
            }

            var epochs = work.Options.IsQuick ? 2 : EpochsWithValidation;
            var judged = work.Train(new TrainingOrder($"epochs-{name}", batch, epochs) { ValidationInterval = 1, Precision = precision });
            yield return Finding.AtLeast(bar * ShareWithValidation, judged.ImagesPerSecond(from: epochs / 4), $"epochs with validation, batch {batch}", "images/s");
            yield return Arithmetic(judged, batch);
        }
    }

    private static Finding Arithmetic(TrainingRecord training, int batch)
    {
        var (operations, order) = training.Arithmetic;
        // The first choice; the next one, planar maps, would say that a kernel of this device is wrong.
        return Finding.Require(operations > 0 && order == "channels-last", $"proof of arithmetic, batch {batch}", $"{operations} operations, {order}", "the first choice is right");
    }

    private IEnumerable<Finding> Memory(MemoryFigures memory, int batch)
    {
        if (device.FreeOnCard is { } before && memory.FreeOnCard is { } after)
        {
            yield return Finding.Tell($"peak memory of the card, batch {batch}", $"{(before - after) >> 20} MB and CUDA's own", (before - after) >> 20);
        }

        yield return Finding.Tell($"peak memory of the process, batch {batch}", $"{memory.PeakResidentBytes >> 20} MB", memory.PeakResidentBytes >> 20);
    }
}
