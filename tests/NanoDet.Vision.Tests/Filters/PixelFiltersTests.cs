using NanoDet.Imaging;
using NanoDet.Vision.Filters;
using NanoDet.Vision.Randomness;

namespace NanoDet.Vision.Tests.Filters;

public sealed class PixelFiltersTests
{
    [Fact]
    public void Noise_has_the_mean_and_the_deviation_that_were_asked_for()
    {
        var source = new PixelImage(200, 200);
        source.Bytes.Fill(128);
        var target = new PixelImage(200, 200);
        PixelFilters.AddNoise(source, target, 10, new KeyedRandom("test", 1, "", 0));
        var values = Enumerable.Range(0, 200).SelectMany(y => target.Row(y).ToArray()).Select(pixel => (double)(pixel & 0xFF)).ToList();
        var mean = values.Average();
        Assert.Equal(128, mean, 0.3);
        Assert.Equal(10, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 0.3);
    }

    [Theory]
    [InlineData(0, 0xFFC8C8C8)]
    [InlineData(0.5, 0xFFC8A08C)]
    [InlineData(1, 0xFFC87850)]
    [InlineData(9, 0xFFC80000)]
    public void Saturation_keeps_the_largest_channel(double factor, uint expected)
    {
        var source = new PixelImage(1, 1);
        source.Row(0)[0] = 0xFFC87850;
        var target = new PixelImage(1, 1);
        PixelFilters.Saturate(source, target, factor);
        Assert.Equal(expected, target.Row(0)[0]);
    }

    [Fact]
    public void A_table_cuts_off_at_both_ends_of_every_step()
    {
        var row = new uint[1];
        PointTable.Identity.Then(2, 0).Then(1, -100).Apply([0xFF0064FFu], row);
        Assert.Equal(0xFF00649Bu, row[0]);
    }
}
