using NanoDet.Pipeline.Incremental;

namespace NanoDet.Pipeline.Manifest;

/// <summary>Where a model comes from.</summary>
/// <param name="Policy">
/// <c>scratch</c>; <c>pretrained</c> where training began with weights that the project names; <c>finetune</c> where it went on
/// from an earlier model; <c>kept</c> or <c>stale</c> where it is an earlier model's network.
/// </param>
/// <param name="Parent">SHA-256 of the weights that training began with; null for none.</param>
public sealed record ManifestLineage(string Policy, string? Parent)
{
    /// <summary>What was decided from, in words; null for a training from scratch, which the past has no part in.</summary>
    public string? Reason { get; init; }

    /// <summary>Key of the training of the parent; null where it is none of ours.</summary>
    public string? ParentKey { get; init; }

    /// <summary>Warm starts since the last training from scratch.</summary>
    public int Generation { get; init; }

    /// <summary>Images that the parent did not learn from.</summary>
    public ManifestImages Added { get; init; } = ManifestImages.None;

    /// <summary>Images that the parent learnt from and that are gone.</summary>
    public ManifestImages Removed { get; init; } = ManifestImages.None;

    /// <summary>Images whose labels or pixels changed.</summary>
    public ManifestImages Changed { get; init; } = ManifestImages.None;

    /// <summary>The lineage of weights.</summary>
    /// <param name="lineage">How they were trained.</param>
    /// <param name="pretrained">SHA-256 of the weights that a training from scratch began with; null for none.</param>
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
