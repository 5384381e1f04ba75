using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Heads;
using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>
/// The three losses of a head that predicts class scores as qualities and distances as distributions. Only the assigned priors
/// are decoded; the others only contribute to the class loss, as background, unless an ignored object lies there.
/// </summary>
internal sealed class GeneralizedFocalLoss(DetectionHead head, LossConfiguration weights)
{
    private readonly QualityFocalLoss _quality = new(weights.QualityFocalBeta, weights.QualityFocalWeight);
    private readonly DistributionFocalLoss _distribution = new(weights.DistributionFocalWeight);
    private readonly GIoULoss _overlap = new(weights.GIoUWeight);

    /// <summary>Computes the losses.</summary>
    /// <param name="predictions">[B, N, columns].</param>
    /// <param name="targets">The targets of the assigned priors, on the same device.</param>
    /// <param name="divisor">The divisor of the class loss.</param>
    /// <param name="smallestWeight">The smallest divisor of the box losses, which is otherwise the sum of the weights.</param>
    /// <param name="prefix">The prefix of the names of the parts.</param>
    public TrainingLoss Compute(Tensor predictions, TargetTensors targets, double divisor, double smallestWeight, string prefix = "")
    {
        using var scope = NewDisposeScope();
        var rows = predictions.reshape(-1, head.OutputChannels); // [B N, columns]
        var quality = _quality.Compute(rows[.., ..head.NumClasses], targets.ScoresOf(rows.shape[0], head.NumClasses), divisor, targets.FactorsOf(rows.shape[0]));
        var (overlap, distribution) = targets.Count > 0
            ? BoxLosses(rows, targets, smallestWeight)
            : (zeros_like(quality), zeros_like(quality));
        return new TrainingLoss(
            quality + overlap + distribution,
            [$"{prefix}loss_qfl", $"{prefix}loss_bbox", $"{prefix}loss_dfl"],
            stack([quality, overlap, distribution]).detach()).MoveToOuterDisposeScope();
    }

    private (Tensor Overlap, Tensor Distribution) BoxLosses(Tensor rows, TargetTensors targets, double smallestWeight)
    {
        var assigned = rows.index_select(0, targets.Rows); // [P, columns]
        var logits = assigned[.., head.NumClasses..]; // [P, 4 (RegMax + 1)]
        var weights = assigned[.., ..head.NumClasses].detach().sigmoid().amax([1]); // [P]
        var weightSum = weights.sum().clamp_min(smallestWeight);

        var decoded = targets.Centres + (head.Integral.call(logits) * targets.Strides); // [P, 4]
        var distances = ((targets.Boxes - targets.Centres) / targets.Strides).clamp(0, head.RegMax - 0.1); // [P, 4]
        return (
            _overlap.Compute(decoded, targets.Boxes, weights, weightSum),
            _distribution.Compute(
                logits.reshape(-1, head.RegMax + 1), distances.flatten(), weights.repeat_interleave(4), weightSum * 4));
    }
}
