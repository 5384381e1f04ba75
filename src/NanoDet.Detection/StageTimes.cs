namespace NanoDet.Detection;

/// <summary>Where the time of one detection went.</summary>
/// <param name="Prepare">From the decoded picture to the network's input.</param>
/// <param name="Run">The network.</param>
/// <param name="Decode">From the network's output to boxes, suppression of doubles included.</param>
public readonly record struct StageTimes(TimeSpan Prepare, TimeSpan Run, TimeSpan Decode)
{
    /// <summary>All stages together.</summary>
    public TimeSpan Total => Prepare + Run + Decode;
}
