namespace NanoDet.Core.Files;

/// <summary>Reads streams from outside, which may have no end.</summary>
internal static class BoundedStream
{
    /// <summary>The bytes from the position of a stream to its end; null if they are more than a limit.</summary>
    /// <param name="stream">The stream; not disposed of.</param>
    /// <param name="limit">The most bytes.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static byte[]? ReadToEnd(Stream stream, long limit)
    {
        if (stream.CanSeek && stream.Length - stream.Position is var left && left <= limit)
        {
            var content = new byte[left];
            return content[..stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)];
        }

        using var all = new MemoryStream();
        var block = new byte[1 << 16];
        while (all.Length <= limit && stream.Read(block) is > 0 and var read)
        {
            all.Write(block, 0, read);
        }

        return all.Length <= limit ? all.ToArray() : null;
    }

    /// <summary>Copies a stream from its position to its end into memory, without blocking; at most one block more than the limit.</summary>
    /// <param name="stream">The stream; not disposed of.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static async Task<MemoryStream> BufferAsync(Stream stream, long limit, CancellationToken cancellationToken)
    {
        var all = new MemoryStream();
        var block = new byte[1 << 16];
        while (all.Length <= limit && await stream.ReadAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            all.Write(block, 0, read);
        }

        all.Position = 0;
        return all;
    }
}
