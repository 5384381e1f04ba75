using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>
/// Focal loss whose target is the quality of the box, 0 to 1, instead of 1 (Generalized Focal Loss, Li et al., 2020;
/// <c>nanodet/model/loss/gfocal_loss.py</c>).
/// </summary>
/// <param name="Beta">Focusing exponent.</param>
/// <param name="Weight">Weight of the loss.</param>
public sealed record QualityFocalLoss(double Beta, double Weight)
{
    /// <summary>Computes the loss, a scalar.</summary>
    /// <param name="logits">[N, classes].</param>
    /// <param name="targets">[N, classes]: the quality at an object's class, 0 elsewhere.</param>
    /// <param name="divisor">The divisor of the sum.</param>
    /// <param name="factors">The factor of each row, [N, 1]; null if all are 1.</param>
    public Tensor Compute(Tensor logits, Tensor targets, double divisor, Tensor? factors = null)
    {
        // Negatives have the target 0, so one formula is enough for both: cross-entropy times |target - score| ^ beta.
        var focus = (targets - logits.sigmoid()).abs().pow(Beta);
        var crossEntropy = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: nn.Reduction.None);
        var losses = crossEntropy * focus;
        return (factors is null ? losses : losses * factors).sum() * (Weight / divisor);
    }
}
