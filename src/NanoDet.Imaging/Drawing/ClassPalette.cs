using System.Globalization;
using SkiaSharp;

namespace NanoDet.Imaging.Drawing;

/// <summary>
/// One colour per class, the same everywhere. Hues differ by the golden angle, so that neighbours in the class list are far
/// apart, however many classes there are; lightness and chroma are those of OKLCH (Ottosson, 2020), in which equal steps look equal.
/// </summary>
public static class ClassPalette
{
    private const double GoldenAngle = 137.50776405003785;
    private const double FirstHue = 25;
    private const double Chroma = 0.17;
    private const int HuesPerRound = 8;
    private static readonly double[] Lightness = [0.73, 0.56, 0.87];

    /// <summary>Returns the colour of a class in CSS form: <c>#rrggbb</c>.</summary>
    public static string Hex(int label)
    {
        var color = Color(label);
        return string.Create(CultureInfo.InvariantCulture, $"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}");
    }

    /// <summary>Returns the colour of a class.</summary>
    internal static SKColor Color(int label)
    {
        var hue = (FirstHue + (GoldenAngle * label)) * Math.PI / 180;
        return FromOklab(Lightness[Math.Abs(label) / HuesPerRound % Lightness.Length], Chroma * Math.Cos(hue), Chroma * Math.Sin(hue));
    }

    /// <summary>Returns black or white, whichever has the higher contrast to a colour (WCAG 2.2).</summary>
    internal static SKColor TextOn(SKColor background)
    {
        var luminance = (0.2126 * Linear(background.Red)) + (0.7152 * Linear(background.Green)) + (0.0722 * Linear(background.Blue));
        // The luminance at which (luminance + 0.05) / 0.05 equals 1.05 / (luminance + 0.05).
        return luminance > 0.1791 ? SKColors.Black : SKColors.White;

        static double Linear(byte value) => value <= 10 ? value / 255.0 / 12.92 : Math.Pow(((value / 255.0) + 0.055) / 1.055, 2.4);
    }

    private static SKColor FromOklab(double lightness, double a, double b)
    {
        var l = Cube(lightness + (0.3963377774 * a) + (0.2158037573 * b));
        var m = Cube(lightness - (0.1055613458 * a) - (0.0638541728 * b));
        var s = Cube(lightness - (0.0894841775 * a) - (1.2914855480 * b));
        return new(
            Encode((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s)),
            Encode((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s)),
            Encode((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s)));

        static double Cube(double value) => value * value * value;

        // Linear light to sRGB; colours outside the gamut are clipped.
        static byte Encode(double light)
        {
            var encoded = light <= 0.0031308 ? 12.92 * light : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;
            return (byte)Math.Clamp(Math.Round(encoded * 255), 0, 255);
        }
    }
}
