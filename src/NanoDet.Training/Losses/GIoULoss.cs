using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>One minus the generalised intersection over union (Rezatofighi et al., 2019; <c>nanodet/model/loss/iou_loss.py</c>).</summary>
/// <param name="Weight">Weight of the loss.</param>
public sealed record GIoULoss(double Weight)
{
    private const double SmallestArea = 1e-6;

    /// <summary>Computes the loss, a scalar.</summary>
    /// <param name="boxes">[N, 4]: left, top, right, bottom.</param>
    /// <param name="targets">[N, 4].</param>
    /// <param name="weights">[N].</param>
    /// <param name="divisor">The divisor of the sum, a scalar.</param>
    public Tensor Compute(Tensor boxes, Tensor targets, Tensor weights, Tensor divisor)
    {
        var (corner, end) = (boxes[.., ..2], boxes[.., 2..]); // [N, 2]
        var (targetCorner, targetEnd) = (targets[.., ..2], targets[.., 2..]);
        var overlap = Area(corner.maximum(targetCorner), end.minimum(targetEnd), clamp: true);
        var union = (Area(corner, end, clamp: false) + Area(targetCorner, targetEnd, clamp: false) - overlap).clamp_min(SmallestArea);
        var hull = Area(corner.minimum(targetCorner), end.maximum(targetEnd), clamp: true).clamp_min(SmallestArea);
        var loss = 1 - (overlap / union) + ((hull - union) / hull);
        return (loss * weights).sum() * Weight / divisor;
    }

    private static Tensor Area(Tensor corner, Tensor end, bool clamp)
    {
        var sides = clamp ? (end - corner).clamp_min(0) : end - corner;
        return sides[.., 0] * sides[.., 1];
    }
}
