using System.Buffers.Binary;
using System.Text;

namespace NanoDet.Pipeline.Caching;

/// <summary>Reads from memory what a <see cref="BinaryWriter"/> wrote.</summary>
/// <param name="record">The bytes, from a file whose digest was checked.</param>
internal ref struct RecordReader(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> _rest = record;

    /// <summary>One byte.</summary>
    public byte Byte() => Bytes(1)[0];

    /// <summary>A flag.</summary>
    public bool Boolean() => Byte() != 0;

    /// <summary>A whole number of four bytes.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

    /// <summary>A whole number of eight bytes.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

    /// <summary>A whole number of eight bytes without a sign.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    /// <summary>A number of eight bytes.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(sizeof(double)));

    /// <summary>A whole number of variable length.</summary>
    public int PackedInt32()
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            value |= (part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    /// <summary>The UTF-8 bytes of a string.</summary>
    public ReadOnlySpan<byte> Utf8() => Bytes(PackedInt32());

    /// <summary>A string.</summary>
    public string Text() => Encoding.UTF8.GetString(Utf8());

    /// <summary>Raw bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}

/// <summary>Decodes a record.</summary>
/// <param name="reader">A reader at the beginning of the record.</param>
/// <param name="path">The stored path of the file that the record is about.</param>
internal delegate T RecordDecoder<out T>(ref RecordReader reader, string path);
