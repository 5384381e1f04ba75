using System.Text.Json;
using System.Text.Json.Nodes;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Detection.Tests;

public sealed class DetectorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Numbers_that_are_none_are_an_error_wherever_they_are(float number)
    {
        // 85 rows of 34 columns: in a vector of the processor, and in what is left after the last one.
        foreach (var row in new[] { 0, 9, 84 })
        {
            using var detector = TinyModel.Load(new TinyModel(64, 64, ["a", "b"]) { Places = { (9, 1, 0.9f), (row, 0, number) } });

            Assert.Equal("NDB6011", Assert.Throws<NanoDetException>(() => detector.Detect(Picture(64, 64), Cancellation)).Diagnostic.Code);
        }
    }

    [Fact]
    public void Boxes_are_in_pixels_of_the_picture_and_clipped_to_it()
    {
        // Row 9 is place (1, 1) of stride 8: its prior is (8, 8), its box (-8, -8, 24, 24), in a picture of twice the size.
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a", "b"]) { Places = { (9, 1, 0.9f) } });

        var found = detector.Detect(Picture(128, 192), Cancellation);

        Assert.Equal((1, 0.9f), (found.Single().Label, MathF.Round(found[0].Score, 3)));
        Near(new BoundingBox(0, 0, 48, 72), found[0].Box);
    }

    [Fact]
    public void Priors_of_a_legacy_model_lie_in_the_middle_of_their_cells()
    {
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a"]) { Strides = [8, 16, 32], Places = { (9 * 3, 0, 0.9f) } });

        Near(new BoundingBox(12, 12, 44, 44), detector.Detect(Picture(64, 64), Cancellation)[0].Box);
    }

    [Fact]
    public void A_picture_that_keeps_its_ratio_gives_boxes_in_its_own_pixels()
    {
        // 128x64 becomes 64x32 at the top of the input.
        var model = new TinyModel(64, 64, ["a"]) { Places = { (18, 0, 0.9f) } };
        using var detector = TinyModel.Load(model, new DetectorOptions { Metadata = model.Metadata with { KeepRatio = true } });

        Near(new BoundingBox(0, 0, 64, 64), detector.Detect(Picture(128, 64), Cancellation)[0].Box);
    }

    [Fact]
    public void The_best_come_first_and_doubles_go()
    {
        using var detector = TinyModel.Load(
            new TinyModel(64, 64, ["a", "b"]) { Places = { (27, 0, 0.6f), (28, 0, 0.9f), (29, 1, 0.7f), (31, 0, 0.2f) } },
            new DetectorOptions { IouThreshold = 0.5 });

        var found = detector.Detect(Picture(64, 64), Cancellation);

        Assert.Equal([(0, 0.9f), (1, 0.7f)], found.Select(item => (item.Label, MathF.Round(item.Score, 3))));
    }

    [Fact]
    public void A_span_gets_the_best_that_fit_and_the_stages_have_times()
    {
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a", "b"]) { Places = { (0, 0, 0.6f), (63, 1, 0.9f) } });
        var buffer = new DetectedObject[1];

        Assert.Equal(1, detector.Detect(Picture(64, 64), buffer, out var times, Cancellation));
        Assert.Equal(1, buffer[0].Label);
        Assert.True(times.Prepare > TimeSpan.Zero && times.Run > TimeSpan.Zero && times.Decode > TimeSpan.Zero);
        Assert.Equal(times.Prepare + times.Run + times.Decode, times.Total);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_picture_once_the_buffers_are_there()
    {
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a", "b"]) { Places = { (0, 0, 0.6f), (63, 1, 0.9f) } });
        var (picture, buffer) = (Picture(100, 70), new DetectedObject[100]);
        for (var i = 0; i < 20; i++)
        {
            detector.Detect(picture, buffer, out _, CancellationToken.None);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            detector.Detect(picture, buffer, out _, CancellationToken.None);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Several_pictures_at_once_give_what_each_gives_alone(bool openBatch)
    {
        // The picture's mean decides the score.
        using var detector = TinyModel.Load(
            new TinyModel(64, 64, ["a"]) { Places = { (9, 0, 0.5f) }, Batch = openBatch ? null : 1, PictureFactor = 0.1f },
            new DetectorOptions { ScoreThreshold = 0.4 });
        PixelImage[] pictures = [Picture(64, 64, 110), Picture(200, 30, 150), Picture(64, 32, 180)];

        var together = detector.Detect(pictures, Cancellation);

        Assert.Equal(openBatch, detector.CanBatch);
        Assert.All(together.Zip(pictures), pair => Assert.Equal(detector.Detect(pair.Second, Cancellation).AsEnumerable(), pair.First.AsEnumerable()));
        Assert.Equal(3, together.Select(found => found[0].Score).Distinct().Count());
    }

    [Fact]
    public async Task One_detector_serves_many_threads()
    {
        using var detector = TinyModel.Load(
            new TinyModel(64, 64, ["a"]) { Places = { (9, 0, 0.5f) }, PictureFactor = 0.1f }, new DetectorOptions { ScoreThreshold = 0.4 });
        PixelImage[] pictures = [.. Enumerable.Range(0, 16).Select(i => Picture(40 + i, 60, (byte)(100 + (5 * i))))];
        var alone = pictures.Select(picture => detector.Detect(picture, Cancellation)).ToArray();

        await Parallel.ForAsync(0, 200, Cancellation, (i, token) =>
        {
            Assert.Equal(alone[i % 16].AsEnumerable(), detector.Detect(pictures[i % 16], token).AsEnumerable());
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void A_cancelled_call_ends_and_the_next_one_works()
    {
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a"]) { Places = { (9, 0, 0.5f) } });

        Assert.Throws<OperationCanceledException>(() => detector.Detect(Picture(64, 64), new CancellationToken(canceled: true)));
        Assert.Single(detector.Detect(Picture(64, 64), Cancellation));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_already_reads_and_decodes_nothing()
    {
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a"]));
        var cancelled = new CancellationToken(canceled: true);
        using var stream = new MemoryStream([1, 2, 3]);

        // Each of these would be another exception if it were looked at.
        foreach (var detect in (Func<Task>[])
        [
            () => Task.FromResult(detector.Detect("missing.jpg", cancelled)), () => detector.DetectAsync("missing.jpg", cancelled),
            () => Task.FromResult(detector.Detect(stream, cancelled)), () => detector.DetectAsync(stream, cancelled),
            () => Task.FromResult(detector.Detect(stream.ToArray(), cancelled)),
        ])
        {
            Assert.Equal(cancelled, (await Assert.ThrowsAnyAsync<OperationCanceledException>(detect)).CancellationToken);
        }

        Assert.Equal(0, stream.Position);
    }

    [Fact]
    public void A_disposed_detector_says_so()
    {
        var detector = TinyModel.Load(new TinyModel(64, 64, ["a"]));
        detector.Dispose();

        Assert.Throws<ObjectDisposedException>(() => detector.Detect(Picture(64, 64), Cancellation));
    }

    [Fact]
    public async Task Many_files_come_in_order_and_a_broken_one_ends_nothing()
    {
        using var folder = new TestFolder("图片 with spaces");
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a"]) { Places = { (9, 0, 0.5f) } });
        var paths = Enumerable.Range(0, 30).Select(i => folder[$"{i:D2}.png"]).ToList();
        foreach (var (i, path) in paths.Index())
        {
            File.WriteAllBytes(path, i == 7 ? [] : ImageEncoder.EncodePng(Picture(10 + i, 20)));
        }

        var results = new List<PictureResult<string>>();
        await foreach (var result in detector.DetectAsync([.. paths, folder["missing.png"]], Cancellation))
        {
            results.Add(result);
        }

        Assert.Equal([.. paths, folder["missing.png"]], results.Select(result => result.Source));
        Assert.Equal([paths[7], folder["missing.png"]], results.Where(result => result.Problem is not null).Select(result => result.Source));
        Assert.All(results.Where(result => result.Problem is null), result => Assert.Single(result.Detections));
        Assert.Equal(10 + 29, results[29].Image!.Width);

        // What a web service sends.
        var sent = JsonNode.Parse(JsonSerializer.Serialize(results, JsonSerializerOptions.Web))!.AsArray();
        Assert.Equal(["source", "detections", "problem"], sent[0]!.AsObject().Select(field => field.Key));
        Assert.Equal("a", (string?)sent[0]!["detections"]![0]!["name"]);
        Assert.Equal(results[0].Detections[0].Box.Left, (double)sent[0]!["detections"]![0]!["box"]!["left"]!);
        Assert.Equal(results[7].Problem!.Code, (string?)sent[7]!["problem"]!["code"]);
    }

    [Fact]
    public async Task Reading_no_further_or_cancelling_ends_the_work_behind()
    {
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a"]));
        using var cancelling = new CancellationTokenSource();
        var decoded = 0;
        PixelImage Decode(int i)
        {
            Interlocked.Increment(ref decoded);
            return Picture(8, 8);
        }

        await foreach (var _ in detector.DetectAsync(Enumerable.Range(0, 1_000_000), Decode, Cancellation))
        {
            break;
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in detector.DetectAsync(Enumerable.Range(0, 1_000_000), Decode, cancelling.Token))
            {
                await cancelling.CancelAsync();
            }
        });

        // Only what runs ahead was decoded.
        Assert.InRange(decoded, 2, 100 + (10 * Environment.ProcessorCount));
    }

    [Fact]
    public void A_picture_that_lies_on_its_side_gives_boxes_of_the_upright_one()
    {
        using var folder = new TestFolder();
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a"]) { Places = { (63, 0, 0.9f) } });
        File.WriteAllBytes(folder["turned.jpg"], Orientations.InJpeg(ImageEncoder.EncodeJpeg(Picture(200, 100)), Orientations.Exif(6)));

        Near(new BoundingBox(62.5, 125, 100, 200), detector.Detect(folder["turned.jpg"], Cancellation)[0].Box);
    }

    [Fact]
    public void A_picture_s_file_that_is_none_has_one_diagnostic()
    {
        using var folder = new TestFolder();
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a"]));

        Assert.Throws<NanoDetException>(() => detector.Detect(folder.Write("a.jpg", ""), Cancellation));
        var missing = Assert.Throws<NanoDetException>(() => detector.Detect(folder["missing.jpg"], Cancellation));
        Assert.Equal("NDB1203", missing.Code);
        Assert.Equal($"{folder["missing.jpg"]}: {missing.Diagnostic.Message}", missing.Message);
    }

    private static PixelImage Picture(int width, int height, byte gray = 128)
    {
        var image = new PixelImage(width, height);
        image.Bytes.Fill(gray);
        return image;
    }

    private static void Near(BoundingBox expected, BoundingBox actual)
        => Assert.True(expected.IntersectionOverUnion(actual) > 0.999, $"{actual} is not {expected}");
}
