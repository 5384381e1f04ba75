using System.Text.Json;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Files;

/// <summary>The JSON of manifests and evaluations: records as <see cref="CanonicalJson"/> writes them, of types that it does not know.</summary>
public static class ManifestJson
{
    private const long LargestFile = 64 << 20;

    private static readonly JsonSerializerOptions Options = CanonicalJson.Records();

    private static readonly JsonSerializerOptions Line = new(Options) { WriteIndented = false };

    /// <summary>The bytes of a file of many numbers that nobody reads line by line: all on one.</summary>
    public static byte[] WriteLine<T>(T content) => [.. JsonSerializer.SerializeToUtf8Bytes(content, Line), (byte)'\n'];

    /// <summary>The bytes of a file.</summary>
    public static byte[] Write<T>(T content) => [.. JsonSerializer.SerializeToUtf8Bytes(content, Options), (byte)'\n'];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="refuse">Makes the diagnostic for a file that cannot be read or is not one of ours, from its path and the reason.</param>
    /// <exception cref="NanoDetException">The diagnostic that <paramref name="refuse"/> makes.</exception>
    public static T Read<T>(string path, Func<string, string, Diagnostic> refuse)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(CanonicalJson.Content(path, LargestFile), Options) ?? throw new JsonException("it is empty");
        }
        catch (JsonException exception) when (CanonicalJson.PlaceOf(exception, path) is { } place)
        {
            throw new NanoDetException(refuse(path, CanonicalJson.NotJson) with { Location = place }, exception);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new NanoDetException(refuse(path, exception.Message.ReplaceLineEndings(" ")), exception);
        }
    }
}
