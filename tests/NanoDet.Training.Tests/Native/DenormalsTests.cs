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
