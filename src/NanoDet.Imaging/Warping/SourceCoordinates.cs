using System.Buffers;
using System.Numerics;

namespace NanoDet.Imaging.Warping;

/// <summary>The source coordinates of the pixels in a row of the target, in 1/32 pixel, rounded like OpenCV.</summary>
internal readonly unsafe struct SourceCoordinates : IDisposable
{
    // 1.5 * 2^52: adding it puts the number, rounded half to even like cvRound, into the low bits of the double.
    private const double RoundingBias = 6755399441055744.0;

    private readonly Homography _inverse;
    private readonly double[] _ramp;

    /// <summary>Prepares a warp.</summary>
    /// <param name="inverse">From target to source.</param>
    /// <param name="width">Pixels in a row of the target.</param>
    public SourceCoordinates(in Homography inverse, int width)
    {
        _inverse = inverse;
        Length = width + Vector<int>.Count;
        _ramp = ArrayPool<double>.Shared.Rent(Length);
        for (var i = 0; i < Length; i++)
        {
            _ramp[i] = i;
        }
    }

    /// <summary>The smallest length of the arrays for coordinates, because whole vectors may exceed the end of a row.</summary>
    public int Length { get; }

    /// <summary>Returns the buffer to the pool.</summary>
    public void Dispose() => ArrayPool<double>.Shared.Return(_ramp);

    /// <summary>Computes the coordinates of the pixels [start, end) of a row.</summary>
    /// <param name="y">The row of the target.</param>
    /// <param name="start">The first pixel.</param>
    /// <param name="end">One past the last pixel.</param>
    /// <param name="sourceX">Gets the columns, at the indices of the pixels.</param>
    /// <param name="sourceY">Gets the rows.</param>
    public void Locate(int y, int start, int end, int[] sourceX, int[] sourceY)
    {
        var x0 = (_inverse.M01 * y) + _inverse.M02;
        var y0 = (_inverse.M11 * y) + _inverse.M12;
        var w0 = (_inverse.M21 * y) + _inverse.M22;
        if (_inverse.IsAffine && w0 > WarpRow.LeastDivisor)
        {
            LocateAffine(x0, y0, new Vector<double>(32) / new Vector<double>(w0), start, end, sourceX, sourceY);
            return;
        }

        for (var i = start; i < end; i += Vector<int>.Count)
        {
            var low = new Vector<double>(_ramp, i);
            var high = new Vector<double>(_ramp, i + Vector<double>.Count);
            var lowScale = Divide(new Vector<double>(32), (low * _inverse.M20) + new Vector<double>(w0));
            var highScale = Divide(new Vector<double>(32), (high * _inverse.M20) + new Vector<double>(w0));
            Round(((low * _inverse.M00) + new Vector<double>(x0)) * lowScale, ((high * _inverse.M00) + new Vector<double>(x0)) * highScale)
                .CopyTo(sourceX, i);
            Round(((low * _inverse.M10) + new Vector<double>(y0)) * lowScale, ((high * _inverse.M10) + new Vector<double>(y0)) * highScale)
                .CopyTo(sourceY, i);
        }
    }

    /// <summary>As above, with one divisor for the row and coordinates that are clipped to near the source.</summary>
    private void LocateAffine(double x0, double y0, Vector<double> scale, int start, int end, int[] sourceX, int[] sourceY)
    {
        var (slopeX, slopeY) = (new Vector<double>(_inverse.M00), new Vector<double>(_inverse.M10));
        var (offsetX, offsetY) = (new Vector<double>(x0), new Vector<double>(y0));
        var bias = new Vector<double>(RoundingBias);
        fixed (double* ramp = _ramp)
        fixed (int* x = sourceX, y = sourceY)
        {
            for (var i = start; i < end; i += Vector<int>.Count)
            {
                var low = Vector.Load(ramp + i);
                var high = Vector.Load(ramp + i + Vector<double>.Count);
                Whole((((low * slopeX) + offsetX) * scale) + bias, (((high * slopeX) + offsetX) * scale) + bias).Store(x + i);
                Whole((((low * slopeY) + offsetY) * scale) + bias, (((high * slopeY) + offsetY) * scale) + bias).Store(y + i);
            }
        }
    }

    // A divisor of zero gives the coordinate zero, as in OpenCV.
    private static Vector<double> Divide(Vector<double> scale, Vector<double> w)
        => Vector.ConditionalSelect(Vector.Equals(w, Vector<double>.Zero), Vector<double>.Zero, scale / w);

    private static Vector<int> Round(Vector<double> low, Vector<double> high)
    {
        var limit = new Vector<double>(int.MaxValue - 64);
        var bias = new Vector<double>(RoundingBias);
        return Whole(Clamp(low, limit) + bias, Clamp(high, limit) + bias);
    }

    // What is no number becomes the limit, and so stays within.
    private static Vector<double> Clamp(Vector<double> values, Vector<double> limit)
    {
#if NET9_0_OR_GREATER
        return Vector.MinNative(Vector.MaxNative(values, -limit), limit);
#else
        var above = Vector.ConditionalSelect(Vector.GreaterThan(values, -limit), values, -limit);
        return Vector.ConditionalSelect(Vector.LessThan(above, limit), above, limit);
#endif
    }

    private static Vector<int> Whole(Vector<double> low, Vector<double> high) => Vector.Narrow(Vector.AsVectorInt64(low), Vector.AsVectorInt64(high));
}
