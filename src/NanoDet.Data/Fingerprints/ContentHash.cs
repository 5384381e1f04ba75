using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using NanoDet.Core.Files;

namespace NanoDet.Data.Fingerprints;

/// <summary>A SHA-256 digest as a value of 32 bytes without an allocation, so that 100,000 of them need little memory.</summary>
public readonly record struct ContentHash
{
    /// <summary>Bytes in a digest.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Makes it from the 32 bytes of the digest.</summary>
    public ContentHash(ReadOnlySpan<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, Length);
        _a = BinaryPrimitives.ReadUInt64BigEndian(digest);
        _b = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(digest[24..]);
    }

    /// <summary>The digest of bytes in memory.</summary>
    public static ContentHash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[Length];
        SHA256.HashData(content, digest);
        return new ContentHash(digest);
    }

    /// <summary>The digest of a file's bytes, read in pieces.</summary>
    public static ContentHash OfFile(string path)
    {
        using var handle = RegularFile.OpenHandle(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = RandomAccess.GetLength(handle);
        var piece = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length, 1, 1 << 17));
        try
        {
            long done = 0;
            while (done < length && RandomAccess.Read(handle, piece.AsSpan(0, (int)Math.Min(piece.Length, length - done)), done) is > 0 and var read)
            {
                hash.AppendData(piece, 0, read);
                done += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        Span<byte> digest = stackalloc byte[Length];
        hash.GetHashAndReset(digest);
        return new ContentHash(digest);
    }

    /// <summary>Parses 64 hexadecimal digits in upper or lower case.</summary>
    /// <returns>The digest, or null if the text is something else.</returns>
    public static ContentHash? TryParse(string text)
    {
        Span<byte> digest = stackalloc byte[Length];
        return text.Length == 2 * Length && Convert.FromHexString(text, digest, out _, out _) == System.Buffers.OperationStatus.Done
            ? new ContentHash(digest) : null;
    }

    /// <summary>Whether a text is one that <see cref="ToString(int)"/> can give, so that it can be the name of a file or folder.</summary>
    /// <param name="text">The text.</param>
    /// <param name="digits">The number of its digits.</param>
    public static bool IsText(string text, int digits = 2 * Length) => text.Length == digits && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> digest)
    {
        BinaryPrimitives.WriteUInt64BigEndian(digest, _a);
        BinaryPrimitives.WriteUInt64BigEndian(digest[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(digest[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(digest[24..], _d);
    }

    /// <summary>The digest as 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => ToString(2 * Length);

    /// <summary>The first of these digits.</summary>
    /// <param name="digits">Their number, which is even.</param>
    public string ToString(int digits)
    {
        Span<byte> digest = stackalloc byte[Length];
        CopyTo(digest);
        return Convert.ToHexStringLower(digest[..(digits / 2)]);
    }
}
