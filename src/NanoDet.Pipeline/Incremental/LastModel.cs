using NanoDet.Data.Datasets;

namespace NanoDet.Pipeline.Incremental;

/// <summary>The last accepted model, complete and unchanged.</summary>
/// <param name="Record">What it was made from.</param>
/// <param name="Dataset">The data set that it was made from.</param>
public sealed record LastModel(AcceptedRecord Record, Dataset Dataset);
