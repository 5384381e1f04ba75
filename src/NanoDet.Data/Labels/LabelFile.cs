using System.Buffers;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>Reads files from outside: whole, but never more than their kind may have.</summary>
internal static class LabelFile
{
    // Whoever has the file open may go on writing it.
    private const FileShare Share = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Reads a file of at most <paramref name="limit"/> bytes.</summary>
    /// <exception cref="DiagnosticException">NDB1002 for a longer file, NDB1003 for one that cannot be opened.</exception>
    public static byte[] Read(string path, long limit) => Read(path, limit, path, static (content, _) => content.ToArray());

    /// <summary>Reads a file of at most <paramref name="limit"/> bytes into a rented buffer, for those who need it once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The largest number of bytes.</param>
    /// <param name="state">What <paramref name="use"/> needs besides, such as the path to name in locations.</param>
    /// <param name="use">Takes the content, which is gone when it returns, and the state.</param>
    /// <exception cref="DiagnosticException">NDB1002 for a longer file, NDB1003 for one that cannot be opened.</exception>
    public static T Read<TState, T>(string path, long limit, TState state, Func<ReadOnlySpan<byte>, TState, T> use)
    {
        byte[]? buffer = null;
        try
        {
            int filled;
            try
            {
                using var handle = File.OpenHandle(path, share: Share);
                var length = RandomAccess.GetLength(handle);
                if (length > limit)
                {
                    throw new DiagnosticException(LabelDiagnostics.FileTooLarge(new(path), length, limit));
                }

                buffer = ArrayPool<byte>.Shared.Rent((int)length);
                filled = 0;
                while (filled < length && RandomAccess.Read(handle, buffer.AsSpan(filled, (int)length - filled), filled) is > 0 and var read)
                {
                    filled += read;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw new DiagnosticException(LabelDiagnostics.Unreadable(new(path), exception.Message), exception);
            }

            return use(buffer.AsSpan(0, filled), state);
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
