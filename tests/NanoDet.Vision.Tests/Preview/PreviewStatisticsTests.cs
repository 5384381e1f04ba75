using NanoDet.Imaging.Drawing;
using NanoDet.Vision.Preview;

namespace NanoDet.Vision.Tests.Preview;

public sealed class PreviewStatisticsTests
{
    [Fact]
    public void Boxes_are_counted_as_the_network_sees_them()
    {
        // Stretched to 320 x 320, a picture of 640 x 480 loses half its width and a third of its height.
        PreviewPicture[] pictures =
        [
            new("a", "a", 640, 480, "train", [new DrawnBox(new(0, 0, 64, 48), 0, "x"), new DrawnBox(new(320, 240, 480, 480), 1, "y")]) { ContentHash = "1" },
            new("b", "b", 320, 320, "test", [new DrawnBox(new(0, 0, 7, 7), 0, "x"), new DrawnBox(new(5, 5, 5, 9), 0, "x")]) { ContentHash = "2" },
            new("c", "c", 320, 320, "train", []) { ContentHash = "1" },
        ];

        var statistics = PreviewStatistics.Of(pictures, ["x", "y"], new(320, 320));

        Assert.Equal((3, 1, 3, 1), (statistics.Pictures, statistics.WithoutBoxes, statistics.Boxes, statistics.Duplicates));
        Assert.Equal([new("x", 2), new("y", 1)], statistics.Classes);
        Assert.Equal([new("test", 1), new("train", 2)], statistics.Parts);
        Assert.Equal([1, 0, 0, 1, 1, 0, 0], statistics.Sizes.Select(bin => bin.Count));
        Assert.Equal([0, 0, 1, 2, 0, 0, 0], statistics.Aspects.Select(bin => bin.Count));
        Assert.Equal(3, statistics.Positions.Sum());
        // The centre of the second box is at (200, 240) of 320 x 320.
        Assert.Equal(1, statistics.Positions[(12 * 16) + 10]);
    }
}
