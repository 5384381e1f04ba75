using System.Collections.Immutable;
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
    private const long LargestFile = 64 << 20;

    /// <summary>An empty record.</summary>
    public static SplitRecord Empty(SplitOptions options) => new(options, ImmutableSortedDictionary.Create<string, DatasetPart>(StringComparer.Ordinal));

    /// <summary>Reads the record; it is empty if the file is missing or was made with other options.</summary>
    /// <exception cref="NanoDetException">NDB2007: the file is not a split record (for example after a merge conflict).</exception>
    public static SplitRecord Read(string path, SplitOptions options)
        => Read(path) is { } record && record.Options == options ? record : Empty(options);

    /// <summary>Reads the record, whatever options it was made with; null if the file is missing.</summary>
    /// <exception cref="NanoDetException">NDB2007: the file is not a split record.</exception>
    public static SplitRecord? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var document = CanonicalJson.Read(path, SplitJson.Canonical.SplitDocument, LargestFile, read => read.Version == Version, SplitDiagnostics.RecordUnreadable);
        return new SplitRecord(new(document.Validation, document.Test, document.Seed), document.Parts.WithComparers(StringComparer.Ordinal));
    }

    /// <summary>The record as canonical JSON: sorted, one image per line, so that two branches merge line by line.</summary>
    public byte[] ToJson()
        => CanonicalJson.Write(new(Version, Options.Seed, Options.Validation, Options.Test, Parts), SplitJson.Canonical.SplitDocument);
}
