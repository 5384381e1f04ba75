using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;

namespace NanoDet.Data.Labels;

/// <summary>One labelled object of an image.</summary>
/// <param name="ClassName">The class as the label file writes it.</param>
/// <param name="Box">The box in pixels of the image.</param>
public readonly record struct LabeledObject(string ClassName, BoundingBox Box)
{
    /// <summary>VOC's <c>difficult</c>: hard to recognise; ignored in evaluation unless the policy says otherwise.</summary>
    public bool Difficult { get; init; }

    /// <summary>VOC's <c>truncated</c>: the object goes on beyond the box.</summary>
    public bool Truncated { get; init; }

    /// <summary>COCO's <c>iscrowd</c>: the box covers a group that was not labelled one by one.</summary>
    public bool Crowd { get; init; }

    /// <summary>COCO's <c>area</c> in square pixels, which may be that of a mask; null where it is the box's own.</summary>
    public double? Area { get; init; }

    /// <summary>Where the label file says so; takes no part in equality of meaning (see the label fingerprint).</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>Where the box itself stands, in forms that give it a line of its own; null where that is <see cref="Location"/>.</summary>
    public SourceLocation? BoxLocation { get; init; }
}
