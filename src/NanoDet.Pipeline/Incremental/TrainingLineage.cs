using System.Collections.Immutable;

namespace NanoDet.Pipeline.Incremental;

/// <summary>
/// How a model is trained and why: the plan's decision, kept with the weights. With the data, the configuration and the
/// parent's weights, which are kept too, it says all that is needed to train the same bytes again.
/// </summary>
public sealed record TrainingLineage
{
    /// <summary>How.</summary>
    public required TrainingWay Way { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>SHA-256 of the weights that it goes on from; null where it begins at the beginning.</summary>
    public string? Parent { get; init; }

    /// <summary>Key of the training of those weights.</summary>
    public string? ParentKey { get; init; }

    /// <summary>Warm starts since the last training from scratch, this one included.</summary>
    public int Generation { get; init; }

    /// <summary>Changed objects of the training part, as a share of all; an image without objects counts as one.</summary>
    public double Share { get; init; }

    /// <summary>Images that the parent did not learn from.</summary>
    public ImmutableArray<ImageReference> Added { get; init; } = [];

    /// <summary>Images that the parent learnt from and that are no longer there.</summary>
    public ImmutableArray<ImageReference> Removed { get; init; } = [];

    /// <summary>Images whose labels, or whose picture under the same name, changed.</summary>
    public ImmutableArray<ImageReference> Changed { get; init; } = [];

    /// <summary>Classes that the parent knows and that are still there.</summary>
    public ImmutableArray<string> KnownClasses { get; init; } = [];

    /// <summary>How far the mAP may fall behind the parent's.</summary>
    public double Tolerance { get; init; }

    /// <summary>mAP of the parent over the known classes, on the present validation part; null where nothing could be judged.</summary>
    public double? ParentMap { get; init; }

    /// <summary>mAP of the result over the same classes and images.</summary>
    public double? Map { get; init; }

    /// <summary>A training from the beginning.</summary>
    public static TrainingLineage Scratch(string reason) => new() { Way = TrainingWay.Scratch, Reason = reason };
}
