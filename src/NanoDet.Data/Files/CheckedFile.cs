using System.Security.Cryptography;
using NanoDet.Core.Files;

namespace NanoDet.Data.Files;

/// <summary>
/// A cache on disk: bytes with a mark, a version and a checksum. If it is missing, has another version or is damaged in any
/// byte, it counts as absent, because a cache can always be built again.
/// </summary>
/// <param name="path">Its path.</param>
/// <param name="mark">Four letters that name the kind of cache.</param>
/// <param name="version">Version of its layout.</param>
public sealed class CheckedFile(string path, uint mark, int version)
{
    private const int HeaderLength = 8;
    private const int PieceLength = 1 << 16;

    /// <summary>Reads the payload; null if the file is missing or cannot be trusted.</summary>
    public ReadOnlyMemory<byte>? Read()
    {
        byte[] content;
        try
        {
            content = RegularFile.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var end = content.Length - SHA256.HashSizeInBytes;
        if (end < HeaderLength
            || BitConverter.ToUInt32(content) != mark
            || BitConverter.ToInt32(content, 4) != version
            || !SHA256.HashData(content.AsSpan(0, end)).AsSpan().SequenceEqual(content.AsSpan(end)))
        {
            return null;
        }

        return content.AsMemory(HeaderLength, end - HeaderLength);
    }

    /// <summary>Replaces the file with one with the payload that <paramref name="write"/> writes.</summary>
    public void Write(Action<BinaryWriter> write)
    {
        AtomicFile.Write(path, stream =>
        {
            using var hash = SHA256.Create();
            using (var hashing = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
            using (var writer = new BinaryWriter(new BufferedStream(hashing, PieceLength)))
            {
                writer.Write(mark);
                writer.Write(version);
                write(writer);
            }

            stream.Write(hash.Hash);
        }, durable: false); // What a power cut leaves of it does not have its digest.
    }
}
