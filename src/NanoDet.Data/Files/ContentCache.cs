using System.Collections.Concurrent;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Data.Files;

/// <summary>
/// Remembers by the hash of a file's content what was once read out of it. Another build of this assembly, which may read
/// differently, starts with an empty one.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
public sealed class ContentCache<T>
{
    private const uint Mark = 0x4343444e; // NDCC
    private static readonly int Version = BitConverter.ToInt32(typeof(ContentCache<T>).Module.ModuleVersionId.ToByteArray());

    private readonly CheckedFile _file;
    private readonly Func<string, T> _readFile;
    private readonly Func<BinaryReader, string, T> _decode;
    private readonly Action<BinaryWriter, T> _encode;
    private readonly Dictionary<ContentHash, ReadOnlyMemory<byte>> _known = [];
    private readonly ConcurrentDictionary<ContentHash, ReadOnlyMemory<byte>> _seen = [];
    private int _misses;

    /// <summary>Opens a cache, empty where there is none that can be trusted.</summary>
    /// <param name="path">The cache file.</param>
    /// <param name="readFile">Reads a file that is not known, by its stored path.</param>
    /// <param name="decode">Decodes what <paramref name="encode"/> wrote, for a file at the given path.</param>
    /// <param name="encode">Encodes what was read.</param>
    public ContentCache(string path, Func<string, T> readFile, Func<BinaryReader, string, T> decode, Action<BinaryWriter, T> encode)
    {
        _file = new CheckedFile(path, Mark, Version);
        (_readFile, _decode, _encode) = (readFile, decode, encode);
        if (_file.Read() is not { } payload)
        {
            return;
        }

        var rest = payload;
        while (rest.Length > 0)
        {
            var length = BitConverter.ToInt32(rest.Span[ContentHash.Length..]);
            _known[new ContentHash(rest.Span[..ContentHash.Length])] = rest.Slice(ContentHash.Length + sizeof(int), length);
            rest = rest[(ContentHash.Length + sizeof(int) + length)..];
        }
    }

    /// <summary>How often a file had to be read.</summary>
    public int Misses => _misses;

    /// <summary>What a file with this content holds, reading it where that is not known. Safe from many threads.</summary>
    /// <param name="content">Hash of the file.</param>
    /// <param name="path">Its stored path.</param>
    public T Get(ContentHash content, string path)
    {
        if (_known.TryGetValue(content, out var record) || _seen.TryGetValue(content, out record))
        {
            _seen[content] = record;
            using var reader = new BinaryReader(new MemoryStream(record.ToArray(), writable: false));
            return _decode(reader, path);
        }

        Interlocked.Increment(ref _misses);
        var value = _readFile(path);
        using var encoded = new MemoryStream();
        using var writer = new BinaryWriter(encoded);
        _encode(writer, value);
        writer.Flush();
        _seen[content] = encoded.ToArray();
        return value;
    }

    /// <summary>Writes the cache, unless nothing in it changed. What was not asked for is forgotten.</summary>
    public void Save()
    {
        if (_misses == 0 && _seen.Count == _known.Count)
        {
            return;
        }

        _file.Write(writer =>
        {
            Span<byte> digest = stackalloc byte[ContentHash.Length];
            foreach (var (content, record) in _seen)
            {
                content.CopyTo(digest);
                writer.Write(digest);
                writer.Write(record.Length);
                writer.Write(record.Span);
            }
        });
    }
}
