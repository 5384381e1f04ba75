using System.Buffers.Binary;

namespace NanoDet.Core.Images;

/// <summary>
/// The orientation of a picture (EXIF 2.32, tag 0x0112), for whoever plans with a picture and whoever decodes it: in JPEG the first segment
/// with EXIF data before the frame counts, as in Pillow; in PNG the chunk <c>eXIf</c>; in WebP the chunk <c>EXIF</c>; in TIFF the tag of the
/// first picture. Other formats have none.
/// </summary>
internal static class ExifOrientation
{
    private const int Upright = 1;
    private const int MostChunks = 1 << 16;

    /// <summary>Finds the orientation.</summary>
    /// <param name="file">The file.</param>
    /// <returns>1 to 8; 1 if there is none, or none that is valid.</returns>
    public static int Read(Stream file)
    {
        Span<byte> head = stackalloc byte[12];
        var length = ReadAt(file, 0, head);
        return head switch
        {
            _ when length < head.Length => Upright,
            [0xFF, 0xD8, ..] => OfJpeg(file),
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => OfChunks(file, 8, isPng: true),
            _ when head.StartsWith("RIFF"u8) && head[8..].SequenceEqual("WEBP"u8) => OfChunks(file, 12, isPng: false),
            _ when TiffDirectory.IsTiff(head) => At(file, 0),
            _ => Upright,
        };
    }

    private static int OfJpeg(Stream file)
    {
        Span<byte> name = stackalloc byte[6];
        for (var segments = new JpegSegments(file); segments.Next() && !segments.IsFrame;)
        {
            if (segments.Marker == 0xE1 && ReadAt(file, segments.Content, name) == name.Length && name.SequenceEqual("Exif\0\0"u8))
            {
                return At(file, segments.Content + name.Length);
            }
        }

        return Upright;
    }

    private static int OfChunks(Stream file, long offset, bool isPng)
    {
        Span<byte> part = stackalloc byte[8];
        for (var i = 0; i < MostChunks && ReadAt(file, offset, part) == part.Length; i++)
        {
            // PNG has the length before the name, WebP behind it.
            var name = isPng ? part[4..] : part[..4];
            var length = isPng ? BinaryPrimitives.ReadUInt32BigEndian(part) : BinaryPrimitives.ReadUInt32LittleEndian(part[4..]);
            if (name.SequenceEqual(isPng ? "eXIf"u8 : "EXIF"u8))
            {
                var content = offset + part.Length;
                return At(file, ReadAt(file, content, part) == part.Length && part.StartsWith("Exif\0\0"u8) ? content + 6 : content);
            }

            // Only the extended form of WebP has chunks beside the picture.
            if (!isPng && i == 0 && !name.SequenceEqual("VP8X"u8))
            {
                break;
            }

            offset += part.Length + (long)length + (isPng ? 4 : length % 2);
        }

        return Upright;
    }

    private static int At(Stream file, long start)
        => TiffDirectory.Read(file, start)?[TiffDirectory.Orientation] is >= 1 and <= 8 and var value ? (int)value : Upright;

    private static int ReadAt(Stream file, long offset, Span<byte> target)
    {
        if (offset > file.Length)
        {
            return 0;
        }

        file.Position = offset;
        return file.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
    }
}
