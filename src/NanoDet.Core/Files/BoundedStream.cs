namespace NanoDet.Core.Files;

/// <summary>
/// Reads streams from outside, which may have no end. A stream that knows its length is read into memory of that length, without a
/// copy. What a stream throws is passed on: only its owner knows what it means, as a web server does of a request that is too large.
/// </summary>
internal static class BoundedStream
{
    private const int BlockLength = 1 << 16;

    /// <summary>The bytes from the position of a stream to its end; null if they are more than a limit.</summary>
    /// <param name="stream">The stream; not disposed of.</param>
    /// <param name="limit">The most bytes.</param>
    public static ReadOnlyMemory<byte>? ReadToEnd(Stream stream, long limit)
    {
        if (LengthOf(stream) is { } length && length <= limit)
        {
            var content = new byte[length];
            return content.AsMemory(0, stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false));
        }

        var all = new MemoryStream();
        var block = new byte[BlockLength];
        while (all.Length <= limit && stream.Read(block) is > 0 and var read)
        {
            all.Write(block, 0, read);
        }

        return Content(all, limit);
    }

    /// <summary>The bytes from the position of a stream to its end, read without blocking; null if they are more than a limit.</summary>
    /// <param name="stream">The stream; not disposed of.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<ReadOnlyMemory<byte>?> ReadToEndAsync(Stream stream, long limit, CancellationToken cancellationToken)
    {
        if (LengthOf(stream) is { } length && length <= limit)
        {
            var content = new byte[length];
            return content.AsMemory(0, await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
        }

        var all = new MemoryStream();
        var block = new byte[BlockLength];
        while (all.Length <= limit && await stream.ReadAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            all.Write(block, 0, read);
        }

        return Content(all, limit);
    }

    private static long? LengthOf(Stream stream) => stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : null;

    private static ReadOnlyMemory<byte>? Content(MemoryStream all, long limit)
        => all.Length <= limit ? new ReadOnlyMemory<byte>(all.GetBuffer(), 0, (int)all.Length) : null;
}
