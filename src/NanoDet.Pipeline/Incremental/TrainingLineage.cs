using System.Collections.Immutable;

namespace NanoDet.Pipeline.Incremental;

/// <summary>
/// How a model is trained and why: the plan's decision, kept with the weights. With the data, the configuration and the
/// parent's weights, which are kept too, it is enough to train the same bytes again.
/// </summary>
public sealed record TrainingLineage
{
    /// <summary>How the weights are made.</summary>
    public required TrainingWay Way { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>SHA-256 of the parent's weights; null for a new training.</summary>
    public string? Parent { get; init; }

    /// <summary>Key of the training of the parent.</summary>
    public string? ParentKey { get; init; }

    /// <summary>The number of warm starts since the last new training, including this one.</summary>
    public int Generation { get; init; }

    /// <summary>Changed objects of the training part, as a share of all; an image without objects counts as one.</summary>
    public double Share { get; init; }

    /// <summary>Images that the parent was not trained on.</summary>
    public ImmutableArray<ImageReference> Added { get; init; } = [];

    /// <summary>Images that the parent was trained on and that were removed.</summary>
    public ImmutableArray<ImageReference> Removed { get; init; } = [];

    /// <summary>Images whose labels changed, or whose content changed under the same name.</summary>
    public ImmutableArray<ImageReference> Changed { get; init; } = [];

    /// <summary>Classes that both the parent and the data set have.</summary>
    public ImmutableArray<string> KnownClasses { get; init; } = [];

    /// <summary>How far the mAP may fall behind the parent's.</summary>
    public double Tolerance { get; init; }

    /// <summary>mAP of the parent over the known classes, on the current validation part; null if it has no labelled object.</summary>
    public double? ParentMap { get; init; }

    /// <summary>mAP of the result over the same classes and images.</summary>
    public double? Map { get; init; }

    /// <summary>The lineage of a new training.</summary>
    public static TrainingLineage Scratch(string reason) => new() { Way = TrainingWay.Scratch, Reason = reason };
}
