using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Evaluation;

/// <summary>One labelled object that detections are judged against.</summary>
/// <param name="ImageId">The image it lies in.</param>
/// <param name="CategoryId">Its class; ids may have gaps, as COCO's have.</param>
/// <param name="Box">Its box in pixels of the image.</param>
public readonly record struct EvaluationTruth(long ImageId, int CategoryId, BoundingBox Box)
{
    /// <summary>COCO's <c>iscrowd</c>: any number of detections may match it, and none of them counts.</summary>
    public bool Crowd { get; init; }

    /// <summary>Neither a miss when nothing finds it, nor a false alarm when something does. Every crowd is ignored too.</summary>
    public bool Ignored { get; init; }

    /// <summary>Area in square pixels that decides the size range, such as that of a mask; null for the box's own.</summary>
    public double? Area { get; init; }

    /// <summary>The objects of data set images: the image id is the index in the list, the category id is the label.</summary>
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
