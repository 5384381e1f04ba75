using System.Buffers;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>Reads untrusted files completely, up to the limit of their kind.</summary>
internal static class LabelFile
{
    // Another program may have the file open for writing.
    private const FileShare Share = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Reads a file of at most <paramref name="limit"/> bytes.</summary>
    /// <exception cref="NanoDetException">NDB1002 if the file is longer, NDB1003 if it cannot be opened.</exception>
    public static byte[] Read(string path, long limit) => Read(path, limit, path, static (content, _) => content.ToArray());

    /// <summary>Reads a file of at most <paramref name="limit"/> bytes into a rented buffer, which is valid only during a callback.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The largest number of bytes.</param>
    /// <param name="state">Additional data for <paramref name="use"/>, such as the path for locations.</param>
    /// <param name="use">Gets the content, which is not valid after it returns, and the state.</param>
    /// <exception cref="NanoDetException">NDB1002 if the file is longer, NDB1003 if it cannot be opened.</exception>
    public static T Read<TState, T>(string path, long limit, TState state, Func<ReadOnlySpan<byte>, TState, T> use)
    {
        byte[]? buffer = null;
        try
        {
            int filled;
            try
            {
                using var handle = RegularFile.OpenHandle(path, Share);
                var length = RandomAccess.GetLength(handle);
                if (length > limit)
                {
                    throw new NanoDetException(LabelDiagnostics.FileTooLarge(new(path), length, limit));
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
                throw new NanoDetException(LabelDiagnostics.Unreadable(new(path), exception.Message), exception);
            }

            return LargeFilePointer.Is(buffer.AsSpan(0, filled)) ? throw new NanoDetException(LabelDiagnostics.Unreadable(new(path), LargeFilePointer.Told))
                : use(buffer.AsSpan(0, filled), state);
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
