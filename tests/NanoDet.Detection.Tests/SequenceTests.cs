using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NanoDet.Imaging;

namespace NanoDet.Detection.Tests;

/// <summary>Sequences whose images come when they like, as from a camera or a queue.</summary>
public sealed class SequenceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_result_does_not_wait_for_later_images(int batch)
    {
        using var detector = Load(batch);
        var camera = Channel.CreateUnbounded<int>();
        await using var results = detector.DetectAsync(camera.Reader.ReadAllAsync(Cancellation), Decode, Cancellation).GetAsyncEnumerator(Cancellation);

        // The camera gives the next frames only after the results of those before.
        for (var (next, round) = (0, 1); round <= 6; round++)
        {
            for (var i = 0; i < round; i++)
            {
                Assert.True(camera.Writer.TryWrite(next + i));
            }

            for (var i = 0; i < round; i++, next++)
            {
                Assert.True(await results.MoveNextAsync().AsTask().WaitAsync(Patience, Cancellation));
                Assert.Equal((next, 8 + next), (results.Current.Source, results.Current.Image!.Width));
                Assert.Single(results.Current.Detections);
            }
        }

        camera.Writer.Complete();
        Assert.False(await results.MoveNextAsync().AsTask().WaitAsync(Patience, Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_source_s_exception_comes_after_the_results_before_it(int batch)
    {
        using var detector = Load(batch);
        var source = new Source(count: 7, new InvalidOperationException("the queue is gone"));
        var seen = new List<int>();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var result in detector.DetectAsync(source, Decode, Cancellation))
            {
                seen.Add(result.Source);
            }
        });

        Assert.Equal(("the queue is gone", 1), (thrown.Message, source.Ends));
        Assert.Equal(Enumerable.Range(0, 7), seen);
    }

    [Fact]
    public async Task A_quiet_source_is_let_go_when_the_caller_stops_or_cancels()
    {
        using var detector = Load(batch: 1);
        var left = new Source(count: 3, failure: null);
        await foreach (var _ in detector.DetectAsync(left, Decode, Cancellation))
        {
            break;
        }

        Assert.Equal(1, left.Ends);

        var cancelled = new Source(count: 3, failure: null);
        using var cancelling = new CancellationTokenSource();
        var results = 0;
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in detector.DetectAsync(cancelled, Decode, cancelling.Token))
            {
                if (++results == 3)
                {
                    cancelling.CancelAfter(TimeSpan.FromMilliseconds(50));
                }
            }
        });
        Assert.Equal((3, 1, cancelling.Token), (results, cancelled.Ends, thrown.CancellationToken));
    }

    [Fact]
    public async Task A_detector_that_is_disposed_of_ends_a_quiet_source()
    {
        var detector = Load(batch: 1);
        var source = new Source(count: 1000, failure: null);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            await foreach (var _ in detector.DetectAsync(source, Decode, Cancellation))
            {
                detector.Dispose();
            }
        });
        Assert.Equal(1, source.Ends);
    }

    [Fact]
    public async Task Nobody_who_reads_slowly_makes_the_source_run_far_ahead()
    {
        using var detector = Load(batch: 1);
        var source = new Source(count: 100_000, failure: null);
        await foreach (var _ in detector.DetectAsync(source, Decode, Cancellation))
        {
            await Task.Delay(200, Cancellation);
            break;
        }

        // Those before the network, those after it, and the one in hand at each place.
        Assert.InRange(source.Given, 1, (2 * (Environment.ProcessorCount + 1)) + 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_function_that_gives_no_image_is_a_problem_of_that_image_alone(int batch)
    {
        using var detector = Load(batch);
        var problems = new List<string>();
        await foreach (var result in detector.DetectAsync(["good", "bug", "null", "timeout", "own", "last"], DecodeOrNot, Cancellation))
        {
            Assert.Equal(result.Problem is null, result.Image is not null);
            Assert.Equal(result.Problem is null ? 1 : 0, result.Detections.Length);
            problems.Add($"{result.Source} {result.Problem?.Code} {result.Problem?.Location?.File} {result.Problem?.Message.Split("no image: ")[^1]}".TrimEnd());
        }

        Assert.Equal(
            [
                "good", "bug NDB6012 bug InvalidOperationException: a bug", "null NDB6012 null it returned null",
                "timeout NDB6012 timeout TaskCanceledException: too slow", "own NDB1201 a.png The file is not in a known image format (JPEG, PNG, BMP, WebP, GIF, TIFF)", "last",
            ],
            problems);

        static PixelImage DecodeOrNot(string source) => source switch
        {
            "bug" => throw new InvalidOperationException("a bug"),
            "null" => null!,
            "timeout" => throw new TaskCanceledException("too slow"),
            "own" => ImageDecoder.Decode("no image"u8, "a.png"),
            _ => Decode(1),
        };
    }

    private static Detector Load(int batch) => TinyModel.Load(
        new TinyModel(64, 64, ["a"]) { Batch = null, Places = { (9, 0, 0.5f) } }, new DetectorOptions { Batch = batch });

    private static PixelImage Decode(int i)
    {
        var image = new PixelImage(8 + (i % 100), 8);
        image.Bytes.Fill(128);
        return image;
    }

    /// <summary>Gives numbers, and then fails, or is quiet until it is cancelled.</summary>
    private sealed class Source(int count, Exception? failure) : IAsyncEnumerable<int>
    {
        public int Given { get; private set; }

        /// <summary>How often its enumerator was disposed of.</summary>
        public int Ends { get; private set; }

        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

        private async IAsyncEnumerable<int> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            try
            {
                for (var i = 0; i < count; i++)
                {
                    Given++;
                    yield return i;
                }

                await (failure is null ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.FromException(failure));
            }
            finally
            {
                Ends++;
            }
        }
    }
}
