using NanoDet.Detection.Inference;
using NanoDet.Imaging;

namespace NanoDet.Detection.Tests;

/// <summary>A rush of users is let in a few at a time, as they came.</summary>
public sealed class ConcurrencyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_hundred_threads_have_the_buffers_of_two()
    {
        using var detector = Load(most: 2);
        var found = 0;
        using var all = new Barrier(100);
        var threads = Enumerable.Range(0, 100).Select(_ => new Thread(Use, 256 << 10)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        // What was rented at the same time is idle now.
        Assert.Equal(100, found);
        Assert.InRange(detector.Lanes.Count, 1, 2);

        void Use()
        {
            all.SignalAndWait();
            Interlocked.Add(ref found, detector.Detect(Picture(), CancellationToken.None).Length);
        }
    }

    [Fact]
    public async Task Every_form_waits_for_its_turn()
    {
        using var detector = Load(most: 1);
        var encoded = ImageEncoder.EncodePng(Picture());
        var buffer = new Core.Detections.DetectedObject[1];
        using var stream = new MemoryStream(encoded);
        await using var frames = detector.DetectAsync([1], _ => Picture(), Cancellation).GetAsyncEnumerator(Cancellation);
        var turn = await detector.Queue.EnterAsync(Cancellation);
        Task[] waiting =
        [
            Task.Run(() => detector.Detect(encoded.AsMemory()), Cancellation), Task.Run(() => detector.Detect([Picture(), Picture()]), Cancellation),
            Task.Run(() => detector.Detect(Picture(), buffer, out var _), Cancellation), Task.Run(() => detector.Predict(Picture(), Cancellation), Cancellation),
            detector.DetectAsync(Picture(), Cancellation), detector.DetectAsync(stream, Cancellation), frames.MoveNextAsync().AsTask(),
        ];

        await Task.Delay(200, Cancellation);
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        turn.Dispose();
        await Task.WhenAll(waiting).WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task Calls_that_wait_need_no_threads_and_can_be_cancelled_or_end_with_the_detector()
    {
        var detector = Load(most: 1);
        using var cancelling = new CancellationTokenSource();
        var turn = detector.Queue.Enter(Cancellation);
        var before = ThreadPool.ThreadCount;
        var staying = Enumerable.Range(0, 500).Select(_ => detector.DetectAsync(Picture(), Cancellation)).ToList();
        var going = detector.DetectAsync(Picture(), cancelling.Token);
        var blocked = Task.Factory.StartNew(() => detector.Detect(Picture(), cancelling.Token), Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        await Task.Run(() => { }, Cancellation).WaitAsync(Patience, Cancellation);
        Assert.InRange(ThreadPool.ThreadCount, 0, before + 50);
        await cancelling.CancelAsync();
        Assert.Equal(cancelling.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => going.WaitAsync(Patience, Cancellation))).CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blocked.WaitAsync(Patience, Cancellation));
        Assert.DoesNotContain(staying, task => task.IsCompleted);

        detector.Dispose();
        foreach (var task in staying)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => task.WaitAsync(Patience, Cancellation));
        }

        turn.Dispose();
    }

    [Fact]
    public async Task Who_comes_first_is_let_in_first_and_who_gave_up_is_passed_over()
    {
        using var queue = new DetectionQueue(1);
        using var cancelling = new CancellationTokenSource();
        var inside = queue.Enter(Cancellation);
        var first = queue.EnterAsync(Cancellation).AsTask();
        var second = queue.EnterAsync(cancelling.Token).AsTask();
        var third = queue.EnterAsync(Cancellation).AsTask();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        inside.Dispose();
        var turn = await first.WaitAsync(Patience, Cancellation);
        Assert.False(third.IsCompleted);
        turn.Dispose();
        (await third.WaitAsync(Patience, Cancellation)).Dispose();

        // The place is free again, and there is one.
        using var again = queue.Enter(Cancellation);
        Assert.False(queue.EnterAsync(Cancellation).AsTask().IsCompleted);
    }

    private static Detector Load(int most) => TinyModel.Load(
        new TinyModel(64, 64, ["a"]) { Places = { (9, 0, 0.9f) } }, new DetectorOptions { MaxConcurrency = most });

    private static PixelImage Picture()
    {
        var image = new PixelImage(64, 64);
        image.Bytes.Fill(128);
        return image;
    }
}
