namespace NanoDet.Pipeline.Store.Remote;

/// <summary>How much patience there is with a server.</summary>
public sealed record RemoteLimits
{
    /// <summary>The longest that it may say nothing (<c>NanoDetRemoteStoreTimeout</c>).</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes a second that it has to reach on the whole; one that is slower saves no time.</summary>
    public long LeastSpeed { get; init; } = 64 << 10;

    /// <summary>The longest that a number of bytes may take.</summary>
    public TimeSpan For(long bytes) => Silence + TimeSpan.FromSeconds((double)bytes / LeastSpeed);
}
