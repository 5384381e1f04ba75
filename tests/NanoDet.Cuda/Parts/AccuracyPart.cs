using NanoDet.Cuda.Reporting;
using NanoDet.Cuda.Trainings;
using NanoDet.Data.Configuration;

namespace NanoDet.Cuda.Parts;

/// <summary>Thirty epochs of BCCD, judged on its validation images.</summary>
/// <param name="work">Where trainings are made.</param>
internal sealed class AccuracyPart(Workplace work)
{
    public const string Name = "accuracy";

    // The reference training's: its best validation.
    private const double AP = 0.553;
    private const double AP50 = 0.851;
    private const double Bound = 0.02;

    /// <summary>Trains and judges.</summary>
    /// <param name="precision">What a step computes in.</param>
    public IEnumerable<Finding> Find(TrainingPrecision precision)
    {
        var (batch, epochs) = work.Options.IsQuick ? (Workplace.FewInBatch, 2) : (16, 30);
        var training = work.Train(new TrainingOrder($"accuracy-{precision}".ToLowerInvariant(), batch, epochs) { Precision = precision });
        var losses = $"{training.Losses[0]:0.###}, {training.Losses[^1]:0.###}";
        if (work.Options.IsQuick)
        {
            // A few steps teach nothing, and may even raise the loss at first.
            yield return Finding.Require(training.Losses.All(double.IsFinite), "loss of the first and of the last epoch", losses, "numbers");
            yield return Finding.Tell("mAP, AP50", $"{training.AP:0.###}, {training.AP50:0.###}");
            yield break;
        }

        yield return Finding.Require(training.Losses[^1] < training.Losses[0], "loss of the first and of the last epoch", losses, "it falls");
        yield return Finding.AtMost(Bound, Math.Abs(training.AP - AP), $"mAP {training.AP:0.####}, difference from {AP}");
        yield return Finding.AtMost(Bound, Math.Abs(training.AP50 - AP50), $"AP50 {training.AP50:0.####}, difference from {AP50}");
    }
}
