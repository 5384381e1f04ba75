using NanoDet.Imaging;
using NanoDet.Vision.Augmentation;

namespace NanoDet.Vision.Tests.Augmentation;

public sealed class VisibilityRuleTests
{
    private static readonly PixelSize Canvas = new(100, 100);

    [Theory]
    [InlineData(-50, 10, 50, 20, true, true)]
    [InlineData(-89, 10, 11, 20, true, true)]
    [InlineData(-91, 10, 9, 20, false, true)]
    [InlineData(10, 10, 11, 20, false, true)]
    [InlineData(150, 10, 180, 20, false, false)]
    [InlineData(-100, -100, 200, 200, true, true)]
    public void A_box_stays_where_a_tenth_of_it_and_two_pixels_are_seen_and_an_ignored_one_where_anything_is(
        double left, double top, double right, double bottom, bool kept, bool isKeptIfIgnored)
    {
        var visibility = VisibilityRule.Default.Judge(new(left, top, right, bottom), Canvas);
        Assert.Equal((kept, isKeptIfIgnored), (VisibilityRule.Keeps(visibility, isIgnored: false), VisibilityRule.Keeps(visibility, isIgnored: true)));
    }
}
