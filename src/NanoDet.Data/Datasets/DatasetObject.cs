using NanoDet.Core.Geometry;

namespace NanoDet.Data.Datasets;

/// <summary>One object of a <see cref="DatasetImage"/>.</summary>
/// <param name="Label">Index of its class in <see cref="Dataset.Classes"/>.</param>
/// <param name="Box">Its box in pixels, inside the image and with an area above 0.</param>
public readonly record struct DatasetObject(int Label, BoundingBox Box)
{
    /// <summary>Whether the object is ignored in training and evaluation (difficult by policy, or a crowd).</summary>
    public bool Ignored { get; init; }

    /// <summary>COCO's <c>iscrowd</c>: several detections may match it.</summary>
    public bool Crowd { get; init; }

    /// <summary>VOC's <c>difficult</c> as in the label file, whatever the policy does with it; augmented copies keep it.</summary>
    public bool Difficult { get; init; }

    /// <summary>VOC's <c>truncated</c>: the object extends beyond the box; augmented copies keep it.</summary>
    public bool Truncated { get; init; }

    /// <summary>Area in square pixels that decides the size range in evaluation; null for the area of the box, also if the label file repeats it.</summary>
    public double? Area { get; init; }
}
