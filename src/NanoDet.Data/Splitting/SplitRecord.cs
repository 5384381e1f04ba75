using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;

namespace NanoDet.Data.Splitting;

/// <summary>
/// The few images whose part the hash alone does not decide: those of classes that were too rare for it. They are recorded
/// in a small file beside the project, so that they stay where they are when more images come.
/// </summary>
/// <param name="Options">The options it was made with; with others it says nothing.</param>
/// <param name="Parts">Part of each recorded unit: <c>image:</c> and a content hash, or <c>group:</c> and a name.</param>
public sealed record SplitRecord(SplitOptions Options, ImmutableSortedDictionary<string, DatasetPart> Parts)
{
    private const int Version = 1;
    private const long LargestFile = 64 << 20;

    /// <summary>A record that says nothing.</summary>
    public static SplitRecord Empty(SplitOptions options) => new(options, ImmutableSortedDictionary.Create<string, DatasetPart>(StringComparer.Ordinal));

    /// <summary>Reads the record; an empty one where the file is missing or was made with other options.</summary>
    /// <exception cref="DiagnosticException">NDB2007: the file is not such a record (for instance after a merge conflict).</exception>
    public static SplitRecord Read(string path, SplitOptions options)
    {
        if (!File.Exists(path))
        {
            return Empty(options);
        }

        var document = CanonicalJson.Read(path, SplitJson.Canonical.SplitDocument, LargestFile, read => read.Version == Version, SplitDiagnostics.RecordUnreadable);
        return new SplitOptions(document.Validation, document.Test, document.Seed) == options
            ? new SplitRecord(options, document.Parts.WithComparers(StringComparer.Ordinal))
            : Empty(options);
    }

    /// <summary>The record as canonical JSON: sorted, one image a line, so that two branches merge line by line.</summary>
    public byte[] ToJson()
        => CanonicalJson.Write(new(Version, Options.Seed, Options.Validation, Options.Test, Parts), SplitJson.Canonical.SplitDocument);
}
