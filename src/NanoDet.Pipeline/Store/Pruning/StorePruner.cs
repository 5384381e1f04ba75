using NanoDet.Pipeline.Store.Local;

namespace NanoDet.Pipeline.Store.Pruning;

/// <summary>
/// Prunes a store: removes the least recently used results, but never those that the last models need. Entries are removed before their
/// blobs. A build that runs at the same time may lose a result that it was about to write; it notices this and makes the result again.
/// </summary>
/// <param name="store">The store.</param>
public sealed class StorePruner(LocalStore store)
{
    /// <summary>A blob without an entry may belong to a build that has not written its entry yet.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Prunes.</summary>
    public PruneResult Prune(PruneOptions options, CancellationToken cancellation)
    {
        var now = DateTimeOffset.UtcNow;
        var inventory = new StoreInventory(store);
        var roots = new StoreRoots(store);
        if (options.Keep < StoreRoots.Most)
        {
            roots.Trim(options.Keep);
        }

        var needed = roots.All().SelectMany(root => root.Keys).ToHashSet(StringComparer.Ordinal);
        var users = new BlobUsers(inventory.Entries(), inventory.Blobs());
        var needs = users.Size(entry => needed.Contains(entry.Key));
        var before = users.Total;
        var removed = 0;
        foreach (var entry in users.Entries.Where(entry => !needed.Contains(entry.Key)).ToList())
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.Problem is not null || now - entry.LastUsed > options.OlderThan || users.Referenced > options.MaxSize)
            {
                Delete(store.EntryPath(entry.Key));
                users.Remove(entry).ForEach(blob => DeleteUnlessUsed(blob, now));
                removed++;
            }
        }

        foreach (var file in users.Unreferenced.Concat(inventory.Unfinished()).Where(file => now - file.LastWriteTimeUtc > Grace).ToList())
        {
            Delete(file.FullName);
        }

        var left = inventory.Blobs().Sum(blob => blob.Length);
        return new PruneResult(removed, Math.Max(0, before - left), left, needs);
    }

    // A blob that was written again in the meantime belongs to an entry that is about to be written.
    private void DeleteUnlessUsed(string hash, DateTimeOffset beginning)
    {
        var path = store.BlobPath(hash);
        if (File.GetLastWriteTimeUtc(path) <= beginning)
        {
            Delete(path);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The file is open on Windows, or belongs to another user on a share: the next pruning removes it.
        }
    }
}
