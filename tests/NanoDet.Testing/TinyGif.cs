namespace NanoDet.Testing;

/// <summary>GIF files of one colour, without compression, whose screen and frame may differ.</summary>
public static class TinyGif
{
    private const int Clear = 4;
    private const int End = 5;

    /// <summary>A file.</summary>
    /// <param name="screen">The size in the header.</param>
    /// <param name="frame">The size of its one frame.</param>
    public static byte[] Bytes((int Width, int Height) screen, (int Width, int Height) frame) =>
    [
        .. "GIF89a"u8, .. Size(screen), 0x80, 0, 0, 10, 20, 30, 200, 210, 220,
        0x2C, 0, 0, 0, 0, .. Size(frame), 0, 2, .. Blocks(Pixels(frame.Width * frame.Height)), 0, 0x3B,
    ];

    private static byte[] Size((int Width, int Height) size) => [(byte)size.Width, (byte)(size.Width >> 8), (byte)size.Height, (byte)(size.Height >> 8)];

    // Codes of three bits, cleared before the table makes them longer.
    private static List<byte> Pixels(int count)
    {
        var codes = Enumerable.Range(0, count).SelectMany(index => index % 2 == 0 ? new[] { Clear, 0 } : [0]).Append(End);
        var bytes = new List<byte>();
        var (bits, filled) = (0, 0);
        foreach (var code in codes)
        {
            bits |= code << filled;
            for (filled += 3; filled >= 8; filled -= 8)
            {
                bytes.Add((byte)bits);
                bits >>= 8;
            }
        }

        bytes.Add((byte)bits);
        return bytes;
    }

    private static IEnumerable<byte> Blocks(List<byte> data) => data.Chunk(255).SelectMany(piece => (byte[])[(byte)piece.Length, .. piece]);
}
