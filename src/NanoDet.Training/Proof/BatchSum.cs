using static TorchSharp.torch;

namespace NanoDet.Training.Proof;

/// <summary>
/// One picture in place of a batch. A linear operation turns a weighted sum of pictures into the same weighted sum of its results,
/// so every number of a batch is checked for the price of one picture.
/// </summary>
internal static class BatchSum
{
    /// <summary>The pictures of a batch, each weighted, added up in double precision.</summary>
    /// <param name="batch">[B, ...] on any device, any precision.</param>
    /// <returns>[...] in the processor's memory.</returns>
    public static Tensor Of(Tensor batch)
    {
        using var scope = NewDisposeScope();
        using var factors = ProofNumbers.Factors(batch.shape[0]);
        var weights = factors.data<double>().ToArray();
        var sum = zeros(batch.shape[1..], float64);
        for (var i = 0; i < weights.Length; i++)
        {
            using var picture = batch[i].to(float64).cpu();
            sum.add_(picture, weights[i]);
        }

        return sum.MoveToOuterDisposeScope();
    }
}
