using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NanoDet.Data.Fingerprints;

/// <summary>
/// The hash over settings and images: of each, name and value with its length before it, so that no two different lists give the
/// same bytes. An image is named <c>image PATH</c>, and its value is the picture's hash and what else counts of it.
/// </summary>
internal sealed class EntryHash : IDisposable
{
    /// <summary>What the name of an image begins with, and that of no setting.</summary>
    public const string ImagePrefix = "image ";

    // Many entries are hashed at once: each call costs as much as the bytes of one.
    private const int Piece = 1 << 15;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[2 * Piece];
    private int _end;

    /// <summary>Adds a setting.</summary>
    public void Append(FingerprintEntry entry)
    {
        AppendText(entry.Name);
        AppendText(entry.Value);
    }

    /// <summary>Adds an image.</summary>
    public void Append(in ImageEntry image)
    {
        AppendText(ImagePrefix, image.Path);
        AppendText(
            image.Picture,
            Mark("|classes=", image.Classes), image.Classes,
            Mark("|group=", image.Group), image.Group,
            Mark("|labels=", image.Labels), image.Labels,
            Mark("|part=", image.Part), image.Part);
    }

    /// <summary>Adds a setting whose name is made of parts.</summary>
    public void Append(ReadOnlySpan<string?> name, string value)
    {
        AppendText(name);
        AppendText(value);
    }

    /// <summary>The hash over all that was added, 64 lower-case hexadecimal digits.</summary>
    public string End()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    /// <inheritdoc />
    public void Dispose() => _hash.Dispose();

    private static string? Mark(string mark, string? facet) => facet is null ? null : mark;

    private void AppendText(params ReadOnlySpan<string?> parts)
    {
        var start = _end;
        _end += sizeof(int);
        foreach (var part in parts)
        {
            var most = _end + Encoding.UTF8.GetMaxByteCount(part?.Length ?? 0);
            if (_buffer.Length < most)
            {
                Array.Resize(ref _buffer, most * 2);
            }

            _end += Encoding.UTF8.GetBytes(part, _buffer.AsSpan(_end));
        }

        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start), _end - start - sizeof(int));
        if (_end > Piece)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _hash.AppendData(_buffer.AsSpan(0, _end));
        _end = 0;
    }
}
