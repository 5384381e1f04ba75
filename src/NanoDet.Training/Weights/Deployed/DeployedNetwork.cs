using System.Collections.Immutable;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>A file for detection: its convolutions, which can be trained again, and what it computes with them.</summary>
/// <param name="Convolutions">The convolutions, in the order in which they run.</param>
/// <param name="Operations">What computes its values, in the order in which they are made.</param>
/// <param name="Outputs">What computes the values that it gives.</param>
internal sealed record DeployedNetwork(
    ImmutableArray<DeployedConvolution> Convolutions, ImmutableArray<DeployedOperation> Operations, ImmutableArray<DeployedOperation> Outputs)
{
    /// <summary>What the file says of its input; null if it does not say it, as a model for ncnn of another program.</summary>
    public DeployedInput? Input { get; init; }
}
