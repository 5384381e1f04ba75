using System.Collections.Immutable;

namespace NanoDet.Data.Evaluation.Details;

/// <summary>One of the images on which a model makes the most errors.</summary>
/// <param name="Path">Its path in the data set.</param>
/// <param name="Width">Its width in pixels, as its boxes count them.</param>
/// <param name="Height">Its height.</param>
/// <param name="Errors">Objects that were missed or detected with another class, and detections where there is no object.</param>
/// <param name="Boxes">Its objects, then the detections; of very many, the first that are wrong.</param>
public sealed record WorstImage(string Path, int Width, int Height, int Errors, ImmutableArray<JudgedBox> Boxes)
{
    /// <summary>A small picture of it, as JPEG; empty if it cannot be shown.</summary>
    public byte[] Jpeg { get; init; } = [];
}
