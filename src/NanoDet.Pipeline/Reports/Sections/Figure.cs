using NanoDet.Data.Pages;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>Shows numbers: three digits for people, and all of them for programs that read the page.</summary>
internal static class Figure
{
    /// <summary>A number with three decimals; a dash for none.</summary>
    public static HtmlPart Of(double? value) => page =>
    {
        if (value is { } number)
        {
            page.Write($"""<data value="{number:R}">{number:F3}</data>""");
        }
        else
        {
            page.Write($"–");
        }
    };

    /// <summary>The difference of two numbers with its sign; a dash if one is missing.</summary>
    public static HtmlPart Change(double? now, double? before) => page =>
        page.Write($"{(now is { } a && before is { } b ? Signed(Math.Round(a, 3) - Math.Round(b, 3)) : "–")}");

    /// <summary>A count with its noun: <c>1 image</c>, <c>2 images</c>.</summary>
    /// <param name="count">The count.</param>
    /// <param name="one">The noun for one.</param>
    public static string Count(int count, string one) => count == 1 ? $"1 {one}" : $"{count} {one}s";

    // Of the numbers as they are shown, so that the column adds up.
    private static string Signed(double difference) => difference.ToString("+0.000;−0.000;0.000", System.Globalization.CultureInfo.InvariantCulture);
}
