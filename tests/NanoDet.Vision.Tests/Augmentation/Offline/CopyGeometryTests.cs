using System.Collections.Immutable;
using NanoDet.Core.Geometry;
using NanoDet.Data.Augmentation;
using NanoDet.Imaging;
using NanoDet.Vision.Augmentation;
using NanoDet.Vision.Augmentation.Offline;
using NanoDet.Vision.Randomness;

namespace NanoDet.Vision.Tests.Augmentation.Offline;

public sealed class CopyGeometryTests
{
    private static readonly AffineStep Affine = new()
    {
        TranslateX = new(-30, 30),
        TranslateY = new(-30, 30),
        Scale = new(0.5, 1.5),
        Rotate = new(-90, 90),
        Shear = new(-20, 20),
    };

    private static readonly AugmentationRecipe Recipe = new(
        [new FlipVerticalStep { Probability = 0.5 }, new MultiplyStep(new(0.5, 1.5)), Affine, new FlipHorizontalStep { Probability = 0.5 }, new CropStep(new(0, 0.2))], 1000);

    [Fact]
    public void Boxes_of_a_thousand_copies_follow_corner_arithmetic()
    {
        var box = new BoundingBox(120.5, 80.25, 300, 333);
        var source = Source(Recipe, box);
        using var maker = new CopyMaker(new(Recipe, 3) { Visibility = new VisibilityRule(0, 0) });
        for (var index = 1; index <= 1000; index++)
        {
            var expected = Expected(box, new KeyedRandom("augment-offline", 3, "hash", index));
            var actual = maker.Describe(source, index).Labels.Objects.Single().Box;
            Assert.Equal(expected.Left, actual.Left, 1e-4);
            Assert.Equal(expected.Top, actual.Top, 1e-4);
            Assert.Equal(expected.Right, actual.Right, 1e-4);
            Assert.Equal(expected.Bottom, actual.Bottom, 1e-4);
        }
    }

