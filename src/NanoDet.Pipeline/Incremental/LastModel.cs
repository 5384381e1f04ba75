using NanoDet.Data.Datasets;

namespace NanoDet.Pipeline.Incremental;

/// <summary>The last accepted model, complete and unchanged.</summary>
/// <param name="Record">What it was made from.</param>
/// <param name="Dataset">The data set that it was made from.</param>
public sealed record LastModel(AcceptedRecord Record, Dataset Dataset)
{
    /// <summary>The other project with the same output folder whose model it is; null if it is that of the present one.</summary>
    public string? OtherProject { get; init; }
}
