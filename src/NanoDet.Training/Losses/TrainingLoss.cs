using System.Collections.Immutable;
using NanoDet.Training.Models.Layers;
using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>The loss of one batch.</summary>
/// <param name="Total">The sum of the parts, a scalar; <see cref="Backward"/> goes backward from it.</param>
/// <param name="Parts">The parts, in the original's order.</param>
public sealed record TrainingLoss(Tensor Total, ImmutableArray<LossPart> Parts) : IDisposable
{
    /// <summary>What the network did beside libtorch's graph; null for nothing.</summary>
    internal GradientTape? Tape { get; init; }

    /// <summary>Adds the gradients of all parameters to what they have; once.</summary>
    public void Backward()
    {
        Total.backward();
        Tape?.Backward();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Total.Dispose();
        Tape?.Dispose();
    }
}
