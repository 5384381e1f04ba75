using NanoDet.Data.Configuration;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Data.Planning;

/// <summary>
/// What training is asked for, as <c>request.json</c>: the data set by the hash of what training sees of it, and the effective
/// configuration (<c>configuration.json</c>). Its key is the hash of both and the tool: equal keys mean equal models.
/// </summary>
public static class RequestFile
{
    /// <summary>The file's name in the output folder.</summary>
    public const string Name = "request.json";

    /// <summary>Name of the effective configuration in the output folder (<see cref="ConfigurationJson"/>).</summary>
    public const string ConfigurationName = "configuration.json";

    /// <summary>The bytes of the file.</summary>
    /// <param name="dataset">Fingerprint of the data set as training sees it.</param>
    /// <param name="configuration">The bytes of the effective configuration.</param>
    public static byte[] ToJson(Fingerprint dataset, ReadOnlySpan<byte> configuration)
    {
        var configurationHash = ContentHash.Of(configuration).ToString();
        var key = new Fingerprint([new("configuration", configurationHash), new("dataset", dataset.Hash), new("tool", ToolVersion.Current)]);
        return CanonicalJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 1);
            writer.WriteString("key", key.Hash);
            writer.WriteString("tool", ToolVersion.Current);
            writer.WriteStartObject("dataset");
            writer.WriteString("file", Planner.DatasetName);
            writer.WriteString("fingerprint", dataset.Hash);
            writer.WriteEndObject();
            writer.WriteStartObject("configuration");
            writer.WriteString("file", ConfigurationName);
            writer.WriteString("sha256", configurationHash);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }
}
