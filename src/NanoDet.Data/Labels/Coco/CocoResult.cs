using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;

namespace NanoDet.Data.Labels.Coco;

/// <summary>One entry of a COCO results file: the list of detections that pycocotools' <c>loadRes</c> takes.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="CategoryId">Its class.</param>
/// <param name="Box">Its box in pixels of the image; the file has <c>[x, y, width, height]</c>.</param>
/// <param name="Score">The confidence of the model.</param>
public readonly record struct CocoResult(long ImageId, long CategoryId, BoundingBox Box, double Score)
{
    /// <summary>The place of the entry.</summary>
    public SourceLocation? Location { get; init; }
}
