using System.Text.Json;
using NanoDet.Data.Configuration;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Planning;

/// <summary>The effective configuration as entries of a fingerprint, one a setting, so that a changed one is called by its name.</summary>
internal static class ConfigurationEntries
{
    /// <summary>The entries.</summary>
    /// <param name="configuration">The bytes that <see cref="ConfigurationJson"/> writes.</param>
    public static IEnumerable<FingerprintEntry> Of(ReadOnlyMemory<byte> configuration)
    {
        using var document = JsonDocument.Parse(configuration);
        // Of the weights to start from the content counts, and not where they lie.
        return [.. Leaves("", document.RootElement).Where(entry => entry.Name is not ("schedule.loadModel" or "schedule.backboneWeights"))];
    }

    private static IEnumerable<FingerprintEntry> Leaves(string path, JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Leaves(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value))
        : [new FingerprintEntry(path, JsonSerializer.Serialize(element))];
}
