using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Imaging;
using NanoDet.Testing;
using NanoDet.Vision.Images;

namespace NanoDet.Vision.Tests.Images;

public sealed class DecodedImageCacheTests
{
    private const int ImageBytes = 16 * 8 * PixelImage.BytesPerPixel;

    [Fact]
    public void The_bound_holds_whatever_the_number_of_threads()
    {
        using var folder = new TestFolder();
        var images = Enumerable.Range(0, 50).Select(i => Picture(folder, (byte)i)).ToArray();
        var cache = new DecodedImageCache(5 * ImageBytes);
        Parallel.For(0, 500, i => Assert.Equal(16, cache.Load(images[i % 50], folder[images[i % 50].Path]).Width));
        Assert.InRange(cache.Count, 1, 5);
        Assert.Equal(cache.Count * ImageBytes, cache.Bytes);
    }

    [Fact]
    public void A_picture_that_is_kept_is_not_read_again()
    {
        using var folder = new TestFolder();
        var image = Picture(folder, 200);
        var cache = new DecodedImageCache(10 * ImageBytes);
        var first = cache.Load(image, folder[image.Path]);
        File.Delete(folder[image.Path]);
        Assert.Same(first, cache.Load(image, folder[image.Path]));
    }

    [Fact]
    public void A_picture_of_another_size_than_its_labels_say_is_one_clear_error()
    {
        using var folder = new TestFolder();
        var image = Picture(folder, 200);
        var exception = Assert.Throws<NanoDetException>(() => new DecodedImageCache(0).Load(image with { Width = 17 }, folder[image.Path]));
        Assert.Equal("NDB1204", exception.Diagnostic.Code);
    }

    [Fact]
    public void A_picture_of_another_content_than_the_data_set_says_is_one_clear_error()
    {
        using var folder = new TestFolder();
        var image = Picture(folder, 200);
        Picture(folder, 201, image.Path);
        var exception = Assert.Throws<NanoDetException>(() => new DecodedImageCache(0).Load(image, folder[image.Path]));
        Assert.Equal(("NDB1206", folder[image.Path]), (exception.Diagnostic.Code, exception.Diagnostic.Location!.Value.File));
    }

    private static DatasetImage Picture(TestFolder folder, byte value, string? name = null)
    {
        var image = new PixelImage(16, 8);
        image.Bytes.Fill(value);
        var path = name ?? $"{value}.png";
        var content = ImageEncoder.EncodePng(image);
        File.WriteAllBytes(folder[path], content);
        return new(path, ContentHash.Of(content).ToString(), image.Width, image.Height, DatasetPart.Train, []);
    }
}
