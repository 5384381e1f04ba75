using System.Runtime.InteropServices;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Heads;
using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>
/// The three losses of a head that predicts class scores as qualities and distances as distributions. Only the assigned priors
/// are decoded; the others only contribute to the class loss, as background.
/// </summary>
internal sealed class GeneralizedFocalLoss(DetectionHead head, LossConfiguration weights)
{
    private readonly QualityFocalLoss _quality = new(weights.QualityFocalBeta, weights.QualityFocalWeight);
    private readonly DistributionFocalLoss _distribution = new(weights.DistributionFocalWeight);
    private readonly GIoULoss _overlap = new(weights.GIoUWeight);

    /// <summary>Computes the losses.</summary>
    /// <param name="predictions">[B, N, columns].</param>
    /// <param name="targets">The targets of the assigned priors.</param>
    /// <param name="divisor">The divisor of the class loss.</param>
    /// <param name="smallestWeight">The smallest divisor of the box losses, which is otherwise the sum of the weights.</param>
    /// <param name="prefix">The prefix of the names of the parts.</param>
    public TrainingLoss Compute(Tensor predictions, TrainingTargets targets, double divisor, double smallestWeight, string prefix = "")
    {
        using var scope = NewDisposeScope();
        var rows = predictions.reshape(-1, head.OutputChannels); // [B N, columns]
        var quality = _quality.Compute(rows[.., ..head.NumClasses], ScoreTargets(rows, targets), divisor);
        var (overlap, distribution) = targets.Count > 0
            ? BoxLosses(rows, targets, smallestWeight)
            : (zeros_like(quality), zeros_like(quality));
        return new TrainingLoss(
            (quality + overlap + distribution).MoveToOuterDisposeScope(),
            [
                new LossPart($"{prefix}loss_qfl", quality.item<float>()),
                new LossPart($"{prefix}loss_bbox", overlap.item<float>()),
                new LossPart($"{prefix}loss_dfl", distribution.item<float>()),
            ]);
    }

    private Tensor ScoreTargets(Tensor rows, TrainingTargets targets)
    {
        var scores = new float[rows.shape[0] * head.NumClasses];
        for (var i = 0; i < targets.Count; i++)
        {
            scores[(targets.Rows[i] * head.NumClasses) + targets.Labels[i]] = targets.Scores[i];
        }

        return tensor(scores, rows.shape[0], head.NumClasses, device: rows.device);
    }

    private (Tensor Overlap, Tensor Distribution) BoxLosses(Tensor rows, TrainingTargets targets, double smallestWeight)
    {
        var assigned = rows.index_select(0, tensor(targets.Rows.ToArray(), device: rows.device)); // [P, columns]
        var logits = assigned[.., head.NumClasses..]; // [P, 4 (RegMax + 1)]
        var weights = assigned[.., ..head.NumClasses].detach().sigmoid().amax([1]); // [P]
        var weightSum = Math.Max(weights.sum().item<float>(), smallestWeight);

        var boxes = Columns(targets.Boxes.Select(box => (box.Left, box.Top, box.Right, box.Bottom)), rows.device);
        var priors = Columns(targets.Priors.Select(prior => (prior.X, prior.Y, prior.X, prior.Y)), rows.device);
        var strides = tensor(targets.Priors.Select(prior => prior.Stride).ToArray(), targets.Count, 1, device: rows.device);
        var signs = tensor([-1f, -1f, 1f, 1f], device: rows.device);

        var decoded = priors + (head.Integral.call(logits) * strides * signs); // [P, 4]
        var distances = ((boxes - priors) * signs / strides).clamp(0, head.RegMax - 0.1); // [P, 4]
        return (
            _overlap.Compute(decoded, boxes, weights, weightSum),
            _distribution.Compute(
                logits.reshape(-1, head.RegMax + 1), distances.flatten(), weights.repeat_interleave(4), 4 * weightSum));
    }

    private static Tensor Columns(IEnumerable<(float, float, float, float)> rows, Device device)
    {
        var values = rows.ToArray();
        return tensor(MemoryMarshal.Cast<(float, float, float, float), float>(values).ToArray(), values.Length, 4, device: device);
    }
}
