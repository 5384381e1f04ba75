using System.Buffers;
using NanoDet.Data.Files;

namespace NanoDet.Data.Labels.Coco;

/// <summary>Formats the lines of a JSON array on all cores: one value per line, with a comma after each except the last.</summary>
internal sealed class CocoLines : IDisposable
{
    private const int EntriesInAChunk = 256;
    private const int FirstCapacity = 1 << 18;

    private readonly PooledBuffer[] _chunks;

    private CocoLines(PooledBuffer[] chunks) => _chunks = chunks;

    /// <summary>The end of a line; removed from the last line of the array.</summary>
    public static ReadOnlySpan<byte> Separator => ",\n"u8;

    /// <summary>Bytes of all lines.</summary>
    public int Length => Math.Max(0, _chunks.Sum(chunk => chunk.Length) - Separator.Length);

    /// <summary>Formats entries.</summary>
    /// <param name="count">The number of entries.</param>
    /// <param name="write">Writes the lines of the entry with an index, each with its separator; called from many threads.</param>
    public static CocoLines Format(int count, Action<IBufferWriter<byte>, int> write)
    {
        var chunks = new PooledBuffer[(count + EntriesInAChunk - 1) / EntriesInAChunk];
        Parallel.For(0, chunks.Length, chunk =>
        {
            var buffer = chunks[chunk] = new PooledBuffer(FirstCapacity);
            for (var i = chunk * EntriesInAChunk; i < Math.Min(count, (chunk + 1) * EntriesInAChunk); i++)
            {
                write(buffer, i);
            }
        });
        return new(chunks);
    }

    /// <summary>Writes the lines, <see cref="Length"/> bytes.</summary>
    public void CopyTo(Span<byte> target)
    {
        var left = Length;
        foreach (var chunk in _chunks)
        {
            var written = chunk.Written[..Math.Min(chunk.Length, left)];
            written.CopyTo(target);
            target = target[written.Length..];
            left -= written.Length;
        }
    }

    /// <inheritdoc />
    public void Dispose() => Array.ForEach(_chunks, chunk => chunk.Dispose());
}
