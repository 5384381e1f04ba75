using System.Security.Cryptography;

namespace NanoDet.Pipeline.Store;

/// <summary>Checks the bytes of a blob while they are copied, and rejects bytes beyond its size.</summary>
/// <param name="expected">The expected digest of the blob.</param>
internal sealed class BlobVerifier(BlobDigest expected) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _seen;

    /// <summary>Checks the next bytes before they are written.</summary>
    /// <exception cref="DamagedEntryException">There are more bytes than the blob has.</exception>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _seen += bytes.Length;
        if (_seen > expected.Size)
        {
            throw new DamagedEntryException($"the blob {expected.Hash} is longer than {expected.Size} bytes");
        }

        _hash.AppendData(bytes);
    }

    /// <summary>Checks the digest at the end.</summary>
    /// <exception cref="DamagedEntryException">The bytes are those of another blob, or incomplete.</exception>
    public void Finish()
    {
        if (_seen != expected.Size)
        {
            throw new DamagedEntryException($"the blob {expected.Hash} ends after {_seen} of {expected.Size} bytes");
        }

        if (Convert.ToHexStringLower(_hash.GetHashAndReset()) != expected.Hash)
        {
            throw new DamagedEntryException($"the blob {expected.Hash} has different content");
        }
    }

    /// <summary>Copies a stream and checks it.</summary>
    /// <exception cref="DamagedEntryException">It is not the blob; the target may contain some of its bytes.</exception>
    public static void Copy(Stream source, Stream target, BlobDigest expected)
    {
        using var verifier = new BlobVerifier(expected);
        var piece = new byte[1 << 16];
        while (source.Read(piece) is > 0 and var read)
        {
            verifier.Add(piece.AsSpan(0, read));
            target.Write(piece, 0, read);
        }

        verifier.Finish();
    }

    /// <inheritdoc />
    public void Dispose() => _hash.Dispose();
}
