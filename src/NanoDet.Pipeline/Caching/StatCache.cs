using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Parallelism;

namespace NanoDet.Pipeline.Caching;

/// <summary>
/// Caches the content hash of files by path and stamp (<see cref="FileStamp"/>), so that an unchanged file is not read again.
/// Paths are relative to the project's folder: the cache moves with the checkout. A damaged cache counts as empty.
/// <para>
/// Like git, it distrusts an entry that is as new as the cache itself: a file may be changed twice within one tick of
/// the clock, and the second change would not be noticed. Such a file is read again until it is older than the cache.
/// </para>
/// </summary>
public sealed class StatCache
{
    private const uint Mark = 0x4353444e; // NDSC
    private const int Version = 2;

    /// <summary>The coarsest clock of a file system in use: FAT counts in two seconds.</summary>
    private static readonly long ClockTicks = TimeSpan.FromSeconds(2).Ticks;

    /// <summary>
    /// The coarsest clock of the kernels, which date changes of a file: a hundred ticks in a second, doubled. File systems that
    /// store whole seconds are known by them.
    /// </summary>
    private static readonly long KernelClockTicks = TimeSpan.FromMilliseconds(20).Ticks;

    private readonly Dictionary<string, Entry> _known;
    private readonly string _projectFolder;
    private readonly CheckedFile _file;
    private readonly long _startedTicks = DateTime.UtcNow.Ticks;
    private readonly long _writtenTicks;
    private readonly Lock _gate = new();
    private readonly List<(IReadOnlyList<string> Paths, Entry?[] Entries)> _seen = [];
    private readonly Dictionary<string, Entry> _seenAlone = new(StringComparer.Ordinal);
    private int _filesRead;
    private int _changes;

    private StatCache(string projectFolder, CheckedFile file, Dictionary<string, Entry> known, long writtenTicks)
    {
        _projectFolder = projectFolder;
        _file = file;
        _known = known;
        _writtenTicks = writtenTicks;
    }

    /// <summary>Files whose bytes had to be read.</summary>
    public int FilesRead => _filesRead;

    /// <summary>Opens the cache of a project; it is empty if the file is missing or cannot be trusted.</summary>
    /// <param name="projectFolder">The folder that stored paths are relative to.</param>
    /// <param name="path">The cache file.</param>
    public static StatCache Open(string projectFolder, string path)
    {
        var file = new CheckedFile(path, Mark, Version);
        var known = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var writtenTicks = 0L;
        if (file.Read() is { } payload && FileStamp.Of(path) is { } stamp)
        {
            var reader = new RecordReader(payload.Span);
            writtenTicks = Math.Min(reader.Int64(), stamp.ModifiedTicks);
            var count = reader.Int32();
            known.EnsureCapacity(count);
            for (var i = 0; i < count; i++)
            {
                var name = reader.Text();
                known[name] = new Entry(new FileStamp(reader.Int64(), reader.Int64(), reader.Int64(), reader.UInt64()), new ContentHash(reader.Bytes(ContentHash.Length)));
            }
        }

        return new StatCache(projectFolder, file, known, writtenTicks);
    }

    /// <summary>Returns the content hashes of files, in order; null for a file that does not exist.</summary>
    /// <param name="paths">Stored paths (<see cref="ProjectPath"/>).</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <exception cref="NanoDetException">NDB9051: a file exists but cannot be read.</exception>
    public ContentHash?[] Hash(IReadOnlyList<string> paths, CancellationToken cancellation = default)
    {
        var found = new Entry?[paths.Count];
        var hashes = new ContentHash?[paths.Count];
        ParallelLoop.Run(paths.Count, new ParallelOptions { CancellationToken = cancellation }, (i, _) => hashes[i] = (found[i] = Find(paths[i]))?.Hash);
        lock (_gate)
        {
            _seen.Add((paths, found));
        }

        return hashes;
    }

    /// <summary>Returns the content hash of one file; null if it does not exist.</summary>
    public ContentHash? Hash(string path)
    {
        if (Find(path) is not { } found)
        {
            return null;
        }

        lock (_gate)
        {
            _seenAlone[path] = found;
        }

        return found.Hash;
    }

    /// <summary>
    /// Writes the cache if something in it changed. Files that were not used are dropped, and so is what is asked for while it is
    /// written: it is read again the next time.
    /// </summary>
    public void Save()
    {
        (IReadOnlyList<string> Paths, Entry?[] Entries)[] seen;
        lock (_gate)
        {
            seen = [.. _seen, ([.. _seenAlone.Keys], [.. _seenAlone.Values])];
        }

        var count = seen.Sum(batch => batch.Entries.Count(entry => entry is not null));
        if (_changes == 0 && count == _known.Count)
        {
            return;
        }

        _file.Write(writer =>
        {
            writer.Write(_startedTicks);
            writer.Write(count);
            foreach (var (paths, entries) in seen)
            {
                for (var i = 0; i < entries.Length; i++)
                {
                    if (entries[i] is { } entry)
                    {
                        Write(writer, paths[i], entry);
                    }
                }
            }
        });
    }

    private static void Write(BinaryWriter writer, string path, in Entry entry)
    {
        Span<byte> digest = stackalloc byte[ContentHash.Length];
        writer.Write(path);
        writer.Write(entry.Stamp.Length);
        writer.Write(entry.Stamp.ModifiedTicks);
        writer.Write(entry.Stamp.ChangedTicks);
        writer.Write(entry.Stamp.Identity);
        entry.Hash.CopyTo(digest);
        writer.Write(digest);
    }

    private Entry? Find(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(FolderDiagnostics.NotAccessible(exception.Message, path), exception);
        }
    }

    private Entry? Read(string path)
    {
        var full = ProjectPath.Full(_projectFolder, path);
        if (FileStamp.Of(full) is not { } stamp)
        {
            return null;
        }

        if (_known.TryGetValue(path, out var known) && known.Stamp == stamp && IsOlderThanCache(stamp))
        {
            return known;
        }

        if (stamp.Length > RegularFile.Largest)
        {
            throw new IOException(FormattableString.Invariant($"it has {stamp.Length} bytes, but at most {RegularFile.Largest} are allowed"));
        }

        Interlocked.Increment(ref _filesRead);
        Interlocked.Increment(ref _changes);
        return new Entry(stamp, ContentHash.OfFile(full));
    }

    private bool IsOlderThanCache(FileStamp stamp)
    {
        var clock = stamp.ChangedTicks % TimeSpan.TicksPerSecond == 0 ? ClockTicks : KernelClockTicks;
        return stamp.ModifiedTicks < _writtenTicks - ClockTicks && stamp.ChangedTicks < _writtenTicks - clock;
    }

    private readonly record struct Entry(FileStamp Stamp, ContentHash Hash);
}
