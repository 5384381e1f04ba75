using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace NanoDet.Training.Weights.Pickles;

/// <summary>Reads the bytes of a pickle in order, and never beyond the end.</summary>
internal ref struct PickleInput(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double BigEndianDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public string Text(ulong length)
    {
        var text = Take(length);
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw new InvalidDataException("the pickle has a string that is not UTF-8");
    }

    /// <summary>Reads a whole number of any length, as a <see cref="long"/> if it fits.</summary>
    public object Integer(ulong length)
    {
        var value = new BigInteger(Take(length));
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    public string Line()
    {
        var length = _bytes[Position..].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new InvalidDataException("the pickle ends within a name");
        }

        var line = Text((ulong)length);
        Position++;
        return line;
    }

    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_bytes.Length - Position))
        {
            throw new InvalidDataException($"the pickle ends {count} bytes too early at {Position}");
        }

        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }
}
