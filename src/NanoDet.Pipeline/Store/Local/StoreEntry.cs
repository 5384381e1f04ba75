namespace NanoDet.Pipeline.Store.Local;

/// <summary>An entry of the store's folder.</summary>
/// <param name="Key">Its key.</param>
/// <param name="LastUsed">When it was last written or restored.</param>
/// <param name="Action">The files that it names; null if it is damaged.</param>
/// <param name="Problem">What is wrong with it; null if no problem is known.</param>
public sealed record StoreEntry(string Key, DateTimeOffset LastUsed, StoredAction? Action, string? Problem)
{
    /// <summary>When its stage was run, or when it was last used if the entry does not say.</summary>
    public DateTimeOffset Completed => Action?.Completed ?? LastUsed;
}
