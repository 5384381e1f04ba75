using NanoDet.Detection.Inference;
using NanoDet.Imaging;

namespace NanoDet.Detection.Tests;

/// <summary>A rush of users leaves no buffers behind.</summary>
public sealed class BufferTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Buffers_that_nobody_needs_any_more_are_freed()
    {
        var clock = new HandClock();
        using var detector = TinyModel.Load(new TinyModel(64, 64, ["a"]) { Batch = null, Places = { (9, 0, 0.9f) } }, new DetectorOptions { Clock = clock });
        var image = new PixelImage(64, 64);
        Assert.False(clock.IsRunning);

        // Eight users at the same time, and one with three images.
        var rented = Enumerable.Range(0, 8).Select(_ => detector.Lanes.Rent(1)).ToList();
        rented.ForEach(detector.Lanes.Return);
        detector.Detect([image, image, image], Cancellation);
        Assert.Equal(9, detector.Lanes.Count);

        // The period in which they were needed ends, and one in which a single user is left.
        clock.Tick();
        Assert.Equal(9, detector.Lanes.Count);
        Assert.Single(detector.Detect(image, Cancellation));
        clock.Tick();
        Assert.Equal(1, detector.Lanes.Count);

        // One that is used in every period stays, whatever the clock says.
        for (var i = 0; i < 5; i++)
        {
            Assert.Single(detector.Detect(image, Cancellation));
            clock.Tick();
            Assert.Equal(1, detector.Lanes.Count);
        }

        // Nobody: nothing is left, not even the clock. The next user gets new buffers.
        clock.Tick();
        Assert.Equal((0, false), (detector.Lanes.Count, clock.IsRunning));
        Assert.Single(detector.Detect(image, Cancellation));
        Assert.Equal((1, true), (detector.Lanes.Count, clock.IsRunning));

        detector.Dispose();
        Assert.Equal((0, false), (detector.Lanes.Count, clock.IsRunning));
        clock.Tick();
    }

    /// <summary>A clock whose periods end when the test says so.</summary>
    private sealed class HandClock : TimeProvider, ITimer
    {
        private TimerCallback _callback = _ => { };
        private object? _state;

        public bool IsRunning { get; private set; }

        public void Tick() => _callback(_state);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, _state) = (callback, state);
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(dueTime, period);
            IsRunning = period == LanePool.Period;
            return true;
        }

        public void Dispose() => IsRunning = false;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
