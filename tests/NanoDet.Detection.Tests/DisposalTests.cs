using NanoDet.Core.Detections;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Detection.Tests;

/// <summary>A service lets a model go while others still use it: nobody reads memory that was freed.</summary>
public sealed class DisposalTests
{
    private const int Users = 1000;

    [Fact]
    public void A_detector_that_is_disposed_of_under_a_thousand_users_finishes_what_runs_and_refuses_what_comes()
    {
        var picture = Picture();
        for (var round = 0; round < 5; round++)
        {
            var detector = TinyModel.Load(new TinyModel(64, 64, ["a", "b"]) { Places = { (9, 1, 0.9f) } });
            var (found, refused, wrong) = (0, 0, 0);
            using var all = new Barrier(Users + 1);
            using var busy = new CountdownEvent(Users / 2);
            var threads = Enumerable.Range(0, Users).Select(_ => new Thread(Use, 256 << 10)).ToList();
            threads.ForEach(thread => thread.Start());
            all.SignalAndWait(TestContext.Current.CancellationToken);
            busy.Wait(TestContext.Current.CancellationToken);
            detector.Dispose();
            detector.Dispose();
            threads.ForEach(thread => thread.Join());

            Assert.Equal((Users, 0), (refused, wrong));
            Assert.InRange(found, Users / 2, int.MaxValue);

            void Use()
            {
                var buffer = new DetectedObject[1];
                all.SignalAndWait();
                try
                {
                    while (true)
                    {
                        var right = detector.Detect(picture, buffer, out var _, CancellationToken.None) == 1 && buffer[0].Label == 1;
                        Interlocked.Add(ref wrong, right ? 0 : 1);
                        if (Interlocked.Increment(ref found) <= Users / 2)
                        {
                            busy.Signal();
                        }
                    }
                }
                catch (ObjectDisposedException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }
    }

    [Fact]
    public async Task The_official_model_is_let_go_in_the_middle_of_a_thousand_detections()
    {
        var detector = Detector.Load(SharedData.Path("models/nanodet-plus-m_416.onnx"), new DetectorOptions { Threads = 1 });
        var image = ImageDecoder.Load(SharedData.Path("media/dog.jpg"));
        var expected = detector.Detect(image, TestContext.Current.CancellationToken);
        Assert.NotEmpty(expected);
        var found = 0;

        var users = Enumerable.Range(0, Users).Select(_ => UseAsync()).ToList();
        var refused = (await Task.WhenAll(users)).Count(wasRefused => wasRefused);

        Assert.InRange(refused, 1, Users - 10);
        Assert.Equal(Users, found + refused);

        async Task<bool> UseAsync()
        {
            try
            {
                Assert.Equal(expected.AsEnumerable(), await detector.DetectAsync(image, TestContext.Current.CancellationToken));
                if (Interlocked.Increment(ref found) == 10)
                {
                    detector.Dispose();
                }

                return false;
            }
            catch (ObjectDisposedException)
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task Many_pictures_end_where_the_detector_does()
    {
        var detector = TinyModel.Load(new TinyModel(64, 64, ["a"]) { Places = { (9, 0, 0.9f) } });
        var results = 0;

        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            await foreach (var result in detector.DetectAsync(Enumerable.Range(0, int.MaxValue), _ => Picture(), TestContext.Current.CancellationToken))
            {
                Assert.Single(result.Detections);
                if (++results == 10)
                {
                    detector.Dispose();
                }
            }
        });
        Assert.InRange(results, 10, 1000);
    }

    private static PixelImage Picture()
    {
        var image = new PixelImage(64, 64);
        image.Bytes.Fill(255);
        return image;
    }
}
