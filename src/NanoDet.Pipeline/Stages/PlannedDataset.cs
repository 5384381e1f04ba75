using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Stages;

/// <summary>A data set that a plan of this process wrote, so that it need not be parsed again.</summary>
/// <param name="Content">The data set.</param>
/// <param name="Digest">Hash of its file as it was written.</param>
public sealed record PlannedDataset(Dataset Content, ContentHash Digest)
{
    /// <summary>The data set in a file: the one that was planned, where the file is still the same.</summary>
    /// <param name="path">The file.</param>
    /// <param name="planned">What was planned in this process; null for nothing.</param>
    /// <exception cref="NanoDetException">NDB9051 where it cannot be read, NDB9053 where it is no such file.</exception>
    public static Dataset Read(string path, PlannedDataset? planned)
        => planned is not null && File.Exists(path) && ContentHash.OfFile(path) == planned.Digest ? planned.Content : DatasetFile.Read(path);
}