    [Fact]
    public void Points_of_a_grid_land_where_the_matrix_says()
    {
        var picture = new PixelImage(640, 480);
        for (var y = 0; y < 480; y++)
        {
            picture.Row(y).Fill(0xFF000000);
        }

        // Blobs of 5 x 5 with their centre of mass at (x + 0.5, y + 0.5).
        var points = (from gx in Enumerable.Range(1, 7) from gy in Enumerable.Range(1, 5) select (X: gx * 80, Y: gy * 80)).ToList();
        foreach (var (x, y) in points)
        {
            for (var dy = -2; dy <= 2; dy++)
            {
                picture.Row(y + dy)[(x - 2)..(x + 3)].Fill(0xFFFFFFFF);
            }
        }

        var source = Source(Recipe, new(0, 0, 640, 480));
        using var maker = new CopyMaker(new(Recipe with { Copies = 40 }, 5));
        var seen = 0;
        for (var index = 1; index <= 40; index++)
        {
            var plan = CopyPlan.Draw(Recipe, picture.Size, new KeyedRandom("augment-offline", 5, "hash", index));
            var copy = maker.Render(source, picture, index);
            foreach (var (x, y) in points)
            {
                var (mx, my) = plan.Matrix.Map(x + 0.5, y + 0.5);
                if (mx is > 12 and < 628 && my is > 12 and < 468)
                {
                    var (cx, cy) = Centre(copy, mx, my);
                    Assert.InRange(Math.Max(Math.Abs(cx - mx), Math.Abs(cy - my)), 0, 0.6);
                    seen++;
                }
            }
        }

        Assert.InRange(seen, 500, 1400);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Flips_are_exact_pixel_for_pixel(bool horizontal, bool vertical)
    {
        var picture = new PixelImage(37, 23);
        new Random(1).NextBytes(picture.Bytes);
        var steps = ImmutableArray.CreateBuilder<AugmentationStep>();
        if (horizontal)
        {
            steps.Add(new FlipHorizontalStep());
        }

        if (vertical)
        {
            steps.Add(new FlipVerticalStep());
        }

        var recipe = new AugmentationRecipe(steps.ToImmutable(), 1);
        var source = new SourcePicture("a.png", "a.png", "hash", 37, 23, new("a.png", [new("cell", new(3, 5, 10, 20))]));
        using var maker = new CopyMaker(new(recipe, 1));
        var copy = maker.Render(source, picture, 1);
        for (var y = 0; y < 23; y++)
        {
            for (var x = 0; x < 37; x++)
            {
                Assert.Equal(picture.Row(vertical ? 22 - y : y)[horizontal ? 36 - x : x], copy.Row(y)[x]);
            }
        }

        var box = maker.Describe(source, 1).Labels.Objects.Single().Box;
        Assert.Equal(new BoundingBox(horizontal ? 27 : 3, vertical ? 3 : 5, horizontal ? 34 : 10, vertical ? 18 : 20), box);
    }

    [Fact]
    public void A_box_that_the_canvas_cut_is_truncated_and_flags_are_kept()
    {
        var recipe = new AugmentationRecipe([new AffineStep { TranslateX = new(100, 100) }], 1);
        var labels = new Data.Labels.LabeledImage(
            "a.jpg",
            [
                new("cut", new(500, 100, 600, 200)) { Difficult = true },
                new("whole", new(100, 100, 200, 200)),
                new("was cut before", new(100, 100, 200, 200)) { Truncated = true },
                new("gone", new(600, 100, 640, 200)),
                new("sliver", new(538, 100, 639, 200)),
            ]);
        using var maker = new CopyMaker(new(recipe, 1));
        var copy = maker.Describe(new("a.jpg", "a.jpg", "hash", 640, 480, labels), 1);
        Assert.Equal(["cut", "whole", "was cut before"], copy.Labels.Objects.Select(item => item.ClassName));
        Assert.Equal([true, false, true], copy.Labels.Objects.Select(item => item.Truncated));
        Assert.Equal([true, false, false], copy.Labels.Objects.Select(item => item.Difficult));
        Assert.Equal(new BoundingBox(600, 100, 640, 200), copy.Labels.Objects[0].Box);
        Assert.Equal([BoxVisibility.Outside, BoxVisibility.HardlyVisible], copy.Dropped);
        Assert.Equal(640, copy.Labels.Width);
        Assert.Equal("a_000001.jpg", copy.Labels.FileName);
    }

    private static SourcePicture Source(AugmentationRecipe recipe, BoundingBox box)
        => new($"{recipe.Copies}.png", "a.png", "hash", 640, 480, new("a.png", [new("cell", box)]));

    /// <summary>Every corner taken through every step by itself, with school formulas.</summary>
    private static BoundingBox Expected(BoundingBox box, KeyedRandom random)
    {
        var flipVertical = Next(0, 1) < 0.5;
        _ = (Next(0, 1), Next(0.5, 1.5));
        _ = Next(0, 1);
        var (tx, ty, scale, degrees, shear) = (Next(-30, 30), Next(-30, 30), Next(0.5, 1.5), Next(-90, 90), Next(-20, 20));
        var flipHorizontal = Next(0, 1) < 0.5;
        _ = Next(0, 1);
        var (left, right, top, bottom) = (Next(0, 0.2), Next(0, 0.2), Next(0, 0.2), Next(0, 0.2));
        var corners = new[] { (box.Left, box.Top), (box.Right, box.Top), (box.Right, box.Bottom), (box.Left, box.Bottom) }.Select(Move).ToList();
        return new BoundingBox(
            corners.Min(corner => corner.X), corners.Min(corner => corner.Y), corners.Max(corner => corner.X), corners.Max(corner => corner.Y)).Clip(640, 480);

        double Next(double low, double high) => low + (random.NextDouble() * (high - low));

        (double X, double Y) Move((double X, double Y) corner)
        {
            var (x, y) = (corner.X, flipVertical ? 480 - corner.Y : corner.Y);
            (x, y) = ((x - 320) * scale, (y - 240) * scale);
            x += Math.Tan(shear / 180 * Math.PI) * y;
            var angle = degrees / 180 * Math.PI;
            (x, y) = ((Math.Cos(angle) * x) + (Math.Sin(angle) * y), (Math.Cos(angle) * y) - (Math.Sin(angle) * x));
            (x, y) = (x + 320 + tx, y + 240 + ty);
            x = flipHorizontal ? 640 - x : x;
            return ((x - (left * 640)) / (1 - left - right), (y - (top * 480)) / (1 - top - bottom));
        }
    }

    private static (double X, double Y) Centre(PixelImage image, double x, double y)
    {
        var (sum, sumX, sumY) = (0.0, 0.0, 0.0);
        for (var py = (int)y - 11; py <= (int)y + 11; py++)
        {
            for (var px = (int)x - 11; px <= (int)x + 11; px++)
            {
                double value = image.Row(py)[px] & 0xFF;
                (sum, sumX, sumY) = (sum + value, sumX + (value * (px + 0.5)), sumY + (value * (py + 0.5)));
            }
        }

        return (sumX / sum, sumY / sum);
    }
}
