using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Native;

public class DenormalsTests
{
    private const int Count = 1 << 20; // many enough for several threads

    public DenormalsTests() => LibTorch.Load();

    [Fact]
    public void They_are_zero_on_the_thread_that_asks_for_it_and_on_libtorch_s_threads_behind_it()
    {
        Assert.Equal(Count, OnOwnThread(NonZeroProducts));
        Assert.Equal(0, OnOwnThread(() => Denormals.FlushToZero() ? NonZeroProducts() : -1));
        Assert.Equal(Count, OnOwnThread(NonZeroProducts));
    }

    [Fact]
    public void A_loop_on_several_threads_treats_them_as_its_caller_does_and_leaves_the_threads_as_they_were()
    {
        Assert.Equal(64, OnOwnThread(NonZeroProductsOfLoop));
        Assert.Equal(0, OnOwnThread(() => Denormals.FlushToZero() ? NonZeroProductsOfLoop() : -1));
        Assert.Equal(0, OnOwnThread(() => Denormals.FlushToZero() && NonZeroProductsOfLoop() == 0 ? NonZeroProductsOfLoop() : -1));
        Assert.Equal(64, OnOwnThread(NonZeroProductsOfLoop));
    }

    private static long NonZeroProductsOfLoop()
    {
        var (factor, nonZero) = (1e-20f, 0);
        // The first two wait for each other, so that two threads run the loop.
        using var both = new Barrier(2);
        Denormals.For(64, 2, i =>
        {
            if (i is 0 or 32)
            {
                both.SignalAndWait(TimeSpan.FromSeconds(10));
            }

            if (Volatile.Read(ref factor) * Volatile.Read(ref factor) != 0)
            {
                Interlocked.Increment(ref nonZero);
            }
        });
        return nonZero;
    }

    private static long NonZeroProducts()
    {
        using var scope = NewDisposeScope();
        set_num_threads(2);
        return (full(Count, 1e-20f) * 1e-20f).count_nonzero().item<long>();
    }

    private static long OnOwnThread(Func<long> work)
    {
        var result = -1L;
        var thread = new Thread(() => result = work());
        thread.Start();
        thread.Join();
        return result;
    }
}
