namespace NanoDet.Imaging.Warping;

/// <summary>The ranges of pixels in a target row for which a warp can use a faster path.</summary>
/// <param name="TouchedStart">The first pixel that may overlap the source; those before are black.</param>
/// <param name="InnerStart">The first pixel whose four source pixels certainly all exist.</param>
/// <param name="InnerEnd">One past the last such pixel.</param>
/// <param name="TouchedEnd">One past the last pixel that may overlap the source.</param>
internal readonly record struct WarpRow(int TouchedStart, int InnerStart, int InnerEnd, int TouchedEnd)
{
    /// <summary>Rows with a smaller divisor are not clipped.</summary>
    public const double LeastDivisor = 1e-9;

    /// <summary>
    /// Clips the row to the source's borders once, so that no pixel has to be tested. Every border is linear in x after
    /// multiplication by the divisor, as long as that is positive.
    /// </summary>
    /// <param name="inverse">From target to source.</param>
    /// <param name="y">The row.</param>
    /// <param name="width">Pixels in the row.</param>
    /// <param name="sourceWidth">Width of the source in pixels.</param>
    /// <param name="sourceHeight">Height of the source in pixels.</param>
    public static WarpRow Clip(in Homography inverse, int y, int width, int sourceWidth, int sourceHeight)
    {
        var x0 = (inverse.M01 * y) + inverse.M02;
        var y0 = (inverse.M11 * y) + inverse.M12;
        var w0 = (inverse.M21 * y) + inverse.M22;
        if (Math.Min(w0, w0 + (inverse.M20 * (width - 1))) <= LeastDivisor)
        {
            return new(0, 0, 0, width);
        }

        // Coordinates are rounded to 1/32 pixel, so inner pixels stay at least half a step away from every border.
        const double Margin = 1.0 / 32;
        var touched = new Interval(0, width - 1);
        var inner = touched;
        Restrict(inverse.M00, x0, inverse.M20, w0, sourceWidth);
        Restrict(inverse.M10, y0, inverse.M20, w0, sourceHeight);
        var touchedStart = Math.Max((int)Math.Floor(touched.Low), 0);
        var touchedEnd = Math.Min((int)Math.Ceiling(touched.High) + 1, width);
        if (!touched.IsEmpty && touchedStart < touchedEnd)
        {
            var innerStart = (int)Math.Ceiling(inner.Low);
            var innerEnd = (int)Math.Floor(inner.High) + 1;
            return inner.IsEmpty || innerStart >= innerEnd
                ? new(touchedStart, touchedStart, touchedStart, touchedEnd)
                : new(touchedStart, innerStart, innerEnd, touchedEnd);
        }

        return default;

        void Restrict(double slope, double offset, double wSlope, double wOffset, int side)
        {
            // low <= (slope x + offset) / (wSlope x + wOffset) <= high
            touched = touched.AtLeast(slope + wSlope, offset + wOffset);
            touched = touched.AtLeast((side * wSlope) - slope, (side * wOffset) - offset);
            var high = side - 1 - Margin;
            inner = inner.AtLeast(slope, offset);
            inner = inner.AtLeast((high * wSlope) - slope, (high * wOffset) - offset);
        }
    }

    /// <summary>Numbers from Low to High.</summary>
    private readonly record struct Interval(double Low, double High)
    {
        public bool IsEmpty => !(Low <= High);

        /// <summary>Returns the range in which <c>slope x + offset >= 0</c>.</summary>
        public Interval AtLeast(double slope, double offset)
        {
            if (slope == 0)
            {
                return offset >= 0 ? this : new(1, 0);
            }

            var border = -offset / slope;
            return slope > 0 ? this with { Low = Math.Max(Low, border) } : this with { High = Math.Min(High, border) };
        }
    }
}
