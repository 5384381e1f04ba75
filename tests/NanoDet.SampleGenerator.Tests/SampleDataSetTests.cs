using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Voc;
using NanoDet.SampleGenerator.Rendering;
using NanoDet.SampleGenerator.Scenes;
using NanoDet.Testing;
using SkiaSharp;

namespace NanoDet.SampleGenerator.Tests;

public sealed class SampleDataSetTests
{
    private static readonly string Images = Path.Combine(Repository.Root, "sample-project", "images");
    private static readonly string Annotations = Path.Combine(Repository.Root, "sample-project", "annotations");

    [Fact]
    public void Every_picture_has_its_labels_and_all_together_stay_small()
    {
        var pictures = Directory.GetFiles(Images);
        Assert.InRange(pictures.Length, 120, 300);
        Assert.Equal(pictures.Select(Path.GetFileNameWithoutExtension).Order(), Directory.GetFiles(Annotations).Select(Path.GetFileNameWithoutExtension).Order());
        Assert.InRange(pictures.Concat(Directory.GetFiles(Annotations)).Sum(file => new FileInfo(file).Length), 0, 3_000_000);
    }

    [Fact]
    public void Every_class_is_common_and_some_pictures_are_empty()
    {
        var labeled = Directory.GetFiles(Annotations).Select(VocReader.Read).ToList();
        var counts = labeled.SelectMany(image => image.Objects).CountBy(labeledObject => labeledObject.ClassName).ToDictionary();
        Assert.Equal(["bolt", "nut", "washer"], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 150, 400));
        Assert.InRange(labeled.Count(image => image.Objects.IsEmpty), 8, 30);
        Assert.All(labeled.SelectMany(image => image.Objects), labeledObject =>
        {
            Assert.False(labeledObject.Box.IsDegenerate);
            Assert.Equal(labeledObject.Box, labeledObject.Box.Clip(Scene.Width, Scene.Height));
        });
    }

    // 31 holds no fastener by rule; the others cover wood, steel and paint.
    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(31)]
    public void The_generator_draws_the_committed_picture_and_labels_again(int number)
    {
        var scene = new Scene(number);
        var pixels = Photograph.Take(scene);
        Assert.Equal(pixels, Photograph.Take(new Scene(number)));

        using var committed = SKBitmap.Decode(Path.Combine(Images, $"bench-{number:000}.jpg"));
        using var expected = SKBitmap.Decode(Jpeg.Encode(pixels));
        var difference = committed.GetPixelSpan().ToArray().Zip(expected.GetPixelSpan().ToArray(), (left, right) => Math.Abs(left - right)).Average();
        Assert.InRange(difference, 0, 0.5);

        var labels = VocReader.Read(Path.Combine(Annotations, $"bench-{number:000}.xml"));
        Assert.Equal(Meaning(SceneLabels.Of(scene, $"bench-{number:000}.jpg")), Meaning(labels));
    }

    private static List<object> Meaning(LabeledImage image)
        => [image.FileName, image.Width!, image.Height!, .. image.Objects.Select(o => (o.ClassName, o.Box, o.Truncated))];
}
