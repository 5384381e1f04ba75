using NanoDet.Pipeline.Store.Local;

namespace NanoDet.Pipeline.Store.Pruning;

/// <summary>Counts how many entries name each blob: a blob is removed with the last of them.</summary>
internal sealed class BlobUsers
{
    private readonly Dictionary<string, FileInfo> _blobs;
    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);

    /// <summary>Counts the users of each blob.</summary>
    public BlobUsers(IReadOnlyList<StoreEntry> entries, IEnumerable<FileInfo> blobs)
    {
        Entries = entries;
        _blobs = blobs.ToDictionary(blob => blob.Name, StringComparer.Ordinal);
        Total = _blobs.Values.Sum(blob => blob.Length);
        foreach (var hash in entries.SelectMany(HashesOf))
        {
            if (_users.TryAdd(hash, 0))
            {
                Referenced += SizeOf(hash);
            }

            _users[hash]++;
        }
    }

    /// <summary>The entries, the least recently used first.</summary>
    public IReadOnlyList<StoreEntry> Entries { get; }

    /// <summary>Bytes of all blobs at the beginning.</summary>
    public long Total { get; }

    /// <summary>Bytes of the blobs that an entry still names.</summary>
    public long Referenced { get; private set; }

    /// <summary>The blobs that no entry named at the beginning.</summary>
    public IEnumerable<FileInfo> Unreferenced => _blobs.Values.Where(blob => !_users.ContainsKey(blob.Name));

    /// <summary>Bytes of the blobs of some entries.</summary>
    public long Size(Func<StoreEntry, bool> which) => Entries.Where(which).SelectMany(HashesOf).Distinct(StringComparer.Ordinal).Sum(SizeOf);

    /// <summary>Removes an entry, and returns the blobs that no other entry names.</summary>
    public List<string> Remove(StoreEntry entry)
    {
        var free = HashesOf(entry).Where(hash => --_users[hash] == 0).ToList();
        Referenced -= free.Sum(SizeOf);
        return free;
    }

    private long SizeOf(string hash) => _blobs.TryGetValue(hash, out var blob) ? blob.Length : 0;

    private static IEnumerable<string> HashesOf(StoreEntry entry)
        => entry.Action?.Files.Select(file => file.Digest.Hash).Distinct(StringComparer.Ordinal) ?? [];
}
