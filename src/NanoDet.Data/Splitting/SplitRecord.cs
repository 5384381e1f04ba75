using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;

namespace NanoDet.Data.Splitting;

/// <summary>
/// The few images whose part the hash alone does not decide, because one of their classes is rare. They are recorded
/// in a small file beside the project, so that they stay in their part when images are added.
/// </summary>
/// <param name="Options">The options that it was made with; with other options it is not used.</param>
/// <param name="Parts">Part of each recorded unit: <c>image:</c> and a content hash, or <c>group:</c> and a name.</param>
public sealed record SplitRecord(SplitOptions Options, ImmutableSortedDictionary<string, DatasetPart> Parts)
{
    private const int Version = 1;
    private const int LargestFile = 64 * 1024 * 1024;

    /// <summary>An empty record.</summary>
    public static SplitRecord Empty(SplitOptions options) => new(options, ImmutableSortedDictionary.Create<string, DatasetPart>(StringComparer.Ordinal));

    /// <summary>Reads the record; it is empty if the file is missing or was made with other options.</summary>
    /// <exception cref="DiagnosticException">NDB2007: the file is not a split record (for example after a merge conflict).</exception>
    public static SplitRecord Read(string path, SplitOptions options)
    {
        if (!File.Exists(path))
        {
            return Empty(options);
        }

        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw new DiagnosticException(SplitDiagnostics.RecordUnreadable(new SourceLocation(path), "it is larger than 64 MiB"));
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version)
            {
                throw new DiagnosticException(SplitDiagnostics.RecordUnreadable(new SourceLocation(path), "its version is not supported"));
            }

            var madeWith = new SplitOptions(
                root.GetProperty("validation").GetDouble(), root.GetProperty("test").GetDouble(), root.GetProperty("seed").GetInt64());
            return madeWith != options ? Empty(options) : new SplitRecord(options, Empty(options).Parts.AddRange(
                root.GetProperty("parts").EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, PartNames.Parse(entry.Value.GetString())))));
        }
        catch (JsonException exception)
        {
            var location = new SourceLocation(path, (int)(exception.LineNumber ?? -1) + 1, (int)(exception.BytePositionInLine ?? -1) + 1);
            throw new DiagnosticException(SplitDiagnostics.RecordUnreadable(location, "it is not JSON"), exception);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new DiagnosticException(SplitDiagnostics.RecordUnreadable(new SourceLocation(path), "it is not a split record"), exception);
        }
    }

    /// <summary>The record as canonical JSON: sorted, one image per line, so that two branches merge line by line.</summary>
    public byte[] ToJson() => CanonicalJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteNumber("seed", Options.Seed);
        writer.WriteNumber("validation", Options.Validation);
        writer.WriteNumber("test", Options.Test);
        writer.WriteStartObject("parts");
        foreach (var (key, part) in Parts)
        {
            writer.WriteString(key, PartNames.Of(part));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });
}
