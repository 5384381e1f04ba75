using System.Buffers.Binary;

namespace NanoDet.Core.Images;

/// <summary>The segments of a JPEG before its first scan.</summary>
/// <param name="file">The file, a JPEG.</param>
internal sealed class JpegSegments(Stream file)
{
    /// <summary>The marker of the first scan.</summary>
    public const byte Scan = 0xDA;

    /// <summary>The marker of the end.</summary>
    public const byte End = 0xD9;

    private const int MostSegments = 1 << 16;
    private long _next = 2;
    private int _count;

    /// <summary>The second byte of the current marker; the first is FF.</summary>
    public byte Marker { get; private set; }

    /// <summary>Where the content of the current segment begins in the file.</summary>
    public long Content { get; private set; }

    /// <summary>Whether the current segment describes the frame: SOF0 to SOF15.</summary>
    public bool IsFrame => Marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Moves to the next segment.</summary>
    /// <returns>False after the first scan, and where there is no segment.</returns>
    public bool Next()
    {
        Span<byte> head = stackalloc byte[4];
        while (Marker is not (Scan or End) && _count++ < MostSegments && _next <= file.Length - head.Length)
        {
            file.Position = _next;
            file.ReadExactly(head);
            if (head[0] != 0xFF)
            {
                return false;
            }

            // Any number of FF may stand before a marker.
            if (head[1] == 0xFF)
            {
                _next++;
                continue;
            }

            (Marker, Content) = (head[1], _next + head.Length);
            _next += 2 + BinaryPrimitives.ReadUInt16BigEndian(head[2..]);
            return true;
        }

        return false;
    }
}
