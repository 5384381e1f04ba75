using System.Collections.Immutable;
using NanoDet.Training.Models.Layers;
using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>The loss of one batch.</summary>
/// <param name="Total">The sum of the parts, a scalar; <see cref="Backward"/> starts from it.</param>
/// <param name="Parts">The parts, in the original's order.</param>
public sealed record TrainingLoss(Tensor Total, ImmutableArray<LossPart> Parts) : IDisposable
{
    /// <summary>The operations outside libtorch's graph; null for none.</summary>
    internal GradientTape? Tape { get; init; }

    /// <summary>Adds the gradients to those of all parameters; call it once.</summary>
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
