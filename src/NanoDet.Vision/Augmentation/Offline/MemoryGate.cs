namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>Limits the memory of parallel work. Work that needs more than the limit runs alone.</summary>
/// <param name="capacity">The limit in bytes.</param>
internal sealed class MemoryGate(long capacity)
{
    private readonly object _lock = new();
    private long _used;

    /// <summary>Waits until enough memory is available.</summary>
    /// <param name="bytes">The memory that the work needs.</param>
    /// <returns>The value for <see cref="Leave"/>.</returns>
    public long Enter(long bytes)
    {
        var needed = Math.Min(bytes, capacity);
        lock (_lock)
        {
            while (_used + needed > capacity)
            {
                Monitor.Wait(_lock);
            }

            _used += needed;
        }

        return needed;
    }

    /// <summary>Releases the memory.</summary>
    public void Leave(long needed)
    {
        lock (_lock)
        {
            _used -= needed;
            Monitor.PulseAll(_lock);
        }
    }
}
