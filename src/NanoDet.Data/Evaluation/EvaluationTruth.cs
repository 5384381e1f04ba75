using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Evaluation;

/// <summary>One labelled object to compare detections with.</summary>
/// <param name="ImageId">Its image.</param>
/// <param name="CategoryId">Its class; ids may have gaps, as in COCO.</param>
/// <param name="Box">Its box in pixels of the image.</param>
public readonly record struct EvaluationTruth(long ImageId, int CategoryId, BoundingBox Box)
{
    /// <summary>COCO's <c>iscrowd</c>: any number of detections may match it, and none of them is counted.</summary>
    public bool Crowd { get; init; }

    /// <summary>Whether it is ignored: it is not a miss if it is not detected, and not a false alarm if it is. Every crowd is ignored.</summary>
    public bool Ignored { get; init; }

    /// <summary>Area in square pixels that decides the size range, such as that of a mask; null for the area of the box.</summary>
    public double? Area { get; init; }

    /// <summary>Returns the objects of images of a data set: the image id is the index in the list, the category id is the label.</summary>
    public static IEnumerable<EvaluationTruth> Of(IReadOnlyList<DatasetImage> images)
    {
        for (var index = 0; index < images.Count; index++)
        {
            foreach (var item in images[index].Objects)
            {
                yield return new(index, item.Label, item.Box) { Crowd = item.Crowd, Ignored = item.Ignored, Area = item.Area };
            }
        }
    }
}
