using System.Buffers.Binary;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>Reads ncnn's <c>.bin</c> from its beginning.</summary>
/// <param name="content">Its bytes.</param>
internal sealed class NcnnWeightReader(ReadOnlyMemory<byte> content)
{
    /// <summary>Four bytes before numbers of 16 bits.</summary>
    public const uint Half = 0x01306B47;

    /// <summary>Four bytes before numbers of 32 bits; zeros mean the same.</summary>
    private const uint Single = 0x0002C056;

    private int _position;

    /// <summary>Whether everything was read.</summary>
    public bool IsAtEnd => _position == content.Length;

    /// <summary>Numbers whose type is written before them.</summary>
    /// <returns>Null for a type of 8 bits.</returns>
    /// <exception cref="InvalidDataException">The file is cut off.</exception>
    public float[]? Tagged(int count)
    {
        switch (BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint))))
        {
            case 0 or Single:
                return Plain(count);
            case Half:
                var numbers = Take((Int128)count * 2);
                var values = new float[count];
                for (var i = 0; i < count; i++)
                {
                    values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(numbers[(i * 2)..]);
                }

                Take(count % 2 * 2); // Filled up to four bytes.
                return values;
            default:
                return null;
        }
    }

    /// <summary>Numbers of 32 bits.</summary>
    /// <exception cref="InvalidDataException">The file is cut off.</exception>
    public float[] Plain(int count)
    {
        var numbers = Take((Int128)count * sizeof(float));
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(numbers[(i * sizeof(float))..]);
        }

        return values;
    }

    /// <summary>Passes over a constant of 32 bits.</summary>
    /// <param name="sides">Its sides; 0 for one that it does not have.</param>
    /// <returns>The number, if it is a single one.</returns>
    /// <exception cref="InvalidDataException">The file is cut off, or a side is negative.</exception>
    public float? Skip(params ReadOnlySpan<int> sides)
    {
        Int128 count = 1;
        foreach (var side in sides)
        {
            count *= side >= 0 ? Math.Max(side, 1) : throw new InvalidDataException("a constant has a negative side");
        }

        var numbers = Take(count * sizeof(float));
        return count == 1 ? BinaryPrimitives.ReadSingleLittleEndian(numbers) : null;
    }

    private ReadOnlySpan<byte> Take(Int128 length)
    {
        if (length > content.Length - _position)
        {
            throw new InvalidDataException("its weights are cut off");
        }

        _position += (int)length;
        return content.Span.Slice(_position - (int)length, (int)length);
    }
}
