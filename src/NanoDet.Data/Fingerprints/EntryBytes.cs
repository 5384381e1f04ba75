using System.Buffers.Binary;
using System.Text;

namespace NanoDet.Data.Fingerprints;

/// <summary>
/// Settings and images as the bytes that are hashed: name and value, each with its length before it, so that no two different
/// lists give the same bytes. An image is named <c>image PATH</c>, and its value is the picture's hash and what else counts of it.
/// </summary>
internal sealed class EntryBytes
{
    /// <summary>What the name of an image begins with, and that of no setting.</summary>
    public const string ImagePrefix = "image ";

    private byte[] _buffer = new byte[512];
    private int _end;

    public ReadOnlySpan<byte> Of(FingerprintEntry entry)
    {
        _end = 0;
        Append(entry.Name);
        Append(entry.Value);
        return _buffer.AsSpan(0, _end);
    }

    public ReadOnlySpan<byte> Of(in ImageEntry image)
    {
        _end = 0;
        Append(ImagePrefix, image.Path);
        Append(
            image.Picture,
            Mark("|classes=", image.Classes), image.Classes,
            Mark("|group=", image.Group), image.Group,
            Mark("|labels=", image.Labels), image.Labels,
            Mark("|part=", image.Part), image.Part);
        return _buffer.AsSpan(0, _end);
    }

    private static string? Mark(string mark, string? facet) => facet is null ? null : mark;

    private void Append(params ReadOnlySpan<string?> parts)
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
    }
}
