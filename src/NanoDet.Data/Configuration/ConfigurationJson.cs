using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Configuration;

/// <summary>
/// The effective configuration as JSON with every setting, apart from a few that hardly any file has and that are left out where they
/// have their usual value; the same settings give the same bytes on every system. A build depends on it, and the worker reads it.
/// </summary>
public static class ConfigurationJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        NewLine = "\n",
        MaxDepth = 16,
        // Class names stay readable; the text is never part of an HTML page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes UTF-8 with LF line endings, also after the last line.</summary>
    public static byte[] Write(NanoDetConfiguration configuration)
        => [.. JsonSerializer.SerializeToUtf8Bytes(configuration, Options), (byte)'\n'];

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="file">Path for messages.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="NanoDetException">NDB3018: it is not what <see cref="Write"/> writes.</exception>
    public static NanoDetConfiguration Read(string file, ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize<NanoDetConfiguration>(content, Options)
                ?? throw new JsonException("it is empty");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            var json = exception as JsonException;
            var place = new SourceLocation(file, (int)(json?.LineNumber + 1 ?? 0), (int)(json?.BytePositionInLine + 1 ?? 0));
            throw new NanoDetException(
                ConfigurationDiagnostics.EffectiveMalformed(place, exception.Message.ReplaceLineEndings(" ").TrimEnd('.')), exception);
        }
    }
}
