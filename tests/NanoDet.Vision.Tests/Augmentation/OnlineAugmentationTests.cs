using NanoDet.Core.Geometry;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Imaging;
using NanoDet.Imaging.Warping;
using NanoDet.Vision.Augmentation;

namespace NanoDet.Vision.Tests.Augmentation;

public sealed class OnlineAugmentationTests
{
    private static readonly PipelineConfiguration Ranges = new()
    {
        Scale = new(0.6, 1.4),
        StretchX = new(0.8, 1.2),
        StretchY = new(0.8, 1.2),
        Rotation = 10,
        Translate = 0.2,
        Flip = 0.5,
        Brightness = 0.2,
        Contrast = new(0.6, 1.4),
        Saturation = new(0.5, 1.2),
    };

    private static readonly InputConfiguration Input = new() { Width = 320, Height = 320, Pipeline = Ranges };

    [Fact]
    public void A_sample_follows_from_seed_image_and_epoch_alone()
    {
        var augmentation = new OnlineAugmentation(Input, seed: 5);
        var expected = augmentation.Draw(Image("a"), 3);
        augmentation.Draw(Image("b"), 3);
        var again = new OnlineAugmentation(Input, seed: 5).Draw(Image("a"), 3);
        Assert.Equal(expected.Matrix, again.Matrix);
        Assert.Equal(expected.Color, again.Color);
        Assert.Equal(expected.Objects, again.Objects);
        Assert.NotEqual(expected.Matrix, augmentation.Draw(Image("a"), 4).Matrix);
        Assert.NotEqual(expected.Matrix, augmentation.Draw(Image("b"), 3).Matrix);
        Assert.NotEqual(expected.Matrix, new OnlineAugmentation(Input, seed: 6).Draw(Image("a"), 3).Matrix);
    }

    [Fact]
    public void Flips_and_colour_changes_come_as_often_as_they_should()
    {
        var augmentation = new OnlineAugmentation(Input, seed: 1);
        var samples = Enumerable.Range(0, 2000).Select(epoch => augmentation.Draw(Image("a"), epoch)).ToList();
        Assert.InRange(samples.Count(sample => sample.Matrix.Determinant < 0), 900, 1100);
        Assert.InRange(samples.Count(sample => sample.Color.Brightness != 0), 900, 1100);
        Assert.InRange(samples.Count(sample => sample.Color.Contrast != 1), 900, 1100);
        Assert.InRange(samples.Count(sample => sample.Color.Saturation is not null), 900, 1100);
        Assert.All(samples, sample => Assert.InRange(sample.Color.Brightness, -0.2, 0.2));
        Assert.All(samples, sample => Assert.InRange(sample.Color.Contrast, 0.6, 1.4));
        Assert.All(samples, sample => Assert.InRange(sample.Color.Saturation ?? 1, 0.5, 1.2));
    }

    [Fact]
    public void Boxes_follow_the_pixels()
    {
        // A white rectangle on black: where the box says it went, there it is white.
        var image = new PixelImage(640, 480);
        image.Bytes.Clear();
        var box = new BoundingBox(200, 150, 400, 300);
        for (var y = 150; y < 300; y++)
        {
            image.Row(y)[200..400].Fill(0xFFFFFFFF);
        }

        var augmentation = new OnlineAugmentation(Input with { Pipeline = Ranges with { Brightness = null, Contrast = null, Saturation = null } }, seed: 9);
        var size = new PixelSize(320, 320);
        var tensor = new float[TensorWarp.LengthOf(size)];
        for (var epoch = 0; epoch < 20; epoch++)
        {
            var sample = augmentation.Draw(Image("a") with { Objects = [new DatasetObject(0, box)] }, epoch);
            augmentation.Write(image, sample, tensor, size);
            var white = Enumerable.Range(0, 320 * 320).Where(i => tensor[i] > 0.5f).ToList();
            var moved = Assert.Single(sample.Objects).Box;
            Assert.Equal(moved.Left, white.Min(i => i % 320), 1.6);
            Assert.Equal(moved.Right, white.Max(i => i % 320) + 1, 1.6);
            Assert.Equal(moved.Top, white.Min(i => i / 320), 1.6);
            Assert.Equal(moved.Bottom, white.Max(i => i / 320) + 1, 1.6);
        }
    }

    [Fact]
    public void Many_scales_give_many_sizes_and_a_batch_that_holds_them_all()
    {
        var augmentation = new OnlineAugmentation(Input with { MultiScale = new(0.5, 1.5), KeepRatio = true }, seed: 2);
        var samples = Enumerable.Range(0, 50).Select(epoch => augmentation.Draw(Image("a"), epoch)).ToList();
        Assert.True(samples.Select(sample => sample.Canvas).Distinct().Count() > 20);
        var batch = OnlineAugmentation.BatchSize(samples);
        Assert.Equal(0, batch.Width % 32);
        Assert.Equal(0, batch.Height % 32);
        Assert.InRange(batch.Width - samples.Max(sample => sample.Canvas.Width), 0, 31);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(0.5, 0)]
    [InlineData(null, 1L << 32)]
    public void The_epoch_decides_the_size_and_nothing_else_changes(double? factor, long repetition)
    {
        var full = Input with { MultiScale = factor is { } only ? new(only, only) : null };
        var progressive = new OnlineAugmentation(full with { ProgressiveResizing = new(3, 192, 128) }, seed: 4);
        for (var epoch = 0; epoch < 5; epoch++)
        {
            var (sample, same) = (progressive.Draw(Image("a"), epoch, repetition + epoch), new OnlineAugmentation(full, seed: 4).Draw(Image("a"), epoch, repetition + epoch));
            var (width, height) = epoch < 3 ? (192, 128) : (320, 320);
            Assert.Equal(new PixelSize((int)(width * (factor ?? 1)), (int)(height * (factor ?? 1))), sample.Canvas);
            Assert.Equal(same.Color, sample.Color);
            Assert.Equal(epoch >= 3, same.Matrix == sample.Matrix);
        }
    }

    [Fact]
    public void Padding_is_zero_after_the_normalisation()
    {
        var augmentation = new OnlineAugmentation(Input with { Pipeline = new(), KeepRatio = true }, seed: 2);
        var image = new PixelImage(640, 480);
        image.Bytes.Fill(255);
        var sample = augmentation.Draw(Image("a"), 0);
        var size = OnlineAugmentation.BatchSize([sample]);
        Assert.Equal(new PixelSize(320, 256), size);
        var tensor = Enumerable.Repeat(float.NaN, TensorWarp.LengthOf(size)).ToArray();
        augmentation.Write(image, sample, tensor, size);
        for (var i = 0; i < tensor.Length; i++)
        {
            var inside = i / 320 % 256 < 240;
            Assert.True(inside ? tensor[i] > 2 : tensor[i] == 0, $"{i}: {tensor[i]}");
        }
    }

    private static DatasetImage Image(string hash) => new(hash + ".jpg", hash, 640, 480, DatasetPart.Train, [new DatasetObject(1, new(100, 100, 500, 400))]);
}
