using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NanoDet.Training.Models.Layers;

/// <summary>A number in bf16: the upper half of one in single precision.</summary>
internal readonly struct BFloat16Number : IMapNumber<BFloat16Number>
{
    private const uint NotANumber = 0x7FC0;

#pragma warning disable CS0169, IDE0051 // It only has the size of one; vectors read it.
    private readonly ushort _bits;
#pragma warning restore CS0169, IDE0051

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(ref readonly BFloat16Number first)
        => Vector.AsVectorSingle(Widen(ref Unsafe.As<BFloat16Number, ushort>(ref Unsafe.AsRef(in first))) << 16);

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<float> values, ref BFloat16Number first)
    {
        // To the nearest, and halfway to the even one, as libtorch rounds.
        var bits = Vector.AsVectorUInt32(values);
        var rounded = (bits + new Vector<uint>(0x7FFF) + ((bits >>> 16) & Vector<uint>.One)) >>> 16;
        Narrow(Vector.ConditionalSelect(Vector.AsVectorUInt32(Vector.Equals(values, values)), rounded, new Vector<uint>(NotANumber)), ref Unsafe.As<BFloat16Number, ushort>(ref first));
    }

    // A register has four, eight or sixteen numbers; the compiler leaves one case.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Widen(ref ushort first) => Vector<uint>.Count switch
    {
        4 => Vector128.WidenLower(Vector64.LoadUnsafe(ref first).ToVector128Unsafe()).AsVector(),
        8 => Vector256.WidenLower(Vector128.LoadUnsafe(ref first).ToVector256Unsafe()).AsVector(),
        _ => Vector512.WidenLower(Vector256.LoadUnsafe(ref first).ToVector512Unsafe()).AsVector(),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Narrow(Vector<uint> bits, ref ushort first)
    {
        switch (Vector<uint>.Count)
        {
            case 4:
                var four = bits.AsVector128();
                Vector64.Narrow(four.GetLower(), four.GetUpper()).StoreUnsafe(ref first);
                break;
            case 8:
                var eight = bits.AsVector256();
                var (lower, upper) = (eight.GetLower(), eight.GetUpper());
                // The numbers are below 65,536, so that one instruction does what Narrow needs five for.
                (Sse41.IsSupported ? Sse41.PackUnsignedSaturate(lower.AsInt32(), upper.AsInt32()) : Vector128.Narrow(lower, upper)).StoreUnsafe(ref first);
                break;
            default:
                var sixteen = bits.AsVector512();
                Vector256.Narrow(sixteen.GetLower(), sixteen.GetUpper()).StoreUnsafe(ref first);
                break;
        }
    }
}
