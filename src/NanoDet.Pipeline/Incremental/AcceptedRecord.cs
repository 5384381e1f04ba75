using System.Collections.Immutable;

namespace NanoDet.Pipeline.Incremental;

/// <summary>
/// What the last accepted model was made from. It is kept beside the model, its data set and its weights, for the next
/// warm start.
/// </summary>
public sealed record AcceptedRecord
{
    /// <summary>Key of its training.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of its weights.</summary>
    public required string Weights { get; init; }

    /// <summary>SHA-256 of the data set file beside it.</summary>
    public required string Dataset { get; init; }

    /// <summary>The data as its training saw it.</summary>
    public required string Data { get; init; }

    /// <summary>Everything that its training depended on except the data, by name.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>The project file that it was built from, relative to the output folder; null in the record of an earlier version.</summary>
    public string? Project { get; init; }

    /// <summary>How it was trained.</summary>
    public required TrainingLineage Lineage { get; init; }
}
