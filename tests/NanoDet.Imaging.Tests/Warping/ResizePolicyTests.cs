using System.Text.Json;
using NanoDet.Core.Geometry;
using NanoDet.Imaging.Warping;
using NanoDet.Testing;

namespace NanoDet.Imaging.Tests.Warping;

public sealed class ResizePolicyTests
{
    [Fact]
    public void Resize_matrices_equal_the_originals()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.Path("golden/warp.json")));
        foreach (var entry in golden.RootElement.GetProperty("resize").EnumerateArray())
        {
            var source = Golden.Size(entry.GetProperty("source"));
            var keepRatio = entry.GetProperty("keepRatio").GetBoolean();
            var canvas = ResizePolicy.Canvas(source, Golden.Size(entry.GetProperty("input")), keepRatio);
            Assert.Equal(Golden.Size(entry.GetProperty("target")), canvas);
            var matrix = ResizePolicy.Matrix(source, canvas, keepRatio);
            Golden.AssertEqual(entry.GetProperty("matrix"), matrix);
            Golden.AssertBoxes(entry, box => matrix.MapBox(box, canvas));
        }
    }

    [Fact]
    public void Stretching_fills_the_input()
    {
        var canvas = ResizePolicy.Canvas(new(640, 480), new(320, 192), keepRatio: false);
        Assert.Equal(new PixelSize(320, 192), canvas);
        Assert.Equal(new BoundingBox(0, 0, 320, 192), ResizePolicy.Matrix(new(640, 480), canvas, keepRatio: false).MapBox(new(0, 0, 640, 480)));
    }

    [Theory]
    [InlineData(640, 480, 320, 240)]
    [InlineData(480, 640, 240, 320)]
    [InlineData(100_000, 10, 320, 1)]
    public void Keeping_the_ratio_gives_the_largest_canvas_inside_the_input(int width, int height, int canvasWidth, int canvasHeight)
        => Assert.Equal(new PixelSize(canvasWidth, canvasHeight), ResizePolicy.Canvas(new(width, height), new(320, 320), keepRatio: true));
}
