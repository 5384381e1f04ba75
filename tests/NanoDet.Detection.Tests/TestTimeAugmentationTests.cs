using System.Collections.Immutable;
using NanoDet.Core.Detections;
using NanoDet.Core.Geometry;
using NanoDet.Core.Models;
using NanoDet.Detection.Inference;
using NanoDet.Imaging;
using NanoDet.Imaging.Colors;
using NanoDet.Testing;

namespace NanoDet.Detection.Tests;

public sealed class TestTimeAugmentationTests
{
    private static readonly PixelSize Image = new(200, 100);
    private static readonly ImageView TopLeft = new(0.7, AtRight: false, AtBottom: false, IsMirrored: false);
    private static readonly ModelMetadata Model = new TinyModel(32, 32, ["a"]).Metadata;

    public static TheoryData<bool, bool, bool> Corners => [.. from right in (bool[])[false, true] from bottom in (bool[])[false, true] from mirrored in (bool[])[false, true] select (right, bottom, mirrored)];

    [Theory]
    [MemberData(nameof(Corners))]
    public void A_view_shows_the_network_what_a_cut_and_mirrored_image_would(bool right, bool bottom, bool mirrored)
    {
        // 40x40 of 80x80, in 32x32 of the network: only the last row and column may see what lies behind the cut.
        var image = Noise(80, 80);
        var view = new ImageView(0.5, right, bottom, mirrored);
        var cut = Cut(image, right ? 40 : 0, bottom ? 40 : 0, 40, 40, mirrored);

        var (seen, matrix) = Input(image, view);
        var (expected, cutMatrix) = Input(cut, ImageView.Whole);

        for (var i = 0; i < seen.Length; i++)
        {
            Assert.True(i % 32 == 31 || i / 32 % 32 == 31 || Math.Abs(expected[i] - seen[i]) < 1e-4, $"number {i} is {seen[i]} instead of {expected[i]}");
        }

        // A box of the network is at the same place in both.
        var box = new BoundingBox(4, 5, 12, 20);
        var inCut = cutMatrix.Invert().MapBox(box);
        var inImage = mirrored ? inCut with { Left = 40 - inCut.Right, Right = 40 - inCut.Left } : inCut;
        Near(
            new(inImage.Left + (right ? 40 : 0), inImage.Top + (bottom ? 40 : 0), inImage.Right + (right ? 40 : 0), inImage.Bottom + (bottom ? 40 : 0)),
            matrix.Invert().MapBox(box));
    }

    [Fact]
    public void The_score_is_the_mean_of_the_views_that_show_all_of_the_object()
    {
        // In the part (140x70), the first box is whole, the second reaches to where it is cut, and the third lies outside.
        BoundingBox inside = new(10, 10, 50, 50), cut = new(100, 10, 139, 50), outside = new(150, 60, 190, 95);
        var found = Consensus(
            (ImageView.Whole, [new(0, 0.9f, inside), new(0, 0.8f, cut), new(1, 0.7f, outside)]),
            (ImageView.Whole with { IsMirrored = true }, [new(0, 0.6f, new(10, 10, 60, 50))]),
            (TopLeft, [new(0, 0.95f, cut)]));

        Assert.Equal([(0, 0.5f), (0, 0.4f), (1, 0.35f)], found.Select(one => (one.Label, MathF.Round(one.Score, 4))));
        Near(new(10, 10, ((0.9 * 50) + (0.6 * 60)) / 1.5, 50), found[0].Box);
        Near(cut, found[1].Box);
    }

    [Fact]
    public void What_most_views_do_not_see_is_left_out()
    {
        var found = Consensus((ImageView.Whole, [new(0, 0.25f, new(10, 10, 50, 50))]), (ImageView.Whole with { IsMirrored = true }, []), (TopLeft, []));

        Assert.Empty(found);
    }

    [Fact]
    public void A_box_without_area_is_no_object()
        => Assert.Empty(ViewConsensus.Of([(ImageView.Whole, [new(0, 0.9f, new(200, 10, 200, 50))])], Image, -1, new NonMaximumSuppression()));

    [Fact]
    public void An_object_is_found_once_whatever_view_finds_it_best()
    {
        var found = Consensus(
            (ImageView.Whole, [new(0, 0.5f, new(10, 10, 50, 50))]), (TopLeft, [new(0, 0.9f, new(11, 10, 51, 50))]));

        Assert.Equal(0.7f, Assert.Single(found).Score, 1e-4);
    }

