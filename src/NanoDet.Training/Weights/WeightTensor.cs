using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NanoDet.Training.Weights;

/// <summary>A tensor in a weight file, which can be read, compared and written without libtorch.</summary>
/// <param name="Type">Type of its numbers.</param>
/// <param name="Shape">Its dimensions; empty for a single number.</param>
/// <param name="Data">Its numbers, row-major, little-endian, without gaps.</param>
public sealed record WeightTensor(ElementType Type, ImmutableArray<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The number of elements.</summary>
    public long Count => Data.Length / SizeOf(Type);

    /// <summary>Whether none of its numbers is infinite or not a number, also in a network, which has singles.</summary>
    public bool IsFinite => Type switch
    {
        ElementType.Float16 => AreFinite<ushort>(0x7C00),
        ElementType.BFloat16 => AreFinite<ushort>(0x7F80),
        ElementType.Float32 => AreFinite<uint>(0x7F80_0000),
        ElementType.Float64 => ToSingles().All(float.IsFinite),
        _ => true,
    };

    /// <summary>Makes a tensor of singles.</summary>
    public static WeightTensor Of(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
        => new(ElementType.Float32, [.. shape], MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Bytes of one number.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.Bool or ElementType.UInt8 or ElementType.Int8 => 1,
        ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Int32 or ElementType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Returns the size in bytes of a tensor with the given type and shape; null for a negative dimension or if it does not fit in a <see cref="long"/>.</summary>
    public static long? ByteCount(ElementType type, ReadOnlySpan<long> shape)
    {
        Int128 bytes = SizeOf(type);
        foreach (var dimension in shape)
        {
            bytes *= dimension;
            if (dimension < 0 || bytes > long.MaxValue)
            {
                return null;
            }
        }

        return (long)bytes;
    }

    /// <summary>Returns the numbers as singles, rounded if the type is wider.</summary>
    public float[] ToSingles()
    {
        var values = new float[Count];
        var size = SizeOf(Type);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Single(Data.Span.Slice(i * size, size));
        }

        return values;
    }

    /// <summary>Whether the exponent of no number has all bits set.</summary>
    private bool AreFinite<T>(T exponent)
        where T : unmanaged, IBinaryInteger<T>
    {
        foreach (var bits in MemoryMarshal.Cast<byte, T>(Data.Span))
        {
            if ((bits & exponent) == exponent)
            {
                return false;
            }
        }

        return true;
    }

    private float Single(ReadOnlySpan<byte> number) => Type switch
    {
        ElementType.Bool or ElementType.UInt8 => number[0],
        ElementType.Int8 => (sbyte)number[0],
        ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(number),
        ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(number),
        ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(number),
        ElementType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(number),
        ElementType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(number) << 16),
        ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(number),
        _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(number),
    };
}
