using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NanoDet.Imaging;

namespace NanoDet.Vision.Filters;

/// <summary>A table for the 256 values of a channel. Consecutive changes are combined in one table.</summary>
internal sealed class PointTable
{
    private const uint Opaque = 0xFF000000;

    private readonly byte[] _values;

    private PointTable(byte[] values) => _values = values;

    /// <summary>Changes nothing.</summary>
    public static PointTable Identity { get; } = new([.. Enumerable.Range(0, 256).Select(value => (byte)value)]);

    /// <summary>Whether nothing changes.</summary>
    public bool IsIdentity => ReferenceEquals(this, Identity);

    /// <summary>Adds a change to the table: multiplies, adds, rounds and clips to 0 and 255.</summary>
    public PointTable Then(double factor, double offset)
        => new([.. _values.Select(value => (byte)Math.Clamp(Math.Round((value * factor) + offset), 0, 255))]);

    /// <summary>Changes a row of pixels.</summary>
    public void Apply(ReadOnlySpan<uint> source, Span<uint> target)
    {
        if (IsIdentity)
        {
            source.CopyTo(target);
            return;
        }

        var done = ApplyVectors(source, target);
        ref var values = ref MemoryMarshal.GetArrayDataReference(_values);
        for (var i = done; i < source.Length; i++)
        {
            var pixel = source[i];
            target[i] = At(ref values, pixel)
                | ((uint)At(ref values, pixel >> 8) << 8)
                | ((uint)At(ref values, pixel >> 16) << 16)
                | Opaque;
        }

        // A byte is always a valid index of a table of 256.
        static byte At(ref byte values, uint index) => Unsafe.Add(ref values, (nint)(byte)index);
    }

    /// <summary>Changes an image.</summary>
    public void Apply(PixelImage source, PixelImage target)
    {
        for (var y = 0; y < source.Height; y++)
        {
            Apply(source.Row(y), target.Row(y));
        }
    }

    /// <summary>Changes as many pixels as fill whole vectors, if the processor can look up bytes in a table of two vectors.</summary>
    /// <returns>The number of pixels.</returns>
    private int ApplyVectors(ReadOnlySpan<uint> source, Span<uint> target)
    {
        if (!Avx512Vbmi.IsSupported)
        {
            return 0;
        }

        var values = MemoryMarshal.Cast<byte, Vector512<byte>>(_values);
        var (a, b, c, d) = (values[0], values[1], values[2], values[3]);
        var alpha = Vector512.Create(Opaque);
        var from = MemoryMarshal.Cast<uint, Vector512<byte>>(source);
        var to = MemoryMarshal.Cast<uint, Vector512<uint>>(target)[..from.Length];
        for (var i = 0; i < to.Length; i++)
        {
            var pixels = from[i];
            var (low, high) = (Avx512Vbmi.PermuteVar64x8x2(a, pixels, b), Avx512Vbmi.PermuteVar64x8x2(c, pixels, d));
            to[i] = Vector512.ConditionalSelect(Vector512.GreaterThan(pixels, Vector512.Create((byte)127)), high, low).AsUInt32() | alpha;
        }

        return to.Length * Vector512<uint>.Count;
    }
}
