using NanoDet.Pipeline.Store.Local;

namespace NanoDet.Tool.Stores;

/// <summary>A result in a store, with the model that it belongs to.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Stage">The stage; null if the result is damaged.</param>
/// <param name="Model">Name and version of the last model that needs it; null if there is none.</param>
/// <param name="Size">Bytes of its files.</param>
/// <param name="Completed">When the stage was run.</param>
/// <param name="LastUsed">When it was last written or restored.</param>
internal sealed record StoredResult(string Key, string? Stage, string? Model, long Size, DateTimeOffset Completed, DateTimeOffset LastUsed)
{
    /// <summary>Lists all results of a store, the most recently used first.</summary>
    public static IReadOnlyList<StoredResult> AllOf(LocalStore store)
    {
        var models = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var root in new StoreRoots(store).All())
        {
            foreach (var key in root.Keys)
            {
                models.TryAdd(key, $"{root.Name} {root.Version}");
            }
        }

        return [.. new StoreInventory(store).Entries().Reverse().Select(entry => new StoredResult(
            entry.Key, entry.Action?.Stage, models.GetValueOrDefault(entry.Key), entry.Action?.Size ?? 0, entry.Completed, entry.LastUsed))];
    }
}
