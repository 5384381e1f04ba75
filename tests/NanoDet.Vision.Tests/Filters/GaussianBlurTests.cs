using CsCheck;
using NanoDet.Imaging;
using NanoDet.Vision.Filters;

namespace NanoDet.Vision.Tests.Filters;

public sealed class GaussianBlurTests
{
    [Fact]
    public void Every_pixel_is_the_weighted_mean_of_its_mirrored_neighbourhood()
        => Gen.Select(Gen.Int[1, 45], Gen.Int[1, 30], Gen.Double[0.01, 4]).Sample((width, height, sigma) =>
        {
            var source = new PixelImage(width, height);
            new Random(width + (100 * height)).NextBytes(source.Bytes);
            var target = new PixelImage(width, height);
            GaussianBlur.Apply(source, target, sigma, PointTable.Identity.Then(0.5, 10));
            var weights = GaussianBlur.Weights(sigma);
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    Assert.Equal(Mean(source, weights, x, y), (double)(target.Row(y)[x] >> 8 & 0xFF), 1.01);
                }
            }
        }, iter: 60);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void Weights_make_a_whole_and_have_the_spread_that_was_asked_for(double sigma)
    {
        var weights = GaussianBlur.Weights(sigma);
        Assert.Equal(256, weights[0] + (2 * weights.Skip(1).Sum(weight => weight)));
        var variance = weights.Select((weight, distance) => 2.0 * weight * distance * distance / 256).Sum();
        Assert.InRange(Math.Sqrt(variance), sigma * 0.8, (sigma * 1.1) + 0.05);
    }

    private static double Mean(PixelImage source, ushort[] weights, int x, int y)
    {
        var sum = 0.0;
        for (var dy = 1 - weights.Length; dy < weights.Length; dy++)
        {
            for (var dx = 1 - weights.Length; dx < weights.Length; dx++)
            {
                var green = source.Row(Mirror(y + dy, source.Height))[Mirror(x + dx, source.Width)] >> 8 & 0xFF;
                sum += weights[Math.Abs(dx)] * weights[Math.Abs(dy)] * Math.Round((green * 0.5) + 10);
            }
        }

        return sum / 65536;
    }

    private static int Mirror(int index, int length)
    {
        var period = Math.Max(1, 2 * (length - 1));
        index = ((index % period) + period) % period;
        return index < length ? index : period - index;
    }
}
