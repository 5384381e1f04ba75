using System.Collections.Immutable;
using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>The loss of one batch.</summary>
/// <param name="Total">The sum of the parts, a scalar to go backward from.</param>
/// <param name="Parts">The parts, in the original's order.</param>
public sealed record TrainingLoss(Tensor Total, ImmutableArray<LossPart> Parts) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Total.Dispose();
}
