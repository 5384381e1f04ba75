namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>Lets work in while the memory it needs fits a bound. Work that needs more than all of it goes alone.</summary>
/// <param name="capacity">The bound in bytes.</param>
internal sealed class MemoryGate(long capacity)
{
    private readonly object _lock = new();
    private long _used;

    /// <summary>Waits until there is room.</summary>
    /// <param name="bytes">What the work needs.</param>
    /// <returns>What has to be given to <see cref="Leave"/>.</returns>
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

    /// <summary>Gives memory back.</summary>
    public void Leave(long needed)
    {
        lock (_lock)
        {
            _used -= needed;
            Monitor.PulseAll(_lock);
        }
    }
}
