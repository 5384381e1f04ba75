namespace NanoDet.Pipeline.Store.Pruning;

/// <summary>What to prune.</summary>
public sealed record PruneOptions
{
    /// <summary>The largest size of the store, in bytes; null for no limit.</summary>
    public long? MaxSize { get; init; }

    /// <summary>The longest time since an entry was last used; null for no limit.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>The number of models of each name whose results are kept, whatever their size and age.</summary>
    public int Keep { get; init; } = Local.StoreRoots.Most;
}
