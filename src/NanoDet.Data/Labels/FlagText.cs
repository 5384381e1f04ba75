using System.Globalization;
using System.Text;

namespace NanoDet.Data.Labels;

/// <summary>The spellings of a flag in label files.</summary>
internal static class FlagText
{
    /// <summary>Whether a text means true: <c>true</c>, <c>yes</c>, <c>y</c>, <c>t</c> or <c>on</c> in any case, or a number other than 0.</summary>
    public static bool IsTrue(ReadOnlySpan<byte> text)
    {
        if (text.Length == 1 && char.IsAsciiDigit((char)text[0]))
        {
            return text[0] != '0';
        }

        return Ascii.EqualsIgnoreCase(text, "true"u8)
            || Ascii.EqualsIgnoreCase(text, "yes"u8)
            || Ascii.EqualsIgnoreCase(text, "y"u8)
            || Ascii.EqualsIgnoreCase(text, "t"u8)
            || Ascii.EqualsIgnoreCase(text, "on"u8)
            || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value != 0);
    }
}
