using System.Globalization;
using System.Security.Cryptography;

namespace NanoDet.Data.Labels.Coco;

/// <summary>
/// The ids of COCO files, which are numbers in COCO and numbers, texts or longer numbers in the files of some tools. Equal ids are
/// equal numbers, in the labels and in the results for them: <c>7</c>, <c>7.0</c> and <c>"7"</c> are 7.
/// </summary>
internal static class CocoId
{
    private const double LargestExact = 1L << 53;

    /// <summary>Ids below it stand for texts and for numbers that are too long.</summary>
    private const long LastOdd = long.MinValue / 2;

    /// <summary>The number of an id.</summary>
    /// <param name="text">The id as the file has it, in UTF-8, without quotes.</param>
    public static long Of(ReadOnlySpan<byte> text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && whole > LastOdd)
        {
            return whole;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value == Math.Floor(value) && Math.Abs(value) < LargestExact)
        {
            return (long)value;
        }

        // 62 bits of a digest: two ids of a file are never the same by accident.
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, digest);
        return long.MinValue + (BitConverter.ToInt64(digest) & (long.MaxValue >> 1));
    }

    /// <summary>An id for messages; null where the file has one that is not a number.</summary>
    public static string? Show(long id) => id > LastOdd ? id.ToString(CultureInfo.InvariantCulture) : null;
}
