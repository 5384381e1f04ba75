using System.Collections.Immutable;

namespace NanoDet.Data.Models.Manifest;

/// <summary>How exactly a model can be made again from the same inputs.</summary>
/// <param name="Tier">
/// <c>bit-exact</c>: the same bytes on the same kind of processor with the same versions. <c>tolerance</c>: figures that differ
/// a little, as graphics processors add in no fixed order.
/// </param>
/// <param name="DependsOn">What has to be the same.</param>
public sealed record ManifestReproducibility(string Tier, ImmutableArray<string> DependsOn)
{
    /// <summary>What training on a device gives.</summary>
    public static ManifestReproducibility On(string device) => device == "cpu"
        ? new("bit-exact", ["configuration", "data", "packages", "processor", "threads", "tool"])
        : new("tolerance", ["configuration", "data", "device", "packages", "tool"]);
}
