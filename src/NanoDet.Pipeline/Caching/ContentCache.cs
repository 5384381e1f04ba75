using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Caching;

/// <summary>
/// Caches what was read from files, by the hash of their content. Another build of the code, which may read
/// differently (<see cref="ReadingCode"/>), starts with an empty cache.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
internal sealed class ContentCache<T>
{
    private const uint Mark = 0x4343444e; // NDCC
    private static readonly int Version = BitConverter.ToInt32(ReadingCode.Identity.Span);

    private readonly CheckedFile _file;
    private readonly Func<string, T> _readFile;
    private readonly RecordDecoder<T> _decode;
    private readonly Action<BinaryWriter, T> _encode;
    private readonly Dictionary<ContentHash, Record> _known = [];
    private readonly ConcurrentDictionary<ContentHash, byte[]> _read = [];
    private int _misses;

    /// <summary>Opens a cache; it is empty if the file is missing or cannot be trusted.</summary>
    /// <param name="path">The cache file.</param>
    /// <param name="readFile">Reads a file that is not in the cache, by its stored path.</param>
    /// <param name="decode">Decodes what <paramref name="encode"/> wrote, for a file at the given path.</param>
    /// <param name="encode">Encodes what was read.</param>
    public ContentCache(string path, Func<string, T> readFile, RecordDecoder<T> decode, Action<BinaryWriter, T> encode)
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
            _known[new ContentHash(rest.Span[..ContentHash.Length])] = new() { Content = rest.Slice(ContentHash.Length + sizeof(int), length) };
            rest = rest[(ContentHash.Length + sizeof(int) + length)..];
        }
    }

    /// <summary>How often a file had to be read.</summary>
    public int Misses => _misses;

    /// <summary>Returns the content of a file, and reads the file if the cache does not have it. Safe to call from many threads.</summary>
    /// <param name="content">Hash of the file.</param>
    /// <param name="path">Its stored path.</param>
    public T Get(ContentHash content, string path)
    {
        // The dictionary does not change any more, so threads may mark its entries.
        ref var known = ref CollectionsMarshal.GetValueRefOrNullRef(_known, content);
        var isKnown = !System.Runtime.CompilerServices.Unsafe.IsNullRef(ref known);
        if (isKnown)
        {
            known.IsUsed = true;
        }

        if (isKnown || _read.ContainsKey(content))
        {
            var reader = new RecordReader(isKnown ? known.Content.Span : _read[content]);
            return _decode(ref reader, path);
        }

        Interlocked.Increment(ref _misses);
        var value = _readFile(path);
        using var encoded = new MemoryStream();
        using var writer = new BinaryWriter(encoded);
        _encode(writer, value);
        writer.Flush();
        _read[content] = encoded.ToArray();
        return value;
    }

    /// <summary>Writes the cache if something in it changed. Entries that were not used are dropped.</summary>
    public void Save()
    {
        if (_misses == 0 && _known.Values.All(record => record.IsUsed))
        {
            return;
        }

        _file.Write(writer =>
        {
            foreach (var (content, record) in _known.Where(entry => entry.Value.IsUsed))
            {
                Write(writer, content, record.Content.Span);
            }

            foreach (var (content, record) in _read)
            {
                Write(writer, content, record);
            }
        });
    }

    private static void Write(BinaryWriter writer, ContentHash content, ReadOnlySpan<byte> record)
    {
        Span<byte> digest = stackalloc byte[ContentHash.Length];
        content.CopyTo(digest);
        writer.Write(digest);
        writer.Write(record.Length);
        writer.Write(record);
    }

    private struct Record
    {
        public ReadOnlyMemory<byte> Content;
        public bool IsUsed;
    }
}
