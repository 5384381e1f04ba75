using NanoDet.Imaging.Drawing;
using SkiaSharp;

namespace NanoDet.Imaging.Tests.Drawing;

public sealed class ClassPaletteTests
{
    [Fact]
    public void The_first_twenty_colours_are_far_apart()
    {
        for (var a = 0; a < 20; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var (first, second) = (ClassPalette.Color(a), ClassPalette.Color(b));
                var distance = Math.Abs(first.Red - second.Red) + Math.Abs(first.Green - second.Green) + Math.Abs(first.Blue - second.Blue);
                Assert.True(distance > 50, $"{a} {first} and {b} {second}");
            }
        }
    }

    [Fact]
    public void Text_on_every_colour_can_be_read()
    {
        for (var label = 0; label < 100; label++)
        {
            var background = ClassPalette.Color(label);
            Assert.True(Contrast(background, ClassPalette.TextOn(background)) >= 4.5, $"{label} {background}");
        }
    }

    /// <summary>Contrast ratio of WCAG 2.2, which asks for 4.5 or more.</summary>
    private static double Contrast(SKColor a, SKColor b)
    {
        var (first, second) = (Luminance(a) + 0.05, Luminance(b) + 0.05);
        return Math.Max(first, second) / Math.Min(first, second);
    }

    private static double Luminance(SKColor color) => (0.2126 * Linear(color.Red)) + (0.7152 * Linear(color.Green)) + (0.0722 * Linear(color.Blue));

    private static double Linear(byte value) => value <= 10 ? value / 255.0 / 12.92 : Math.Pow(((value / 255.0) + 0.055) / 1.055, 2.4);
}
