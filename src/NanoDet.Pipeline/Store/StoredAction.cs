using System.Collections.Immutable;

namespace NanoDet.Pipeline.Store;

/// <summary>An entry of the store: the files that a stage wrote when it was run with the inputs of the entry's key.</summary>
/// <param name="Files">The files, ordered by name.</param>
/// <param name="Completed">When the stage was run; null if the entry does not say.</param>
public sealed record StoredAction(ImmutableArray<StoredFile> Files, DateTimeOffset? Completed)
{
    /// <summary>The stage, which is the name of the folder of its files.</summary>
    public string Stage => Files[0].Name.Split('/')[0];

    /// <summary>Bytes of all files.</summary>
    public long Size => Files.Sum(file => file.Digest.Size);
}
