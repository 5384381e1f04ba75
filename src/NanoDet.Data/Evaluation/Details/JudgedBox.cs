using NanoDet.Core.Geometry;

namespace NanoDet.Data.Evaluation.Details;

/// <summary>A labelled object or a detection, and what became of it.</summary>
/// <param name="Label">Its class, as an index into the classes.</param>
/// <param name="Box">Its box in pixels of the image.</param>
/// <param name="Score">The score of a detection; null for a labelled object.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record JudgedBox(int Label, BoundingBox Box, double? Score, BoxOutcome Outcome)
{
    /// <summary>The class of the other box, if an object was detected with another class; otherwise null.</summary>
    public int? OtherLabel { get; init; }
}
