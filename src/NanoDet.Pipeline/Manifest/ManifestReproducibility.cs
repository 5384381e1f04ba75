using System.Collections.Immutable;

namespace NanoDet.Pipeline.Manifest;

/// <summary>How exactly a model can be made again from the same inputs.</summary>
/// <param name="Tier">
/// <c>bit-exact</c>: the same bytes on the same kind of processor with the same versions. <c>tolerance</c>: figures that differ
/// a little, as graphics processors add in no fixed order.
/// </param>
/// <param name="DependsOn">What has to be the same.</param>
/// <param name="Instructions">
/// The vector instructions that training was told to compute with, so that processors which differ may agree; null for those of
/// the processor.
/// </param>
/// <param name="Arithmetic">What training computed with and what was proved of it; null for weights that were taken as they are.</param>
public sealed record ManifestReproducibility(
    string Tier, ImmutableArray<string> DependsOn, string? Instructions = null, ManifestArithmetic? Arithmetic = null)
{
    /// <summary>What training on a device gives.</summary>
    public static ManifestReproducibility On(string device, string? instructions = null, ManifestArithmetic? arithmetic = null)
        => Tiers(device) with { Instructions = instructions, Arithmetic = arithmetic };

    private static ManifestReproducibility Tiers(string device) => device == "cpu"
        ? new("bit-exact", ["configuration", "data", "packages", "processor", "threads", "tool"])
        : new("tolerance", ["configuration", "data", "device", "packages", "tool"]);
}
