using NanoDet.Core.Detections;
using NanoDet.Core.Geometry;
using NanoDet.Detection.ImageSharp;
using NanoDet.Detection.SkiaSharp;
using NanoDet.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SkiaSharp;

namespace NanoDet.Detection.Tests;

/// <summary>Images of other libraries give, to the bit, what the file gives.</summary>
public sealed class OtherLibraryTests : IDisposable
{
    private static readonly DetectedObject Found = new(0, 0.9f, new BoundingBox(100, 20, 180, 80)) { Name = "bolt" };

    private readonly byte[] _encoded = ImageEncoder.EncodePng(Picture());

    // The picture's mean decides the score, so other pixels would give another.
    private readonly Detector _detector = TinyModel.Load(
        new TinyModel(64, 64, ["bolt", "nut"]) { Places = { (9, 1, 0.5f) }, PictureFactor = 0.1f }, new DetectorOptions { ScoreThreshold = 0.1 });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _detector.Dispose();

    [Fact]
    public void Images_of_ImageSharp()
    {
        var expected = _detector.Detect(_encoded.AsMemory(), Cancellation);
        Assert.Single(expected);
        using var rgb = Image.Load<Rgb24>(_encoded);
        using var rgba = Image.Load<Rgba32>(_encoded);
        using var bgra = Image.Load<Bgra32>(_encoded);

        Assert.Equal(expected.AsEnumerable(), _detector.Detect(rgb, Cancellation).AsEnumerable());
        Assert.Equal(expected.AsEnumerable(), _detector.Detect(rgba, Cancellation).AsEnumerable());
        Assert.Equal(expected.AsEnumerable(), _detector.Detect(bgra, Cancellation).AsEnumerable());
    }

    [Theory]
    [InlineData(SKColorType.Bgra8888)]
    [InlineData(SKColorType.Rgba8888)]
    [InlineData(SKColorType.RgbaF16)]
    public void Bitmaps_of_SkiaSharp(SKColorType type)
    {
        using var decoded = SKBitmap.Decode(_encoded);
        using var bitmap = decoded.Copy(type);

        Assert.Equal(_detector.Detect(_encoded.AsMemory(), Cancellation).AsEnumerable(), _detector.Detect(bitmap, Cancellation).AsEnumerable());
    }

    [Fact]
    public void Boxes_are_drawn_as_into_our_own_image()
    {
        var own = Picture();
        using var skia = SKBitmap.Decode(_encoded);
        using var sharp = Image.Load<Rgb24>(_encoded);

        own.Draw([Found]);
        skia.Draw([Found]);
        sharp.Draw([Found]);

        for (var y = 0; y < own.Height; y++)
        {
            for (var x = 0; x < own.Width; x++)
            {
                var expected = own.Bytes.Slice((y * own.Stride) + (x * PixelImage.BytesPerPixel), 3).ToArray();
                var (onSkia, onSharp) = (skia.GetPixel(x, y), sharp[x, y]);
                Assert.Equal(new Bgr24(expected[2], expected[1], expected[0]), new Bgr24(onSkia.Red, onSkia.Green, onSkia.Blue));
                Assert.Equal(new Bgr24(expected[2], expected[1], expected[0]), new Bgr24(onSharp.R, onSharp.G, onSharp.B));
            }
        }
    }

    [Fact]
    public void What_is_not_drawn_on_keeps_its_alpha()
    {
        using var image = new Image<Rgba32>(200, 100, new Rgba32(10, 20, 30, 40));

        image.Draw([Found]);

        Assert.Equal(new Rgba32(10, 20, 30, 40), image[5, 5]);
        Assert.NotEqual(new Rgba32(10, 20, 30, 40), image[100, 50]);
    }

    [Fact]
    public void A_bitmap_without_pixels_is_refused()
    {
        using var empty = new SKBitmap();

        Assert.Throws<ArgumentException>(() => _detector.Detect(empty, Cancellation));
    }

    [Fact]
    public void A_bitmap_that_was_disposed_of_does_not_end_the_process()
    {
        var bitmap = SKBitmap.Decode(_encoded);
        bitmap.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _detector.Detect(bitmap, Cancellation));
        Assert.Throws<ObjectDisposedException>(() => bitmap.Draw([Found]));
    }

    private static PixelImage Picture()
    {
        var image = new PixelImage(200, 100);
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                image.Row(y)[x] = 0xFF000000 | (uint)(x << 16) | (uint)(2 * y << 8) | (uint)((x + y) / 2);
            }
        }

        return image;
    }
}
