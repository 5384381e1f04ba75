using NanoDet.Imaging.Drawing;
using SkiaSharp;

namespace NanoDet.Imaging.Tests.Drawing;

public sealed class ChipPlacementTests
{
    private static readonly SKRect Canvas = SKRect.Create(640, 480);

    [Fact]
    public void Chips_of_boxes_in_one_place_do_not_cover_each_other()
    {
        var placement = new ChipPlacement(Canvas);
        var box = SKRect.Create(200, 200, 150, 100);
        var places = Enumerable.Range(0, 6).Select(_ => placement.Take(box, 60, 15, 2)).ToList();
        for (var i = 0; i < places.Count; i++)
        {
            Assert.All(places[..i], earlier => Assert.False(earlier.IntersectsWith(places[i])));
        }
    }

    [Theory]
    [InlineData(0, 0, 30, 20)]
    [InlineData(620, 0, 20, 480)]
    [InlineData(0, 470, 640, 10)]
    [InlineData(0, 0, 640, 480)]
    public void A_chip_stays_on_the_picture(float left, float top, float width, float height)
    {
        var place = new ChipPlacement(Canvas).Take(SKRect.Create(left, top, width, height), 90, 15, 2);
        Assert.True(Canvas.Contains(place), $"{place}");
    }
}
