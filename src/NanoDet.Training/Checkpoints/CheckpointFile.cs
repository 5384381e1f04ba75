using System.Security.Cryptography;
using NanoDet.Core.Files;
using NanoDet.Data.Files;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Checkpoints;

/// <summary>
/// A safetensors file whose last tensor is its digest: the SHA-256 of the file, in which the digest itself counts as zeros. So a bit
/// that changed anywhere is found, and every reader of safetensors can still read the file.
/// </summary>
internal static class CheckpointFile
{
    // Narrow tensors come last in the file, in the order of their names.
    private const string DigestKey = "sha256";

    private static readonly byte[] Zeros = new byte[SHA256.HashSizeInBytes];

    /// <summary>Writes a file atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="previous">The name under which the file that it replaces is kept.</param>
    /// <param name="content">Tensors and metadata.</param>
    public static void Write(string path, string previous, WeightSet content)
    {
        var tensors = new OrderedDictionary<string, WeightTensor>(content.Tensors) { [DigestKey] = new(ElementType.UInt8, [Zeros.Length], Zeros) };
        AtomicFile.Write(path, stream => Write(stream, content with { Tensors = tensors }), previous: previous);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    /// <exception cref="IOException">The system cannot read it.</exception>
    public static WeightSet Read(string path)
    {
        var content = RegularFile.ReadAllBytes(path);
        if (content.Length < Zeros.Length || !Digest(content).AsSpan().SequenceEqual(content.AsSpan(^Zeros.Length..)))
        {
            throw new InvalidDataException("its content does not have the digest that was written with it");
        }

        return SafetensorsReader.Read(content);
    }

    private static void Write(Stream stream, WeightSet content)
    {
        using var sha = SHA256.Create();
        using (var hashed = new CryptoStream(stream, sha, CryptoStreamMode.Write, leaveOpen: true))
        {
            SafetensorsWriter.Write(hashed, content);
        }

        stream.Seek(-Zeros.Length, SeekOrigin.End);
        stream.Write(sha.Hash);
    }

    private static byte[] Digest(ReadOnlySpan<byte> content)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(content[..^Zeros.Length]);
        sha.AppendData(Zeros);
        return sha.GetHashAndReset();
    }
}
