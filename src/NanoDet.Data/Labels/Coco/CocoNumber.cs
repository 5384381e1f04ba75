using System.Globalization;

namespace NanoDet.Data.Labels.Coco;

/// <summary>Formats a number for COCO files: rounded to six decimals, as short as possible.</summary>
internal readonly struct CocoNumber(double value) : IUtf8SpanFormattable
{
    private const double LargestExact = 1L << 49;

    /// <inheritdoc />
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        // Most numbers are whole; formatting them as integers is several times as fast and gives the same digits.
        var rounded = value == Math.Truncate(value) ? value : Math.Round(value, 6);
        return Math.Abs(rounded) < LargestExact && rounded == Math.Truncate(rounded)
            ? ((long)rounded).TryFormat(utf8Destination, out bytesWritten, default, CultureInfo.InvariantCulture)
            : rounded.TryFormat(utf8Destination, out bytesWritten, default, CultureInfo.InvariantCulture);
    }
}
