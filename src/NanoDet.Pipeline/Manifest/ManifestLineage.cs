using NanoDet.Pipeline.Incremental;

namespace NanoDet.Pipeline.Manifest;

/// <summary>Where a model comes from.</summary>
/// <param name="Policy">
/// <c>scratch</c>: a new training; <c>pretrained</c>: a new training with pretrained weights; <c>finetune</c>: a warm start
/// from an earlier model; <c>kept</c> or <c>stale</c>: the weights of an earlier model.
/// </param>
/// <param name="Parent">SHA-256 of the weights that training began with; null for none.</param>
public sealed record ManifestLineage(string Policy, string? Parent)
{
    /// <summary>The reason of the decision, in words; null for a new training, which does not depend on the past.</summary>
    public string? Reason { get; init; }

    /// <summary>Key of the training of the parent; null if the parent was not trained by NanoDet.Build.</summary>
    public string? ParentKey { get; init; }

    /// <summary>The number of warm starts since the last new training.</summary>
    public int Generation { get; init; }

    /// <summary>Images that the parent was not trained on.</summary>
    public ManifestImages Added { get; init; } = ManifestImages.None;

    /// <summary>Images that the parent was trained on and that were removed.</summary>
    public ManifestImages Removed { get; init; } = ManifestImages.None;

    /// <summary>Images whose labels or pixels changed.</summary>
    public ManifestImages Changed { get; init; } = ManifestImages.None;

    /// <summary>Returns the lineage of weights.</summary>
    /// <param name="lineage">How they were trained.</param>
    /// <param name="pretrained">SHA-256 of the pretrained weights of a new training; null for none.</param>
    public static ManifestLineage Of(TrainingLineage lineage, string? pretrained) => lineage.Way == TrainingWay.Scratch
        ? new ManifestLineage(pretrained is null ? "scratch" : "pretrained", pretrained)
        : new ManifestLineage(lineage.Way.ToString().ToLowerInvariant(), lineage.Parent)
        {
            Reason = lineage.Reason,
            ParentKey = lineage.ParentKey,
            Generation = lineage.Generation,
            Added = ManifestImages.Of(lineage.Added),
            Removed = ManifestImages.Of(lineage.Removed),
            Changed = ManifestImages.Of(lineage.Changed),
        };
}
