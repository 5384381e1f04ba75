namespace NanoDet.Pipeline.Store.Local;

/// <summary>An entry as it lies in the folder.</summary>
/// <param name="Key">Its key.</param>
/// <param name="LastUsed">When it was kept or restored last.</param>
/// <param name="Action">What it names; null where it is damaged.</param>
/// <param name="Problem">What is wrong with it; null where nothing is known to be.</param>
public sealed record StoreEntry(string Key, DateTimeOffset LastUsed, StoredAction? Action, string? Problem)
{
    /// <summary>When its stage was run; where the entry does not say, when it was last used.</summary>
    public DateTimeOffset Completed => Action?.Completed ?? LastUsed;
}
