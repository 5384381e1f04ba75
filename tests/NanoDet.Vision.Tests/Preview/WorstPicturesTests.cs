using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation.Details;
using NanoDet.Imaging;
using NanoDet.Testing;
using NanoDet.Vision.Preview;

namespace NanoDet.Vision.Tests.Preview;

public sealed class WorstPicturesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_are_small_and_upright()
    {
        var noise = new PixelImage(1600, 800);
        new Random(5).NextBytes(noise.Bytes);
        File.WriteAllBytes(_folder["a.png"], ImageEncoder.EncodePng(noise));
        var image = Image("a.png") with { Width = 800, Height = 1600, Orientation = 6 };

        var shown = Assert.Single(Show(image).Worst);
        Assert.Equal(new PixelSize(240, 480), ImageDecoder.Decode(shown.Jpeg, "a").Size);
        Assert.InRange(shown.Jpeg.Length, 1000, 45_000);
    }

    [Fact]
    public void An_image_that_changed_ends_the_evaluation_with_its_code()
    {
        File.WriteAllBytes(_folder["a.png"], ImageEncoder.EncodePng(new PixelImage(8, 8)));

        Assert.Equal("NDB1206", Assert.Throws<NanoDetException>(() => Show(Image("a.png") with { ContentHash = new string('0', 64) })).Diagnostic.Code);
    }

    private PartDetails Show(DatasetImage image)
        => WorstPictures.Show(PartDetails.Of(1, [image], [], 0.5), [image], shown => _folder[shown.Path]);

    private static DatasetImage Image(string path) => new(path, "", 1600, 800, DatasetPart.Validation, [new(0, new(1, 1, 5, 5))]);
}
