using System.Collections.Immutable;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>What of a file for detection can be trained again: its convolutions, in the order in which they run.</summary>
/// <param name="Convolutions">The convolutions.</param>
internal sealed record DeployedNetwork(ImmutableArray<DeployedConvolution> Convolutions)
{
    /// <summary>What the file says of its input; null if it does not say it, as a model for ncnn of another program.</summary>
    public DeployedInput? Input { get; init; }
}
