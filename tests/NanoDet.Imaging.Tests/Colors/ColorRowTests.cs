using CsCheck;
using NanoDet.Core.Models;
using NanoDet.Imaging.Colors;

namespace NanoDet.Imaging.Tests.Colors;

public sealed class ColorRowTests
{
    private static readonly Normalization Normalization = new(ModelMetadata.UsualMean, ModelMetadata.UsualStd);

    [Fact]
    public void Colours_go_the_way_over_hsv_that_the_original_takes()
        => Gen.Select(Gen.UInt.Array[1, 40], Gen.Double[-0.5, 0.5], Gen.Double[0.3, 1.7], Gen.Double[0, 2]).Sample((pixels, brightness, contrast, saturation) =>
        {
            var (blue, green, red) = Write(pixels, new(brightness, contrast, saturation));
            for (var i = 0; i < pixels.Length; i++)
            {
                var b = (((pixels[i] & 0xFF) / 255.0) + brightness) * contrast;
                var g = (((pixels[i] >> 8 & 0xFF) / 255.0) + brightness) * contrast;
                var r = (((pixels[i] >> 16 & 0xFF) / 255.0) + brightness) * contrast;
                if (Math.Abs(Math.Max(b, Math.Max(g, r))) < 1e-4)
                {
                    continue; // Beside OpenCV's epsilon, the rounding of the value alone decides about the saturation.
                }

                (b, g, r) = Saturate(b, g, r, saturation);
                Assert.Equal(((b * 255) - 103.53) / 57.375, blue[i], 2e-4);
                Assert.Equal(((g * 255) - 116.28) / 57.12, green[i], 2e-4);
                Assert.Equal(((r * 255) - 123.675) / 58.395, red[i], 2e-4);
            }
        });

    [Fact]
    public void Without_changes_a_row_is_only_normalised()
    {
        var (blue, green, red) = Write([0xFF804020], ColorJitter.None);
        Assert.Equal((0x20 - 103.53f) / 57.375f, blue[0], 1e-5f);
        Assert.Equal((0x40 - 116.28f) / 57.12f, green[0], 1e-5f);
        Assert.Equal((0x80 - 123.675f) / 58.395f, red[0], 1e-5f);
    }

    private static (float[] Blue, float[] Green, float[] Red) Write(uint[] pixels, ColorJitter jitter)
    {
        var planes = (Blue: new float[pixels.Length], Green: new float[pixels.Length], Red: new float[pixels.Length]);
        new ColorRow(Normalization, jitter).Write(pixels, planes.Blue, planes.Green, planes.Red);
        return planes;
    }

    /// <summary>Hexagonal HSV with hue in degrees, as OpenCV documents it for floats, S multiplied, and back.</summary>
    private static (double Blue, double Green, double Red) Saturate(double b, double g, double r, double factor)
    {
        const double Epsilon = 1.1920929e-7;
        var v = Math.Max(b, Math.Max(g, r));
        var difference = v - Math.Min(b, Math.Min(g, r));
        var s = difference / (Math.Abs(v) + Epsilon) * factor;
        var h = v == r ? (g - b) / (difference + Epsilon) : v == g ? ((b - r) / (difference + Epsilon)) + 2 : ((r - g) / (difference + Epsilon)) + 4;
        h = h < 0 ? h + 6 : h;
        var sector = (int)Math.Floor(h);
        var f = h - sector;
        var (low, falling, rising) = (v * (1 - s), v * (1 - (s * f)), v * (1 - (s * (1 - f))));
        return (sector % 6) switch
        {
            0 => (low, rising, v),
            1 => (low, v, falling),
            2 => (rising, v, low),
            3 => (v, falling, low),
            4 => (v, low, rising),
            _ => (falling, low, v),
        };
    }
}
