using System.Text.Json;
using NanoDet.Data.Configuration;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Planning;

/// <summary>What the effective configuration decides about weights, as entries of a fingerprint, one a setting, so that a changed one is called by its name.</summary>
internal static class ConfigurationEntries
{
    /// <summary>The entries.</summary>
    /// <param name="configuration">The effective configuration.</param>
    public static IEnumerable<FingerprintEntry> Of(NanoDetConfiguration configuration)
    {
        using var document = JsonDocument.Parse(ConfigurationJson.Write(configuration.DecidingWeights()));
        return [.. Leaves("", document.RootElement)];
    }

    private static IEnumerable<FingerprintEntry> Leaves(string path, JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Leaves(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value))
        : [new FingerprintEntry(path, JsonSerializer.Serialize(element))];
}
