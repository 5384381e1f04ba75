using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>
/// Cross-entropy with the two whole distances on either side of the target (Generalized Focal Loss, Li et al., 2020;
/// <c>nanodet/model/loss/gfocal_loss.py</c>).
/// </summary>
/// <param name="Weight">Weight of the loss.</param>
public sealed record DistributionFocalLoss(double Weight)
{
    /// <summary>Computes the loss, a scalar.</summary>
    /// <param name="logits">[N, RegMax + 1].</param>
    /// <param name="distances">[N], in strides, below RegMax.</param>
    /// <param name="weights">[N].</param>
    /// <param name="divisor">The divisor of the sum, a scalar.</param>
    public Tensor Compute(Tensor logits, Tensor distances, Tensor weights, Tensor divisor)
    {
        var below = distances.floor();
        var logProbabilities = logits.log_softmax(1);
        var left = logProbabilities.gather(1, below.to(int64).unsqueeze(1)).squeeze(1);
        var right = logProbabilities.gather(1, below.to(int64).unsqueeze(1) + 1).squeeze(1);
        var loss = -(left * (below + 1 - distances)) - (right * (distances - below));
        return (loss * weights).sum() * Weight / divisor;
    }
}
