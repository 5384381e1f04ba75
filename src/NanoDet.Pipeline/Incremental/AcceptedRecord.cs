using System.Collections.Immutable;

namespace NanoDet.Pipeline.Incremental;

/// <summary>
/// What the last model that was good enough was made from; kept beside it, with its data set and its weights, for the next
/// training to go on from.
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

    /// <summary>Everything but the data that its training depended on, by name.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>How it was trained.</summary>
    public required TrainingLineage Lineage { get; init; }
}
