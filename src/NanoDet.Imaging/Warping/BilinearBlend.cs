using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NanoDet.Imaging.Warping;

/// <summary>
/// The weighted mean of two by two pixels, all channels at once: across, then down, both exact, then one rounding half up.
/// Weights are out of 32; both weights of a direction are in one number, which starts at the value for a fraction of zero and grows by a step.
/// </summary>
internal static unsafe class BilinearBlend
{
    /// <summary>Weights across at a fraction of zero: one byte for the left pixel, one for the right, and both again.</summary>
    public const int AcrossAtZero = 32 * 0x0001_0001;

    /// <summary>The step of the weights across for a fraction of 1/32.</summary>
    public const int AcrossStep = 0xFF * 0x0001_0001;

    /// <summary>Weights down at a fraction of zero: 16 bits for the upper pixels, 16 for the lower ones.</summary>
    public const int DownAtZero = 32;

    /// <summary>The step of the weights down for a fraction of 1/32.</summary>
    public const int DownStep = 0xFFFF;

    /// <summary>Blends two pixels of one row and the two below them.</summary>
    /// <param name="top">The upper two, the left one in the low half.</param>
    /// <param name="bottom">The lower two.</param>
    /// <param name="across">Weights of left and right.</param>
    /// <param name="down">Weights of upper and lower.</param>
    /// <returns>The four channels.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Of(ulong top, ulong bottom, int across, int down)
    {
        // Channel by channel; of each: upper left, upper right, lower left, lower right.
        var order = Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        var channels = Vector128.Shuffle(Vector128.Create(top, bottom).AsByte(), order);
        var rows = SumOfPairs(channels, Vector128.Create(across).AsByte());
        return (SumOfPairs(rows, Vector128.Create(down).AsInt16()) + Vector128.Create(512)) >> 10;
    }

    /// <summary>Packs four channels into one pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Pack(Vector128<int> channels)
        => Vector128.Shuffle(channels.AsByte(), Vector128.Create((byte)0, 4, 8, 12, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16)).AsUInt32().ToScalar();

    /// <summary>Four times four channels as four pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Pack(Vector128<int> first, Vector128<int> second, Vector128<int> third, Vector128<int> fourth)
    {
        // Channels fit into a byte, so both ways give the same; the saturating one is one instruction each.
#if NET9_0_OR_GREATER
        var (left, right) = (Vector128.NarrowWithSaturation(first, second), Vector128.NarrowWithSaturation(third, fourth));
        return Vector128.NarrowWithSaturation(left.AsUInt16(), right.AsUInt16()).AsUInt32();
#else
        var (left, right) = (Vector128.Narrow(first, second), Vector128.Narrow(third, fourth));
        return Vector128.Narrow(left.AsUInt16(), right.AsUInt16()).AsUInt32();
#endif
    }

    /// <summary>Blends eight pixels like <see cref="Of"/>; requires AVX2.</summary>
    /// <param name="pixels">The source.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="offsets">The offsets of the upper left pixels.</param>
    /// <param name="across">Weights of left and right.</param>
    /// <param name="down">Weights of upper and lower.</param>
    /// <returns>Eight pixels.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Eight(byte* pixels, nint stride, int* offsets, int* across, int* down)
    {
        var packed = Avx2.PackUnsignedSaturate(
            Four(pixels, stride, offsets, across, down).AsInt16(),
            Four(pixels, stride, offsets + 4, across + 4, down + 4).AsInt16());
        return Avx2.Permute4x64(packed.AsUInt64(), 0b11_01_10_00).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Four(byte* pixels, nint stride, int* offsets, int* across, int* down)
    {
        var top = Read(pixels, offsets);
        var bottom = Read(pixels + stride, offsets);

        // Channel by channel; of each: left, right.
        var order = Vector256.Create(
            (byte)0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15, 0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
        var weights = Avx2.Shuffle(Avx2.ConvertToVector256Int64(across).AsInt32(), 0b10_10_00_00).AsSByte();
        var upper = Avx2.MultiplyAddAdjacent(Avx2.Shuffle(top.AsByte(), order), weights);
        var lower = Avx2.MultiplyAddAdjacent(Avx2.Shuffle(bottom.AsByte(), order), weights);

        // The first and third pixel, then the second and fourth.
        var spread = Avx2.ConvertToVector256Int64(down).AsInt32();
        var half = Vector256.Create(512);
        var odd = Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(upper, lower), Avx2.Shuffle(spread, 0b00_00_00_00).AsInt16());
        var even = Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(upper, lower), Avx2.Shuffle(spread, 0b10_10_10_10).AsInt16());
        return Avx2.PackUnsignedSaturate((odd + half) >> 10, (even + half) >> 10);

        static Vector256<ulong> Read(byte* pixels, int* offsets) => Vector256.Create(
            Unsafe.ReadUnaligned<ulong>(pixels + offsets[0]),
            Unsafe.ReadUnaligned<ulong>(pixels + offsets[1]),
            Unsafe.ReadUnaligned<ulong>(pixels + offsets[2]),
            Unsafe.ReadUnaligned<ulong>(pixels + offsets[3]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> SumOfPairs(Vector128<byte> values, Vector128<byte> weights)
    {
        if (Ssse3.IsSupported)
        {
            return Ssse3.MultiplyAddAdjacent(values, weights.AsSByte());
        }

        var low = Vector128.Create((ushort)byte.MaxValue);
        var (left, right) = (values.AsUInt16() & low, values.AsUInt16() >>> 8);
        return ((left * (weights.AsUInt16() & low)) + (right * (weights.AsUInt16() >>> 8))).AsInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> SumOfPairs(Vector128<short> values, Vector128<short> weights)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(values, weights);
        }

        // No value is negative here.
        var low = Vector128.Create(0xFFFF);
        return ((values.AsInt32() & low) * (weights.AsInt32() & low)) + ((values.AsInt32() >>> 16) * (weights.AsInt32() >>> 16));
    }
}
