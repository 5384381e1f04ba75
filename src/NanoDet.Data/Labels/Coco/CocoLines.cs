using System.Buffers;
using NanoDet.Data.Files;

namespace NanoDet.Data.Labels.Coco;

/// <summary>The lines of a JSON array, formatted on all cores: one value a line, a comma after each but the last.</summary>
internal sealed class CocoLines : IDisposable
{
    private const int EntriesInAChunk = 256;
    private const int FirstCapacity = 1 << 18;

    private readonly PooledBuffer[] _chunks;

    private CocoLines(PooledBuffer[] chunks) => _chunks = chunks;

    /// <summary>What ends a line; the last of the array loses it.</summary>
    public static ReadOnlySpan<byte> Separator => ",\n"u8;

    /// <summary>Bytes of all lines.</summary>
    public int Length => Math.Max(0, _chunks.Sum(chunk => chunk.Length) - Separator.Length);

    /// <summary>Formats entries.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="write">Writes the lines of the entry with a number, each with its separator; called from many threads.</param>
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
