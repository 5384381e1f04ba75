using System.Text.Json.Serialization;

namespace NanoDet.Pipeline.Planning;

/// <summary>What <see cref="RequestFile"/> writes.</summary>
/// <param name="Version">Version of the file's form.</param>
/// <param name="Tool">The version of the tool.</param>
/// <param name="Dataset">The data set, by the hash of what training sees of it.</param>
/// <param name="Configuration">The effective configuration, by the hash of its file.</param>
/// <param name="Pretrained">Content hash of the weights to start from; null for none.</param>
/// <param name="BackboneWeights">Content hash of the weights for the backbone; null for none.</param>
internal sealed record RequestDocument(
    int Version,
    string Tool,
    RequestDocument.FingerprintedFile Dataset,
    RequestDocument.HashedFile Configuration,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pretrained = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? BackboneWeights = null)
{
    internal sealed record FingerprintedFile(string File, string Fingerprint);

    internal sealed record HashedFile(string File, string Sha256);
}
