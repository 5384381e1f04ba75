using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NanoDet.Vision.Images;

namespace NanoDet.Vision.Warping;

/// <summary>
/// Bilinear warp with a black border that gives the bytes of <c>cv2.warpPerspective</c> (INTER_LINEAR, BORDER_CONSTANT):
/// source coordinates are rounded to 1/32 pixel, weights are integers out of 1024, the sum is rounded half up.
/// Holds the buffers of one thread for one warp; rows may be asked for in any order.
/// </summary>
internal readonly unsafe struct PerspectiveWarp : IDisposable
{
    // 1.5 * 2^52: adding it leaves the number, rounded half to even as cvRound does, in the low bits of the double.
    private const double RoundingBias = 6755399441055744.0;

    private readonly PixelImage _source;
    private readonly Homography _inverse;
    private readonly int _width;
    private readonly int[] _x;
    private readonly int[] _y;
    private readonly int[] _lower;
    private readonly double[] _ramp;
    private readonly uint[] _row;

    /// <summary>Prepares a warp.</summary>
    /// <param name="source">The picture to read.</param>
    /// <param name="matrix">From source to target.</param>
    /// <param name="width">Pixels in a row of the target.</param>
    public PerspectiveWarp(PixelImage source, in Homography matrix, int width)
    {
        _source = source;
        _inverse = matrix.Invert();
        _width = width;
        // Room for whole vectors at the end of a row.
        var length = width + Vector<int>.Count;
        _x = ArrayPool<int>.Shared.Rent(length);
        _y = ArrayPool<int>.Shared.Rent(length);
        _lower = ArrayPool<int>.Shared.Rent(length);
        _row = ArrayPool<uint>.Shared.Rent(width);
        _ramp = ArrayPool<double>.Shared.Rent(length);
        for (var i = 0; i < length; i++)
        {
            _ramp[i] = i;
        }
    }

    /// <summary>Makes one row of the target.</summary>
    /// <param name="y">The row.</param>
    /// <returns>Its pixels, valid until the next row is asked for; alpha is undefined.</returns>
    public ReadOnlySpan<uint> Row(int y)
    {
        var target = _row.AsSpan(0, _width);
        Write(y, target);
        return target;
    }

    /// <summary>Makes one row of the target.</summary>
    /// <param name="y">The row.</param>
    /// <param name="target">Its pixels, as many as the target is wide; alpha is undefined.</param>
    public void Write(int y, Span<uint> target)
    {
        var row = WarpRow.Clip(_inverse, y, _width, _source.Width, _source.Height);
        target[..row.TouchedStart].Clear();
        target[row.TouchedEnd..].Clear();
        if (row.TouchedStart == row.TouchedEnd)
        {
            return;
        }

        Locate(y, row.TouchedStart, row.TouchedEnd);
        WriteBorder(row.TouchedStart, row.InnerStart, target);
        WriteBorder(row.InnerEnd, row.TouchedEnd, target);
        WriteInner(row.InnerStart, row.InnerEnd, target);
    }

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_x);
        ArrayPool<int>.Shared.Return(_y);
        ArrayPool<int>.Shared.Return(_lower);
        ArrayPool<uint>.Shared.Return(_row);
        ArrayPool<double>.Shared.Return(_ramp);
    }

    /// <summary>Source coordinates in 1/32 pixel for the pixels [start, end) of row y, into the buffers.</summary>
    private void Locate(int y, int start, int end)
    {
        var x0 = (_inverse.M01 * y) + _inverse.M02;
        var y0 = (_inverse.M11 * y) + _inverse.M12;
        var w0 = (_inverse.M21 * y) + _inverse.M22;
        if (_inverse.IsAffine && w0 > WarpRow.LeastDivisor)
        {
            LocateAffine(x0, y0, new Vector<double>(32) / new Vector<double>(w0), start, end);
            return;
        }

        for (var i = start; i < end; i += Vector<int>.Count)
        {
            var low = new Vector<double>(_ramp, i);
            var high = new Vector<double>(_ramp, i + Vector<double>.Count);
            var lowScale = Divide(new Vector<double>(32), (low * _inverse.M20) + new Vector<double>(w0));
            var highScale = Divide(new Vector<double>(32), (high * _inverse.M20) + new Vector<double>(w0));
            Round(((low * _inverse.M00) + new Vector<double>(x0)) * lowScale, ((high * _inverse.M00) + new Vector<double>(x0)) * highScale)
                .CopyTo(_x, i);
            Round(((low * _inverse.M10) + new Vector<double>(y0)) * lowScale, ((high * _inverse.M10) + new Vector<double>(y0)) * highScale)
                .CopyTo(_y, i);
        }
    }

    /// <summary>As above, with one divisor for the row and coordinates that clipping keeps near the source.</summary>
    private void LocateAffine(double x0, double y0, Vector<double> scale, int start, int end)
    {
        var (slopeX, slopeY) = (new Vector<double>(_inverse.M00), new Vector<double>(_inverse.M10));
        var (offsetX, offsetY) = (new Vector<double>(x0), new Vector<double>(y0));
        var bias = new Vector<double>(RoundingBias);
        fixed (double* ramp = _ramp)
        fixed (int* x = _x, y = _y)
        {
            for (var i = start; i < end; i += Vector<int>.Count)
            {
                var low = Vector.Load(ramp + i);
                var high = Vector.Load(ramp + i + Vector<double>.Count);
                Whole((((low * slopeX) + offsetX) * scale) + bias, (((high * slopeX) + offsetX) * scale) + bias).Store(x + i);
                Whole((((low * slopeY) + offsetY) * scale) + bias, (((high * slopeY) + offsetY) * scale) + bias).Store(y + i);
            }
        }

        static Vector<int> Whole(Vector<double> low, Vector<double> high) => Vector.Narrow(Vector.AsVectorInt64(low), Vector.AsVectorInt64(high));
    }

    // A divisor of zero gives the coordinate zero, as in OpenCV.
    private static Vector<double> Divide(Vector<double> scale, Vector<double> w)
        => Vector.ConditionalSelect(Vector.Equals(w, Vector<double>.Zero), Vector<double>.Zero, scale / w);

    private static Vector<int> Round(Vector<double> low, Vector<double> high)
    {
        var limit = new Vector<double>(int.MaxValue - 64);
        var bias = new Vector<double>(RoundingBias);
        low = Vector.MinNative(Vector.MaxNative(low, -limit), limit) + bias;
        high = Vector.MinNative(Vector.MaxNative(high, -limit), limit) + bias;
        return Vector.Narrow(Vector.AsVectorInt64(low), Vector.AsVectorInt64(high));
    }

    /// <summary>The pixels whose four source pixels all exist. Uses up the coordinates.</summary>
    private void WriteInner(int start, int end, Span<uint> target)
    {
        Weigh(start, end);
        var stride = _source.Stride;
        fixed (byte* pixels = _source.Bytes)
        fixed (int* offsets = _x, upper = _y, lower = _lower)
        fixed (uint* row = target)
        {
            var i = start;
            for (; i <= end - 4; i += 4)
            {
                var left = Vector128.NarrowWithSaturation(
                    Blend(pixels + offsets[i], stride, upper[i], lower[i]),
                    Blend(pixels + offsets[i + 1], stride, upper[i + 1], lower[i + 1]));
                var right = Vector128.NarrowWithSaturation(
                    Blend(pixels + offsets[i + 2], stride, upper[i + 2], lower[i + 2]),
                    Blend(pixels + offsets[i + 3], stride, upper[i + 3], lower[i + 3]));
                Vector128.NarrowWithSaturation(left.AsUInt16(), right.AsUInt16()).AsUInt32().Store(row + i);
            }

            for (; i < end; i++)
            {
                row[i] = Pack(Blend(pixels + offsets[i], stride, upper[i], lower[i]));
            }
        }
    }

    /// <summary>
    /// Replaces coordinates by what the blend needs: the offset of the upper left pixel, and the weights of the upper and of
    /// the lower pair, two 16-bit numbers in one.
    /// </summary>
    private void Weigh(int start, int end)
    {
        var fraction = new Vector<int>(31);
        for (var i = start; i < end; i += Vector<int>.Count)
        {
            var (x, y) = (new Vector<int>(_x, i), new Vector<int>(_y, i));
            var across = Across(x & fraction);
            (((y >> 5) * _source.Stride) + ((x >> 5) * PixelImage.BytesPerPixel)).CopyTo(_x, i);
            (across * (new Vector<int>(32) - (y & fraction))).CopyTo(_y, i);
            (across * (y & fraction)).CopyTo(_lower, i);
        }

        // 32 - fx in the low half, fx in the high one.
        static Vector<int> Across(Vector<int> fx) => new Vector<int>(32) + (fx * 65535);
    }

    private void WriteBorder(int start, int end, Span<uint> target)
    {
        for (var i = start; i < end; i++)
        {
            var (x, y) = (_x[i] >> 5, _y[i] >> 5);
            var top = Tap(x, y) | ((ulong)Tap(x + 1, y) << 32);
            var bottom = Tap(x, y + 1) | ((ulong)Tap(x + 1, y + 1) << 32);
            var across = 32 + ((_x[i] & 31) * 65535);
            target[i] = Pack(Blend(top, bottom, across * (32 - (_y[i] & 31)), across * (_y[i] & 31)));
        }
    }

    private uint Tap(int x, int y)
        => (uint)x < (uint)_source.Width && (uint)y < (uint)_source.Height ? _source.Row(y)[x] : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Blend(byte* tap, int stride, int upper, int lower)
        => Blend(Unsafe.ReadUnaligned<ulong>(tap), Unsafe.ReadUnaligned<ulong>(tap + stride), upper, lower);

    /// <summary>Blends two pixels of one row and the two below them.</summary>
    /// <param name="top">The upper two, the left one in the low half.</param>
    /// <param name="bottom">The lower two.</param>
    /// <param name="upper">Weights of the upper two, of 1024, the left one in the low half.</param>
    /// <param name="lower">Weights of the lower two.</param>
    /// <returns>The four channels.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Blend(ulong top, ulong bottom, int upper, int lower)
    {
        // The two pixels' bytes come in pairs, one pair a channel, widened to 16 bits.
        var pairs = Vector128.Create((byte)0, 16, 4, 16, 1, 16, 5, 16, 2, 16, 6, 16, 3, 16, 7, 16);
        var above = Vector128.Shuffle(Vector128.CreateScalarUnsafe(top).AsByte(), pairs).AsInt16();
        var below = Vector128.Shuffle(Vector128.CreateScalarUnsafe(bottom).AsByte(), pairs).AsInt16();
        var sum = MultiplyAddAdjacent(above, Vector128.Create(upper).AsInt16()) + MultiplyAddAdjacent(below, Vector128.Create(lower).AsInt16());
        return (sum + Vector128.Create(512)) >> 10;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Pack(Vector128<int> channels)
        => Vector128.Shuffle(channels.AsByte(), Vector128.Create((byte)0, 4, 8, 12, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16)).AsUInt32().ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> MultiplyAddAdjacent(Vector128<short> a, Vector128<short> b)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(a, b);
        }

        // Both are never negative here.
        var mask = Vector128.Create(0xFFFF);
        return ((a.AsInt32() & mask) * (b.AsInt32() & mask)) + ((a.AsInt32() >>> 16) * (b.AsInt32() >>> 16));
    }
}
