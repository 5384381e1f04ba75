using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Data.Augmentation;

namespace NanoDet.Pipeline.Requests;

/// <summary>What <c>augment</c> is asked for.</summary>
public sealed record AugmentRequest : DatasetRequest
{
    /// <summary>A folder that belongs to the copies alone.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>The data set with the copies, to write.</summary>
    public required string Output { get; init; }

    /// <summary>Name of a preset; null for none.</summary>
    public string? Preset { get; init; }

    /// <summary>Steps after those of the preset.</summary>
    public ImmutableArray<AugmentationItem> Steps { get; init; } = [];

    /// <summary>Copies of each picture; null for as many as the preset says.</summary>
    public int? Copies { get; init; }

    /// <summary>The user's seed.</summary>
    public long Seed { get; init; }

    /// <summary>Pictures that are worked on at once; null for one a processor. No byte depends on it.</summary>
    public int? Threads
    {
        get;
        init => field = value is null or (>= 1 and <= 256) ? value : throw new JsonException("'threads' must be a whole number from 1 to 256");
    }
}
