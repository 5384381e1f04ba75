using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NanoDet.Vision.Images;

namespace NanoDet.Vision.Filters;

/// <summary>What becomes of each of the 256 values of a channel. Changes one after the other are still one table.</summary>
internal sealed class PointTable
{
    private readonly byte[] _values;

    private PointTable(byte[] values) => _values = values;

    /// <summary>Changes nothing.</summary>
    public static PointTable Identity { get; } = new([.. Enumerable.Range(0, 256).Select(value => (byte)value)]);

    /// <summary>Whether nothing changes.</summary>
    public bool IsIdentity => ReferenceEquals(this, Identity);

    /// <summary>After what this table does: multiplies, adds, rounds and cuts off at 0 and 255.</summary>
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

        ref var values = ref MemoryMarshal.GetArrayDataReference(_values);
        for (var i = 0; i < source.Length; i++)
        {
            var pixel = source[i];
            target[i] = At(ref values, pixel)
                | ((uint)At(ref values, pixel >> 8) << 8)
                | ((uint)At(ref values, pixel >> 16) << 16)
                | 0xFF000000;
        }

        // A byte is always inside a table of 256.
        static byte At(ref byte values, uint index) => Unsafe.Add(ref values, (nint)(byte)index);
    }

    /// <summary>Changes a picture.</summary>
    public void Apply(PixelImage source, PixelImage target)
    {
        for (var y = 0; y < source.Height; y++)
        {
            Apply(source.Row(y), target.Row(y));
        }
    }
}
