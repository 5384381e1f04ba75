using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NanoDet.Testing;

/// <summary>Valid pictures of a few hundred bytes, for tests in which only the file counts.</summary>
public static class TinyPng
{
    /// <summary>A grey picture; another number gives other pixels and so another content hash.</summary>
    /// <param name="number">Decides about the pixels.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public static byte[] Bytes(int number, int width = 64, int height = 48)
    {
        // A row is a filter byte and one byte a pixel; the first pixels spell the number.
        var pixels = new byte[(width + 1) * height];
        BinaryPrimitives.WriteInt32BigEndian(pixels.AsSpan(1), number);
        return File(width, height, pixels);
    }

    /// <summary>A few bytes whose header, alone, promises a size.</summary>
    public static byte[] Claiming(int width, int height) => File(width, height, [0, 0]);

    private static byte[] File(int width, int height, byte[] pixels)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Chunk(file, "IHDR", header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(pixels);
        }

        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(Stream file, string type, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    /// <summary>CRC-32 of the PNG specification, annex D.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
