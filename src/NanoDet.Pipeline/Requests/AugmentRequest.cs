using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Data.Augmentation;

namespace NanoDet.Pipeline.Requests;

/// <summary>The request for <c>augment</c>.</summary>
public sealed record AugmentRequest : DatasetRequest
{
    /// <summary>A folder that contains only the copies.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>The data set with the copies, to write.</summary>
    public required string Output { get; init; }

    /// <summary>Name of a preset; null for none.</summary>
    public string? Preset { get; init; }

    /// <summary>Steps after those of the preset.</summary>
    public ImmutableArray<AugmentationItem> Steps { get; init; } = [];

    /// <summary>Number of copies of each image; null for the number of the preset.</summary>
    public int? Copies { get; init; }

    /// <summary>The user's seed.</summary>
    public long Seed { get; init; }

    /// <summary>The file that remembers which pictures decode; null for none.</summary>
    public string? DecodedPictures { get; init; }

    /// <summary>Number of images to process in parallel; null for one per processor. It does not affect the output.</summary>
    public int? Threads
    {
        get;
        init => field = value is null or (>= 1 and <= 256) ? value : throw new JsonException("'threads' must be a whole number from 1 to 256");
    }
}
