using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
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
        var path = Picture(folder);
        var cache = new DecodedImageCache(5 * ImageBytes);
        Parallel.For(0, 500, i => Assert.Equal(16, cache.Load(Image($"{i % 50}"), path).Width));
        Assert.InRange(cache.Count, 1, 5);
        Assert.Equal(cache.Count * ImageBytes, cache.Bytes);
    }

    [Fact]
    public void A_picture_that_is_kept_is_not_read_again()
    {
        using var folder = new TestFolder();
        var path = Picture(folder);
        var cache = new DecodedImageCache(10 * ImageBytes);
        var first = cache.Load(Image("a"), path);
        File.Delete(path);
        Assert.Same(first, cache.Load(Image("a"), path));
    }

    [Fact]
    public void A_picture_of_another_size_than_its_labels_say_is_one_clear_error()
    {
        using var folder = new TestFolder();
        var path = Picture(folder);
        var exception = Assert.Throws<DiagnosticException>(() => new DecodedImageCache(0).Load(Image("a") with { Width = 17 }, path));
        Assert.Equal("NDB1204", exception.Diagnostic.Code);
    }

    private static string Picture(TestFolder folder)
    {
        var image = new PixelImage(16, 8);
        image.Bytes.Fill(200);
        File.WriteAllBytes(folder["a.png"], ImageEncoder.EncodePng(image));
        return folder["a.png"];
    }

    private static DatasetImage Image(string hash) => new("a.png", hash, 16, 8, DatasetPart.Train, []);
}
