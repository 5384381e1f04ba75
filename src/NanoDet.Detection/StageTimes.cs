namespace NanoDet.Detection;

/// <summary>The time of each step of one detection.</summary>
/// <param name="Prepare">From the decoded image to the network's input.</param>
/// <param name="Run">The network.</param>
/// <param name="Decode">From the network's output to boxes, including non-maximum suppression.</param>
public readonly record struct StageTimes(TimeSpan Prepare, TimeSpan Run, TimeSpan Decode)
{
    /// <summary>The sum of all steps.</summary>
    public TimeSpan Total => Prepare + Run + Decode;
}
