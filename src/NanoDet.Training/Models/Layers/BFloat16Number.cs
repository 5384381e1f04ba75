using System.Runtime.InteropServices;
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
    public static Vector512<float> Load(ReadOnlySpan<BFloat16Number> from)
    {
        var bits = Vector256.Create(MemoryMarshal.Cast<BFloat16Number, ushort>(from));
        return (Vector512.WidenLower(bits.ToVector512Unsafe()) << 16).AsSingle();
    }

    /// <inheritdoc />
    public static void Store(Vector512<float> values, Span<BFloat16Number> to)
    {
        // To the nearest, and halfway to the even one, as libtorch rounds.
        var bits = values.AsUInt32();
        var rounded = (bits + Vector512.Create(0x7FFFu) + ((bits >>> 16) & Vector512<uint>.One)) >>> 16;
        var result = Vector512.ConditionalSelect(Vector512.Equals(values, values).AsUInt32(), rounded, Vector512.Create(NotANumber));
        var narrow = Avx512F.IsSupported ? Avx512F.ConvertToVector256UInt16(result) : Vector256.Narrow(result.GetLower(), result.GetUpper());
        narrow.CopyTo(MemoryMarshal.Cast<BFloat16Number, ushort>(to));
    }
}
