using System.Buffers.Binary;

namespace NanoDet.Testing;

/// <summary>Puts orientations into picture files, in every place and type that tools use.</summary>
public static class Orientations
{
    /// <summary>EXIF data with nothing but an orientation.</summary>
    /// <param name="orientation">The value; some tools write others than 1 to 8.</param>
    /// <param name="type">The type of the tag: 1 byte, 3 short, 4 long, 6, 8 and 9 the same with a sign.</param>
    /// <param name="isLittle">The order of bytes.</param>
    public static byte[] Exif(int orientation, int type = 3, bool isLittle = false)
    {
        var value = new byte[4];
        switch (type, isLittle)
        {
            case (1 or 6, _):
                value[0] = (byte)orientation;
                break;
            case (3 or 8, true):
                BinaryPrimitives.WriteInt16LittleEndian(value, (short)orientation);
                break;
            case (3 or 8, false):
                BinaryPrimitives.WriteInt16BigEndian(value, (short)orientation);
                break;
            case (_, true):
                BinaryPrimitives.WriteInt32LittleEndian(value, orientation);
                break;
            default:
                BinaryPrimitives.WriteInt32BigEndian(value, orientation);
                break;
        }

        return isLittle
            ? [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, (byte)type, 0, 1, 0, 0, 0, .. value, 0, 0, 0, 0]
            : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, (byte)type, 0, 0, 0, 1, .. value, 0, 0, 0, 0];
    }

    /// <summary>Puts EXIF data behind the beginning of a JPEG, before any that is there.</summary>
    public static byte[] InJpeg(byte[] jpeg, byte[] exif)
        => [.. jpeg.AsSpan(0, 2), 0xFF, 0xE1, 0, (byte)(exif.Length + 8), .. "Exif\0\0"u8, .. exif, .. jpeg.AsSpan(2)];

    /// <summary>Puts EXIF data into a PNG: behind its header, or before its end.</summary>
    public static byte[] InPng(byte[] png, byte[] exif, bool atEnd = false)
    {
        var place = atEnd ? png.Length - 12 : 33;
        byte[] body = [.. "eXIf"u8, .. exif];
        var (length, crc) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, exif.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, TinyPng.Crc(body));
        return [.. png.AsSpan(0, place), .. length, .. body, .. crc, .. png.AsSpan(place)];
    }

    /// <summary>Puts a WebP of one chunk, as it is without EXIF data, into one with them.</summary>
    public static byte[] InWebP(byte[] webp, int width, int height, byte[] exif)
    {
        byte[] body =
        [
            .. "WEBPVP8X"u8, 10, 0, 0, 0, 8, 0, 0, 0, (byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0,
            .. webp.AsSpan(12), .. "EXIF"u8, (byte)exif.Length, 0, 0, 0, .. exif,
        ];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
        return [.. "RIFF"u8, .. length, .. body];
    }
}
