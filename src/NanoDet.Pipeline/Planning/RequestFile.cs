using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// What training is asked for, as <c>request.json</c>: the data set by the hash of what training sees of it, the effective
/// configuration (<c>configuration.json</c>), and the weights to start from.
/// </summary>
public static class RequestFile
{
    private const int Version = 1;
    private const long LargestFile = 1 << 20;

    /// <summary>The bytes of the file.</summary>
    /// <param name="dataset">Hash over the data set as training sees it.</param>
    /// <param name="configuration">The bytes of the effective configuration.</param>
    /// <param name="weights">The weights to start from.</param>
    public static byte[] ToJson(string dataset, ReadOnlyMemory<byte> configuration, StartingWeights weights) => CanonicalJson.Write(
        new(
            Version,
            ToolVersion.Current,
            new(OutputFiles.Dataset, dataset),
            new(OutputFiles.Configuration, $"{ContentHash.Of(configuration.Span)}"),
            weights.Pretrained?.ToString(),
            weights.Backbone?.ToString()),
        PlanJson.Canonical.RequestDocument);

    /// <summary>Reads what a model's manifest tells of the file.</summary>
    /// <returns>Fingerprint of the data set, and the content hashes of the weights to start from.</returns>
    /// <exception cref="NanoDetException">NDB9053: it is not what the plan wrote.</exception>
    public static (string Dataset, string? Pretrained, string? BackboneWeights) Read(string path)
    {
        var request = CanonicalJson.Read(
            path, PlanJson.Canonical.RequestDocument, LargestFile, read => read.Version == Version, (place, reason) => FolderDiagnostics.IntermediateDamaged(place.File, reason));
        return (request.Dataset.Fingerprint, request.Pretrained, request.BackboneWeights);
    }
}
