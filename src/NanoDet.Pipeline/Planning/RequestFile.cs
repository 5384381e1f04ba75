using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// What training is asked for, as <c>request.json</c>: the data set by the hash of what training sees of it, and the effective
/// configuration (<c>configuration.json</c>). Its key is the hash of both and the tool: equal keys mean equal models.
/// </summary>
public static class RequestFile
{
    /// <summary>The bytes of the file.</summary>
    /// <param name="dataset">Fingerprint of the data set as training sees it.</param>
    /// <param name="configuration">The bytes of the effective configuration.</param>
    /// <param name="pretrained">Content hash of the weights to start from; null for none.</param>
    public static byte[] ToJson(Fingerprint dataset, ReadOnlyMemory<byte> configuration, ContentHash? pretrained)
    {
        var configurationHash = ContentHash.Of(configuration.Span).ToString();
        var key = new Fingerprint(
        [
            new("configuration", new Fingerprint(ConfigurationEntries.Of(configuration)).Hash), new("dataset", dataset.Hash),
            new("pretrained", pretrained?.ToString() ?? ""), new("tool", ToolVersion.Current),
        ]);
        return CanonicalJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 1);
            writer.WriteString("key", key.Hash);
            writer.WriteString("tool", ToolVersion.Current);
            writer.WriteStartObject("dataset");
            writer.WriteString("file", OutputFiles.Dataset);
            writer.WriteString("fingerprint", dataset.Hash);
            writer.WriteEndObject();
            writer.WriteStartObject("configuration");
            writer.WriteString("file", OutputFiles.Configuration);
            writer.WriteString("sha256", configurationHash);
            writer.WriteEndObject();
            if (pretrained is { } weights)
            {
                writer.WriteString("pretrained", weights.ToString());
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>Reads what a model's manifest tells of the file.</summary>
    /// <returns>Fingerprint of the data set, and the content hash of the weights to start from.</returns>
    /// <exception cref="DiagnosticException">NDB9053: it is not what the plan wrote.</exception>
    public static (string Dataset, string? Pretrained) Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return (
                root.GetProperty("dataset").GetProperty("fingerprint").GetString()!,
                root.TryGetProperty("pretrained", out var weights) ? weights.GetString() : null);
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DiagnosticException(FolderDiagnostics.IntermediateDamaged(path, exception.Message), exception);
        }
    }
}
