namespace NanoDet.Testing;

/// <summary>What an action costs in memory, as a bound that does not hang on the machine or its load.</summary>
public static class Allocations
{
    /// <summary>Bytes that an action allocates on this thread, however it ends.</summary>
    public static long Of(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
