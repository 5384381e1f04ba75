using System.Globalization;

namespace NanoDet.Data.Labels.Coco;

/// <summary>A number as it stands in COCO files: rounded to six decimals, as short as it can be.</summary>
internal readonly struct CocoNumber(double value) : IUtf8SpanFormattable
{
    private const double LargestExact = 1L << 49;

    /// <inheritdoc />
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        // Most are whole, and those are written several times as fast as integers; their digits are the same.
        var rounded = value == Math.Truncate(value) ? value : Math.Round(value, 6);
        return Math.Abs(rounded) < LargestExact && rounded == Math.Truncate(rounded)
            ? ((long)rounded).TryFormat(utf8Destination, out bytesWritten, default, CultureInfo.InvariantCulture)
            : rounded.TryFormat(utf8Destination, out bytesWritten, default, CultureInfo.InvariantCulture);
    }
}
