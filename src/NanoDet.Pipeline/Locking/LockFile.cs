using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Pipeline.Locking;

/// <summary>
/// A <see cref="ModelLock"/> as JSON: sorted, one setting or image per line, so that a correction changes one line and two
/// branches merge line by line.
/// </summary>
public static class LockFile
{
    private const int Version = 1;
    private const long LargestFile = 256 << 20;

    /// <summary>The bytes of the file.</summary>
    public static byte[] ToJson(ModelLock content) => CanonicalJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        if (content.Model is { } model)
        {
            writer.WriteStartObject("model");
            writer.WriteString("onnx", model.Onnx);
            writer.WriteString("weights", model.Weights);
            writer.WriteString("policy", model.Policy);
            writer.WriteString("parent", model.Parent);
            writer.WriteNumber("generation", model.Generation);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("classes");
        foreach (var name in content.Classes)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        Write(writer, "settings", content.Settings);
        Write(writer, "images", content.Images);
        writer.WriteEndObject();
    });

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <exception cref="DiagnosticException">NDB3061: the file does not exist or is not a lock file (for example after a merge conflict).</exception>
    public static ModelLock Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw new FormatException("it is larger than 256 MB");
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return root.GetProperty("version").GetInt32() != Version ? throw new FormatException("its version is not supported") : new ModelLock
            {
                Classes = [.. root.GetProperty("classes").EnumerateArray().Select(Text)],
                Settings = Read(root.GetProperty("settings")),
                Images = Read(root.GetProperty("images")),
                Model = root.TryGetProperty("model", out var model) ? new LockedModel(
                    Text(model.GetProperty("onnx")), Text(model.GetProperty("weights")), Text(model.GetProperty("policy")),
                    model.GetProperty("parent").GetString(), model.GetProperty("generation").GetInt32()) : null,
            };
        }
        catch (JsonException exception)
        {
            var place = new SourceLocation(path, (int)(exception.LineNumber ?? -1) + 1, (int)(exception.BytePositionInLine ?? -1) + 1);
            throw new DiagnosticException(LockDiagnostics.Unreadable(place, "it is not JSON"), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException
            or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new DiagnosticException(LockDiagnostics.Unreadable(new SourceLocation(path), exception.Message.ReplaceLineEndings(" ").TrimEnd('.')), exception);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, ImmutableSortedDictionary<string, string> entries)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in entries)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static ImmutableSortedDictionary<string, string> Read(JsonElement element)
        => element.EnumerateObject().ToImmutableSortedDictionary(entry => entry.Name, entry => Text(entry.Value), StringComparer.Ordinal);

    private static string Text(JsonElement element) => element.GetString() ?? throw new FormatException("a string is missing");
}
