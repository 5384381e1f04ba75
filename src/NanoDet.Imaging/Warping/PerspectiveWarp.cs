using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NanoDet.Imaging.Warping;

/// <summary>
/// Bilinear warp with a black border that gives the bytes of <c>cv2.warpPerspective</c> (INTER_LINEAR, BORDER_CONSTANT):
/// source coordinates are rounded to 1/32 pixel, weights are integers out of 1024, the sum is rounded half up.
/// Has the buffers of one thread for one warp; rows may be requested in any order.
/// </summary>
internal readonly unsafe struct PerspectiveWarp : IDisposable
{
    private readonly PixelImage _source;
    private readonly Homography _inverse;
    private readonly SourceCoordinates _coordinates;
    private readonly int _width;
    private readonly int[] _x;
    private readonly int[] _y;
    private readonly int[] _offsets;
    private readonly uint[] _row;

    /// <summary>Prepares a warp.</summary>
    /// <param name="source">The image to read.</param>
    /// <param name="matrix">From source to target.</param>
    /// <param name="width">Pixels in a row of the target.</param>
    public PerspectiveWarp(PixelImage source, in Homography matrix, int width)
    {
        _source = source;
        _inverse = matrix.Invert();
        _width = width;
        _coordinates = new(_inverse, width);
        _x = ArrayPool<int>.Shared.Rent(_coordinates.Length);
        _y = ArrayPool<int>.Shared.Rent(_coordinates.Length);
        _offsets = ArrayPool<int>.Shared.Rent(_coordinates.Length);
        _row = ArrayPool<uint>.Shared.Rent(width);
    }

    /// <summary>Makes one row of the target.</summary>
    /// <param name="y">The row.</param>
    /// <returns>Its pixels, valid until the next row is requested; alpha is undefined.</returns>
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

        _coordinates.Locate(y, row.TouchedStart, row.TouchedEnd, _x, _y);
        WriteBorder(row.TouchedStart, row.InnerStart, target);
        WriteBorder(row.InnerEnd, row.TouchedEnd, target);
        WriteInner(row.InnerStart, row.InnerEnd, target);
    }

    /// <summary>Returns the buffers to the pool.</summary>
    public void Dispose()
    {
        _coordinates.Dispose();
        ArrayPool<int>.Shared.Return(_x);
        ArrayPool<int>.Shared.Return(_y);
        ArrayPool<int>.Shared.Return(_offsets);
        ArrayPool<uint>.Shared.Return(_row);
    }

    /// <summary>Blends the pixels whose four source pixels all exist. Overwrites the coordinates.</summary>
    private void WriteInner(int start, int end, Span<uint> target)
    {
        Weigh(start, end);
        nint stride = _source.Stride;
        fixed (byte* pixels = _source.Bytes)
        fixed (int* offsets = _offsets, across = _x, down = _y)
        fixed (uint* row = target)
        {
            var i = start;
            for (; Avx2.IsSupported && i <= end - 8; i += 8)
            {
                BilinearBlend.Eight(pixels, stride, offsets + i, across + i, down + i).Store(row + i);
            }

            for (; i <= end - 4; i += 4)
            {
                BilinearBlend.Pack(
                    Blend(pixels + offsets[i], stride, across[i], down[i]),
                    Blend(pixels + offsets[i + 1], stride, across[i + 1], down[i + 1]),
                    Blend(pixels + offsets[i + 2], stride, across[i + 2], down[i + 2]),
                    Blend(pixels + offsets[i + 3], stride, across[i + 3], down[i + 3])).Store(row + i);
            }

            for (; i < end; i++)
            {
                row[i] = BilinearBlend.Pack(Blend(pixels + offsets[i], stride, across[i], down[i]));
            }
        }

        static Vector128<int> Blend(byte* tap, nint stride, int across, int down)
            => BilinearBlend.Of(Unsafe.ReadUnaligned<ulong>(tap), Unsafe.ReadUnaligned<ulong>(tap + stride), across, down);
    }

    /// <summary>Replaces the coordinates with the offset of the upper left pixel and the weights.</summary>
    private void Weigh(int start, int end)
    {
        var fraction = new Vector<int>(31);
        for (var i = start; i < end; i += Vector<int>.Count)
        {
            var (x, y) = (new Vector<int>(_x, i), new Vector<int>(_y, i));
            (((y >> 5) * _source.Stride) + ((x >> 5) * PixelImage.BytesPerPixel)).CopyTo(_offsets, i);
            (new Vector<int>(BilinearBlend.AcrossAtZero) + ((x & fraction) * BilinearBlend.AcrossStep)).CopyTo(_x, i);
            (new Vector<int>(BilinearBlend.DownAtZero) + ((y & fraction) * BilinearBlend.DownStep)).CopyTo(_y, i);
        }
    }

    private void WriteBorder(int start, int end, Span<uint> target)
    {
        for (var i = start; i < end; i++)
        {
            var (x, y) = (_x[i] >> 5, _y[i] >> 5);
            var top = Tap(x, y) | ((ulong)Tap(x + 1, y) << 32);
            var bottom = Tap(x, y + 1) | ((ulong)Tap(x + 1, y + 1) << 32);
            var across = BilinearBlend.AcrossAtZero + ((_x[i] & 31) * BilinearBlend.AcrossStep);
            var down = BilinearBlend.DownAtZero + ((_y[i] & 31) * BilinearBlend.DownStep);
            target[i] = BilinearBlend.Pack(BilinearBlend.Of(top, bottom, across, down));
        }
    }

    private uint Tap(int x, int y)
        => (uint)x < (uint)_source.Width && (uint)y < (uint)_source.Height ? _source.Row(y)[x] : 0;
}
