using System.Numerics;
using NanoDet.Imaging;
using NanoDet.Vision.Randomness;

namespace NanoDet.Vision.Filters;

/// <summary>Filters that process one pixel at a time.</summary>
internal static class PixelFilters
{
    /// <summary>Multiplies the saturation of HSV; hue and value do not change.</summary>
    public static void Saturate(PixelImage source, PixelImage target, double factor)
    {
        // 8 fractional bits are more than the result can show.
        var scaled = (int)Math.Round(factor * 256);
        for (var y = 0; y < source.Height; y++)
        {
            var from = source.Row(y);
            var to = target.Row(y);
            for (var x = 0; x < from.Length; x++)
            {
                var pixel = from[x];
                int b = (int)(pixel & 0xFF), g = (int)((pixel >> 8) & 0xFF), r = (int)((pixel >> 16) & 0xFF);
                var value = Math.Max(Math.Max(b, g), r);
                to[x] = Away(b) | (Away(g) << 8) | (Away(r) << 16) | 0xFF000000;

                uint Away(int channel) => (uint)Math.Max(value - ((((value - channel) * scaled) + 128) >> 8), 0);
            }
        }
    }

    /// <summary>
    /// Adds noise: the number of ones among 64 random bits, which is nearly normally distributed (variance 16), shifted and scaled.
    /// </summary>
    public static void AddNoise(PixelImage source, PixelImage target, double sigma, KeyedRandom random)
    {
        var steps = new int[65];
        for (var ones = 0; ones < steps.Length; ones++)
        {
            steps[ones] = (int)Math.Round((ones - 32) / 4.0 * sigma);
        }

        for (var y = 0; y < source.Height; y++)
        {
            var from = source.Row(y);
            var to = target.Row(y);
            for (var x = 0; x < from.Length; x++)
            {
                var pixel = from[x];
                to[x] = Shake(pixel) | (Shake(pixel >> 8) << 8) | (Shake(pixel >> 16) << 16) | 0xFF000000;
            }
        }

        uint Shake(uint channel) => (uint)Math.Clamp((int)(channel & 0xFF) + steps[BitOperations.PopCount(random.NextUInt64())], 0, 255);
    }

    /// <summary>Swaps left and right, top and bottom, or both, exactly.</summary>
    public static void Flip(PixelImage source, PixelImage target, bool horizontal, bool vertical)
    {
        for (var y = 0; y < source.Height; y++)
        {
            var row = target.Row(y);
            source.Row(vertical ? source.Height - 1 - y : y).CopyTo(row);
            if (horizontal)
            {
                row.Reverse();
            }
        }
    }
}
