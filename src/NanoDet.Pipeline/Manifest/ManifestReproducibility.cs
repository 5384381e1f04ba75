using System.Collections.Immutable;

namespace NanoDet.Pipeline.Manifest;

/// <summary>How exactly a model can be reproduced from the same inputs.</summary>
/// <param name="Tier">
/// <c>bit-exact</c>: the same bytes on the same kind of processor with the same versions. <c>tolerance</c>: figures that differ
/// a little, because GPUs do not add in a fixed order.
/// </param>
/// <param name="DependsOn">What has to be the same.</param>
/// <param name="Instructions">
/// The vector instructions that the project sets, so that different processors can make the same model; null for those of
/// the processor.
/// </param>
/// <param name="Arithmetic">The arithmetic of the training and its proof; null if the weights were only taken.</param>
/// <param name="Card">The card that trained; null for a processor, or if the weights were only taken.</param>
public sealed record ManifestReproducibility(
    string Tier, ImmutableArray<string> DependsOn, string? Instructions = null, ManifestArithmetic? Arithmetic = null, ManifestCard? Card = null)
{
    /// <summary>Returns the reproducibility of training on a device.</summary>
    public static ManifestReproducibility On(string device, string? instructions = null, ManifestArithmetic? arithmetic = null, ManifestCard? card = null)
        => Tiers(device) with { Instructions = instructions, Arithmetic = arithmetic, Card = card };

    private static ManifestReproducibility Tiers(string device) => device == "cpu"
        ? new("bit-exact", ["configuration", "data", "packages", "processor", "threads", "tool"])
        : new("tolerance", ["configuration", "data", "device", "packages", "tool"]);
}
