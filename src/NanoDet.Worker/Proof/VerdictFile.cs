using System.Text.Json;
using System.Text.Json.Serialization;
using NanoDet.Core.Files;
using NanoDet.Data.Files;
using NanoDet.Training.Proof;

namespace NanoDet.Worker.Proof;

/// <summary>
/// What was proved on this machine, kept in the user's folder so that a proof costs once. A file that is missing, damaged or
/// cannot be written costs another proof and nothing else.
/// </summary>
internal static class VerdictFile
{
    private const int LargestFile = 64 << 10;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        MaxDepth = 8,
    };

    /// <summary>Where the verdicts of this user lie.</summary>
    public static string Folder { get; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nanodet", "arithmetic");

    /// <summary>The verdict of a key; null where there is none.</summary>
    public static ProvedArithmetic? Find(string key) => Read<ProvedArithmetic>(PathOf(key));

    /// <summary>Keeps a verdict.</summary>
    public static void Keep(string key, ProvedArithmetic verdict)
    {
        try
        {
            Write(PathOf(key), verdict);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next training proves again.
        }
    }

    /// <summary>Writes a file for another process of ours.</summary>
    public static void Write<T>(string path, T content) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(content, Options), durable: false);

    /// <summary>Reads such a file; null where there is none that can be read.</summary>
    public static T? Read<T>(string path)
        where T : class
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= LargestFile ? JsonSerializer.Deserialize<T>(RegularFile.ReadAllBytes(path), Options) : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string PathOf(string key) => Path.Combine(Folder, $"{key}.json");
}
