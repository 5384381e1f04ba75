using System.Buffers.Binary;

namespace NanoDet.Core.Images;

/// <summary>
/// The first directory of a TIFF file (TIFF 6.0), which is also the form of EXIF data in other files: whole numbers by tag. Nothing
/// else is read, so nothing in it can be large.
/// </summary>
internal sealed class TiffDirectory
{
    /// <summary>Tag of the width of a TIFF picture.</summary>
    public const ushort Width = 0x0100;

    /// <summary>Tag of the height of a TIFF picture.</summary>
    public const ushort Height = 0x0101;

    /// <summary>Tag of the orientation.</summary>
    public const ushort Orientation = 0x0112;

    private const int EntryLength = 12;
    private readonly Dictionary<ushort, long> _numbers = [];

    private TiffDirectory()
    {
    }

    /// <summary>Reads the directory.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where the TIFF data begins in it.</param>
    /// <returns>Null if there is none.</returns>
    public static TiffDirectory? Read(Stream file, long start = 0)
    {
        Span<byte> header = stackalloc byte[8];
        if (!TryRead(file, start, header) || !IsTiff(header))
        {
            return null;
        }

        var isLittle = header[0] == 'I';
        var entries = start + UInt32(header[4..], isLittle);
        Span<byte> count = stackalloc byte[2];
        if (!TryRead(file, entries, count))
        {
            return null;
        }

        var directory = new TiffDirectory();
        Span<byte> entry = stackalloc byte[EntryLength];
        for (var i = 0; i < UInt16(count, isLittle) && TryRead(file, entries + 2 + (i * EntryLength), entry); i++)
        {
            if (Integer(entry, isLittle) is { } value)
            {
                directory._numbers.TryAdd(UInt16(entry, isLittle), value);
            }
        }

        return directory;
    }

    /// <summary>Whether a file begins as TIFF does.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> head) => head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8);

    /// <summary>The whole number of a tag, whatever its integer type; null if there is none.</summary>
    public long? this[ushort tag] => _numbers.TryGetValue(tag, out var value) ? value : null;

    // A single value is in the entry itself; tools write the same tag as a byte, a short or a long.
    private static long? Integer(ReadOnlySpan<byte> entry, bool isLittle)
    {
        var value = entry[8..];
        return UInt32(entry[4..], isLittle) != 1 ? null : UInt16(entry[2..], isLittle) switch
        {
            1 => value[0],
            3 => UInt16(value, isLittle),
            4 => UInt32(value, isLittle),
            6 => (sbyte)value[0],
            8 => (short)UInt16(value, isLittle),
            9 => (int)UInt32(value, isLittle),
            _ => null,
        };
    }

    private static bool TryRead(Stream file, long offset, Span<byte> target)
    {
        if (offset < 0 || offset > file.Length - target.Length)
        {
            return false;
        }

        file.Position = offset;
        return file.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool isLittle)
        => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool isLittle)
        => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
