using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NanoDet.Training.Models.Layers;

/// <summary>A number in bf16: the upper half of one in single precision.</summary>
internal readonly struct BFloat16Number : IMapNumber<BFloat16Number>
{
    private const uint NotANumber = 0x7FC0;

#pragma warning disable CS0169, IDE0051 // It only has the size of one; vectors read it.
    private readonly ushort _bits;
#pragma warning restore CS0169, IDE0051

    /// <inheritdoc />
    public static Vector<float> Load(ReadOnlySpan<BFloat16Number> from)
    {
        var bits = MemoryMarshal.Cast<BFloat16Number, ushort>(from);
        return Vector.AsVectorSingle(Widen(bits) << 16);
    }

    /// <inheritdoc />
    public static void Store(Vector<float> values, Span<BFloat16Number> to)
    {
        // To the nearest, and halfway to the even one, as libtorch rounds.
        var bits = Vector.AsVectorUInt32(values);
        var rounded = (bits + new Vector<uint>(0x7FFF) + ((bits >>> 16) & Vector<uint>.One)) >>> 16;
        Narrow(Vector.ConditionalSelect(Vector.AsVectorUInt32(Vector.Equals(values, values)), rounded, new Vector<uint>(NotANumber)), MemoryMarshal.Cast<BFloat16Number, ushort>(to));
    }

    // A register has four, eight or sixteen numbers; the compiler leaves one case.
    private static Vector<uint> Widen(ReadOnlySpan<ushort> bits) => Vector<uint>.Count switch
    {
        4 => Vector128.WidenLower(Vector64.Create(bits).ToVector128Unsafe()).AsVector(),
        8 => Vector256.WidenLower(Vector128.Create(bits).ToVector256Unsafe()).AsVector(),
        _ => Vector512.WidenLower(Vector256.Create(bits).ToVector512Unsafe()).AsVector(),
    };

    private static void Narrow(Vector<uint> bits, Span<ushort> to)
    {
        switch (Vector<uint>.Count)
        {
            case 4:
                var four = bits.AsVector128();
                Vector64.Narrow(four.GetLower(), four.GetUpper()).CopyTo(to);
                break;
            case 8:
                var eight = bits.AsVector256();
                Vector128.Narrow(eight.GetLower(), eight.GetUpper()).CopyTo(to);
                break;
            default:
                var sixteen = bits.AsVector512();
                Vector256.Narrow(sixteen.GetLower(), sixteen.GetUpper()).CopyTo(to);
                break;
        }
    }
}
