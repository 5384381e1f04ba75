using System.Buffers.Binary;
using System.Text;

namespace NanoDet.Core.Onnx;

/// <summary>
/// Reads the fields of one protocol buffer message, forwards and without copying. Everything is checked against
/// the existing bytes, so a hostile length has no effect.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int EightBytes = 1;
    private const int Delimited = 2;
    private const int FourBytes = 5;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;

    /// <summary>Where the current field begins, its tag included.</summary>
    public int Start { get; private set; }

    /// <summary>Where the current field ends.</summary>
    public readonly int End => _position;

    /// <summary>The current field's number.</summary>
    public int Field { get; private set; }

    /// <summary>The current field's number value; 0 for a delimited one.</summary>
    public ulong Number { get; private set; }

    /// <summary>The current field's bytes; empty unless it is a string, bytes or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Moves to the next field.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="FormatException">The bytes are not a protocol buffer message.</exception>
    public bool Read()
    {
        if (_position == _message.Length)
        {
            return false;
        }

        Start = _position;
        var tag = ReadVarint();
        Field = tag >> 3 is > 0 and <= int.MaxValue ? (int)(tag >> 3) : throw new FormatException("a field has no valid number");
        Number = 0;
        Bytes = default;
        switch ((int)(tag & 7))
        {
            case Varint:
                Number = ReadVarint();
                break;
            case EightBytes:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case Delimited:
                Bytes = Take(ReadVarint());
                break;
            case FourBytes:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw new FormatException("a field has an unknown kind");
        }

        return true;
    }

    /// <summary>Returns the string of a field of a message: the last one if there are several, empty if there is none.</summary>
    public static string TextOf(ReadOnlySpan<byte> message, int field)
    {
        var text = "";
        var reader = new WireReader(message);
        while (reader.Read())
        {
            if (reader.Field == field)
            {
                text = Encoding.UTF8.GetString(reader.Bytes);
            }
        }

        return text;
    }

    /// <summary>The beginning of a delimited field, which its bytes follow: its tag and their number.</summary>
    /// <param name="field">The field's number, up to 15.</param>
    /// <param name="length">The number of bytes.</param>
    public static byte[] Header(int field, int length)
    {
        var header = new List<byte> { (byte)((field << 3) | Delimited) };
        var left = (uint)length;
        for (; left >= 0x80; left >>= 7)
        {
            header.Add((byte)(left | 0x80));
        }

        return [.. header, (byte)left];
    }

    /// <summary>Reads the numbers of a packed field.</summary>
    public static List<ulong> PackedNumbers(ReadOnlySpan<byte> block)
    {
        var numbers = new List<ulong>();
        var reader = new WireReader(block);
        while (reader._position < block.Length)
        {
            numbers.Add(reader.ReadVarint());
        }

        return numbers;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("a number is too long");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_message.Length - _position))
        {
            throw new FormatException("it ends in the middle of a field");
        }

        var bytes = _message.Slice(_position, (int)count);
        _position += (int)count;
        return bytes;
    }
}
