namespace NanoDet.Pipeline.Store.Pruning;

/// <summary>What has to go.</summary>
public sealed record PruneOptions
{
    /// <summary>Bytes that the store may have; null for any number.</summary>
    public long? MaxSize { get; init; }

    /// <summary>How long ago an entry may have been used last; null for any time.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>How many models of each name keep what they came from, whatever its size and age.</summary>
    public int Keep { get; init; } = Local.StoreRoots.Most;
}
