using System.Security.Cryptography;

namespace NanoDet.Pipeline.Store;

/// <summary>Looks at a blob's bytes on their way, whoever sends them, and lets none through that is too much.</summary>
/// <param name="expected">What the blob is said to be.</param>
internal sealed class BlobVerifier(BlobDigest expected) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _seen;

    /// <summary>Takes the next bytes, before they are written anywhere.</summary>
    /// <exception cref="DamagedEntryException">There are more than the blob has.</exception>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _seen += bytes.Length;
        if (_seen > expected.Size)
        {
            throw new DamagedEntryException($"the blob {expected.Hash} is longer than {expected.Size} bytes");
        }

        _hash.AppendData(bytes);
    }

    /// <summary>There are no more.</summary>
    /// <exception cref="DamagedEntryException">It was another blob, or a part of this one.</exception>
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

    /// <summary>Copies all of a stream that is at hand.</summary>
    /// <exception cref="DamagedEntryException">It is not the blob; the target may have some of its bytes.</exception>
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
