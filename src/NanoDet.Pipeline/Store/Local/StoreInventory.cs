using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Store.Local;

/// <summary>Lists everything in the folder of a store, for the commands that maintain it. A build with nothing to do does not use it.</summary>
/// <param name="store">The store.</param>
public sealed class StoreInventory(LocalStore store)
{
    /// <summary>Lists every entry without reading its blobs, the least recently used first.</summary>
    public IReadOnlyList<StoreEntry> Entries() => [.. Files("ac").Select(Read).OfType<StoreEntry>()
        .OrderBy(entry => entry.LastUsed).ThenBy(entry => entry.Key, StringComparer.Ordinal)];

    /// <summary>
    /// Lists every entry with its problem, after reading all blobs.
    /// </summary>
    public IEnumerable<StoreEntry> Verify(CancellationToken cancellation)
    {
        var whole = new Dictionary<BlobDigest, bool>();
        foreach (var entry in Entries())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return entry.Action is null ? entry : entry with
            {
                Problem = entry.Action.Files.Where(file => !IsWhole(file.Digest)).Select(file => $"{file.Name} is damaged or missing").FirstOrDefault(),
            };
        }

        bool IsWhole(BlobDigest blob)
        {
            if (!whole.TryGetValue(blob, out var isWhole))
            {
                whole[blob] = isWhole = store.Holds(blob);
            }

            return isWhole;
        }
    }

    /// <summary>Lists every blob, by its hash.</summary>
    internal IEnumerable<FileInfo> Blobs() => Files("cas").Where(file => ContentHash.IsText(file.Name));

    /// <summary>Lists the incomplete files of killed builds.</summary>
    internal IEnumerable<FileInfo> Unfinished() => Files("ac").Concat(Files("cas")).Concat(Files("roots")).Where(file => AtomicFile.IsUnfinished(file.FullName));

    private IEnumerable<FileInfo> Files(string kind) => new DirectoryInfo(Path.Combine(store.Folder, kind)) is { Exists: true } folder
        ? folder.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint })
        : [];

    private static StoreEntry? Read(FileInfo file)
    {
        if (!ContentHash.IsText(file.Name))
        {
            return null;
        }

        try
        {
            return LocalStore.ReadEntry(file.FullName) is { } action ? new StoreEntry(file.Name, file.LastWriteTimeUtc, action, null) : null;
        }
        catch (DamagedEntryException exception)
        {
            return new StoreEntry(file.Name, file.LastWriteTimeUtc, null, exception.Message);
        }
    }
}
