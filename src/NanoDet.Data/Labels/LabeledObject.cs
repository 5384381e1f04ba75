using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;

namespace NanoDet.Data.Labels;

/// <summary>One labelled object of an image.</summary>
/// <param name="ClassName">The class in the label file.</param>
/// <param name="Box">The box in pixels of the image.</param>
public readonly record struct LabeledObject(string ClassName, BoundingBox Box)
{
    /// <summary>VOC's <c>difficult</c>: hard to recognise; ignored in evaluation unless the policy says otherwise.</summary>
    public bool Difficult { get; init; }

    /// <summary>VOC's <c>truncated</c>: the object extends beyond the box.</summary>
    public bool Truncated { get; init; }

    /// <summary>COCO's <c>iscrowd</c>: the box covers a group that was not labelled one by one.</summary>
    public bool Crowd { get; init; }

    /// <summary>COCO's <c>area</c> in square pixels, which may be that of a mask; null for the area of the box.</summary>
    public double? Area { get; init; }

    /// <summary>Its place in the label file; not part of its meaning (see the label fingerprint).</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>The place of the box, in formats with a separate line for it; null if that is <see cref="Location"/>.</summary>
    public SourceLocation? BoxLocation { get; init; }
}
