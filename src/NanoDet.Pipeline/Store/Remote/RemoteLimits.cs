namespace NanoDet.Pipeline.Store.Remote;

/// <summary>Time limits for a server.</summary>
public sealed record RemoteLimits
{
    /// <summary>The longest time without data (<c>NanoDetRemoteStoreTimeout</c>).</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The lowest speed of a whole transfer, in bytes per second; a slower server saves no time.</summary>
    public long LeastSpeed { get; init; } = 64 << 10;

    /// <summary>The longest time for a number of bytes.</summary>
    public TimeSpan For(long bytes) => Silence + TimeSpan.FromSeconds((double)bytes / LeastSpeed);
}
