using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;

namespace NanoDet.Data.Files;

/// <summary>How our JSON files are written: members in the order of their declaration, LF on every system, names in every script unescaped.</summary>
public static class CanonicalJson
{
    private static readonly JavaScriptEncoder Readable = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // Unsafe only inside HTML, where none of these files is used.

    /// <summary>Everything on one line.</summary>
    public static JsonWriterOptions Line { get; } = new() { Encoder = Readable };

    /// <summary>One value per line, indented by two spaces.</summary>
    public static JsonWriterOptions Indented { get; } = Line with { Indented = true, NewLine = "\n" };

    /// <summary>How records are written, with indentation, and read: required members must be present, and no member may occur twice.</summary>
    public static JsonSerializerOptions Records() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = Readable,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        NewLine = "\n",
        MaxDepth = 32,
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>Returns the bytes of an indented document that ends with a line break.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content, Indented))
        {
            write(writer);
        }

        content.WriteByte((byte)'\n');
        return content.ToArray();
    }

    /// <summary>The bytes of a record, indented, with a line break at the end.</summary>
    /// <param name="content">The record.</param>
    /// <param name="type">Its type, from a context that was generated with <see cref="Records"/>.</param>
    public static byte[] Write<T>(T content, JsonTypeInfo<T> type) => [.. JsonSerializer.SerializeToUtf8Bytes(content, type), (byte)'\n'];

    /// <summary>Reads a record that people keep beside their project, and merge.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="type">The type of the record.</param>
    /// <param name="largest">The most bytes that the file may have.</param>
    /// <param name="isKnown">Whether it is of a version that is known, and whole.</param>
    /// <param name="refuse">The diagnostic for a file that is no such record, given the place and the reason.</param>
    /// <exception cref="NanoDetException">As <paramref name="refuse"/> says.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> type, long largest, Func<T, bool> isKnown, Func<SourceLocation, string, Diagnostic> refuse)
        where T : class
    {
        try
        {
            return new FileInfo(path).Length > largest ? throw new IOException($"it is larger than {largest >> 20} MB")
                : JsonSerializer.Deserialize(Content(path, largest), type) is { } content && isKnown(content) ? content
                : throw new JsonException();
        }
        catch (JsonException exception)
        {
            throw new NanoDetException(
                PlaceOf(exception, path) is { } place ? refuse(place, NotJson) : refuse(new SourceLocation(path), "it is JSON, but not what this version of NanoDet.Build writes"),
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(refuse(new SourceLocation(path), exception.Message.ReplaceLineEndings(" ").TrimEnd('.')), exception);
        }
    }

    /// <summary>Why a file without JSON is refused.</summary>
    internal const string NotJson = "it is not JSON";

    /// <summary>The content of a file.</summary>
    /// <exception cref="IOException">It cannot be read, or is what Git left in its place.</exception>
    internal static byte[] Content(string path, long largest)
    {
        var content = RegularFile.ReadAllBytes(path, largest);
        return LargeFilePointer.Is(content) ? throw new IOException(LargeFilePointer.Told) : content;
    }

    /// <summary>Where a file is no JSON at all, which the reader's exception inside says: mostly the place of a merge conflict. Null for JSON of another kind.</summary>
    internal static SourceLocation? PlaceOf(JsonException exception, string path) => exception.InnerException is JsonException
        ? new SourceLocation(path, (int)(exception.LineNumber ?? -1) + 1, (int)(exception.BytePositionInLine ?? -1) + 1)
        : null;
}