    [Fact]
    public void A_mirrored_picture_has_the_mirrored_detections()
    {
        using var detector = Detector.Load(
            SharedData.Path("models/nanodet-plus-m_416.onnx"), new DetectorOptions { ScoreThreshold = 0.3, Threads = 2, TestTimeAugmentation = true });
        var picture = ImageDecoder.Load(SharedData.Path("media/dog.jpg"));

        var found = detector.Detect(picture, TestContext.Current.CancellationToken);
        var mirrored = detector.Detect(Cut(picture, 0, 0, picture.Width, picture.Height, mirrored: true), TestContext.Current.CancellationToken);

        Assert.Contains("dog", found.Select(one => one.Name));
        Assert.Equal(found.Select(one => one.Name), mirrored.Select(one => one.Name));
        Assert.All(found.Zip(mirrored), pair =>
        {
            Assert.Equal(pair.First.Score, pair.Second.Score, 1e-3);
            Near(pair.First.Box with { Left = picture.Width - pair.First.Box.Right, Right = picture.Width - pair.First.Box.Left }, pair.Second.Box, 0.5);
        });
    }

    [Fact]
    public void Who_wants_only_the_best_gets_the_best_of_all()
    {
        var options = new DetectorOptions { Threads = 2, TestTimeAugmentation = true };
        using var all = Detector.Load(SharedData.Path("models/nanodet-plus-m_416.onnx"), options);
        using var one = Detector.Load(SharedData.Path("models/nanodet-plus-m_416.onnx"), options with { MaxDetections = 1 });
        var picture = ImageDecoder.Load(SharedData.Path("datasets/coco-tiny/val2017/000000064523.jpg"));

        // The views do not agree about the best.
        Assert.Equal(all.Detect(picture, TestContext.Current.CancellationToken)[0], Assert.Single(one.Detect(picture, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void All_ways_to_detect_look_as_often()
    {
        var model = new TinyModel(64, 64, ["a"]) { Places = { (27, 0, 0.9f) }, Batch = null };
        using var detector = TinyModel.Load(model, new DetectorOptions { ScoreThreshold = 0.05, TestTimeAugmentation = true });
        var (picture, buffer) = (Noise(64, 64), new DetectedObject[10]);

        var found = detector.Detect(picture, TestContext.Current.CancellationToken);

        // It finds the same place of its input whatever it sees, so no view agrees with all others.
        Assert.InRange(found[0].Score, 0.1, 0.6);
        Assert.Equal(found, buffer[..detector.Detect(picture, buffer, out var times, TestContext.Current.CancellationToken)]);
        Assert.True(times.Prepare > TimeSpan.Zero && times.Run > TimeSpan.Zero && times.Decode > TimeSpan.Zero);
        Assert.All(detector.Detect([picture, picture], TestContext.Current.CancellationToken), one => Assert.Equal(found.AsEnumerable(), one));
    }

    private static ImmutableArray<DetectedObject> Consensus(params (ImageView, ImmutableArray<DetectedObject>)[] found)
        => ViewConsensus.Of(found, Image, 0.1, new NonMaximumSuppression());

    private static (float[] Input, NanoDet.Imaging.Warping.Homography Matrix) Input(PixelImage image, ImageView view)
    {
        var input = new float[3 * 32 * 32];
        return (input, ImageInput.Write(image, view, Model, new Normalization(Model.Mean, Model.Std), input));
    }

    private static PixelImage Noise(int width, int height)
    {
        var random = new Random(5);
        var image = new PixelImage(width, height);
        random.NextBytes(image.Bytes);
        return image;
    }

    private static PixelImage Cut(PixelImage image, int left, int top, int width, int height, bool mirrored)
    {
        var cut = new PixelImage(width, height);
        for (var y = 0; y < height; y++)
        {
            image.Row(top + y).Slice(left, width).CopyTo(cut.Row(y));
            if (mirrored)
            {
                cut.Row(y).Reverse();
            }
        }

        return cut;
    }

    private static void Near(BoundingBox expected, BoundingBox actual, double tolerance = 1e-3)
    {
        Assert.Equal(expected.Left, actual.Left, tolerance);
        Assert.Equal(expected.Top, actual.Top, tolerance);
        Assert.Equal(expected.Right, actual.Right, tolerance);
        Assert.Equal(expected.Bottom, actual.Bottom, tolerance);
    }
}
