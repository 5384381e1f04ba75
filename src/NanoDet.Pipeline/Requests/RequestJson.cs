using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Pipeline.Requests;

/// <summary>The file that says what to do: JSON with camel-case names, every one of them known.</summary>
public static class RequestJson
{
    private const long MaximumLength = 16 << 20;

    /// <summary>How requests are written and read.</summary>
    internal static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        MaxDepth = 8,
    };

    /// <summary>The bytes of a request's file.</summary>
    public static byte[] Write(WorkerRequest request) => [.. JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), Options), (byte)'\n'];

    /// <summary>Reads a request.</summary>
    /// <exception cref="NanoDetException">NDB4040.</exception>
    public static T Read<T>(string path)
        where T : WorkerRequest
    {
        try
        {
            if (new FileInfo(path).Length > MaximumLength)
            {
                throw new JsonException("it is larger than 16 MB");
            }

            return JsonSerializer.Deserialize<T>(RegularFile.ReadAllBytes(path), Options) ?? throw new JsonException("it is empty");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            var json = exception as JsonException;
            var place = new SourceLocation(path, (int)(json?.LineNumber + 1 ?? 0), (int)(json?.BytePositionInLine + 1 ?? 0));
            throw new NanoDetException(
                WorkerDiagnostics.RequestMalformed(place, exception.Message.ReplaceLineEndings(" ").TrimEnd('.')), exception);
        }
    }
}
