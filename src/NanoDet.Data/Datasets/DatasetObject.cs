using NanoDet.Core.Geometry;

namespace NanoDet.Data.Datasets;

/// <summary>One object of a <see cref="DatasetImage"/>.</summary>
/// <param name="Label">Index of its class in <see cref="Dataset.Classes"/>.</param>
/// <param name="Box">Its box in pixels, inside the image and with an area.</param>
public readonly record struct DatasetObject(int Label, BoundingBox Box)
{
    /// <summary>Neither trained on nor counted for or against a detection (difficult by policy, or a crowd).</summary>
    public bool Ignored { get; init; }

    /// <summary>COCO's <c>iscrowd</c>: several detections may match it.</summary>
    public bool Crowd { get; init; }

    /// <summary>VOC's <c>difficult</c> as the label file has it, whatever the policy made of it: copies carry it on.</summary>
    public bool Difficult { get; init; }

    /// <summary>VOC's <c>truncated</c>: the object goes on beyond the box; copies carry it on.</summary>
    public bool Truncated { get; init; }

    /// <summary>Area in square pixels that decides the size range in evaluation; null for the box's own.</summary>
    public double? Area { get; init; }
}
