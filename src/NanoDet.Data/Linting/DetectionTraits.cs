using NanoDet.Data.Datasets;

namespace NanoDet.Data.Linting;

/// <summary>
/// What decides whether people label a detection, as numbers: its score, and how usual the object is. Objects that are cut off, small,
/// hidden behind others or narrow are left out more often, and some images are labelled less completely than others.
/// </summary>
internal static class DetectionTraits
{
    // A score of 0 or 1 has no odds.
    private const double SurestScore = 0.999;

    // Nearer to the edge of the image than this part of its width or height, an object is usually cut off.
    private const double Edge = 0.01;

    // Boxes that overlap more are of one object.
    private const double OtherObject = 0.3;

    // So many objects of a usual image stand behind the share of an image with few.
    private const double UsualObjects = 2;

    // The detections of an image that are mostly no objects say little about how it is labelled.
    private const double LeastLikely = 0.2;

    /// <summary>The traits of a detection alone; the first is 1.</summary>
    /// <param name="image">The image.</param>
    /// <param name="detection">The detection.</param>
    /// <param name="usualArea">The median area of the labels of its class, in square pixels.</param>
    /// <param name="ownLabel">The label that is of the same object; the others are of other objects, which may hide it.</param>
    public static double[] Of(ImageEvidence image, int detection, double usualArea, int? ownLabel)
    {
        var (found, size) = (image.Detections[detection], image.Image);
        var box = found.Box;
        var score = Math.Clamp(found.Score, 1 - SurestScore, SurestScore);
        var (x, y) = (Edge * size.Width, Edge * size.Height);
        var isCut = box.Left < x || box.Top < y || box.Right > size.Width - x || box.Bottom > size.Height - y;
        return
        [
            1,
            Math.Log(score / (1 - score)),
            isCut ? 1 : 0,
            BestOverlap(image, detection),
            Math.Min(Math.Log(Math.Max(box.Area, 1) / usualArea), 0),
            image.LargestOverlap(box, except: ownLabel),
            Math.Abs(Math.Log(Math.Max(box.Width, 1) / Math.Max(box.Height, 1))),
        ];
    }

    /// <summary>How completely the rest of the image is labelled: the labelled detections of the class beside those that usually would be.</summary>
    /// <param name="image">The image.</param>
    /// <param name="detection">The detection.</param>
    /// <param name="labelled">How likely each detection is labelled by its own traits.</param>
    public static double Completeness(ImageEvidence image, int detection, ReadOnlySpan<double> labelled)
    {
        var found = image.Detections[detection];
        var (usual, actual) = (UsualObjects, UsualObjects);
        for (var other = 0; other < labelled.Length; other++)
        {
            if (other != detection && image.Detections[other].CategoryId == found.CategoryId && labelled[other] >= LeastLikely
                && image.Detections[other].Box.IntersectionOverUnion(found.Box) <= OtherObject)
            {
                usual += labelled[other];
                actual += image.LabelOf(other) is null ? 0 : 1;
            }
        }

        return Math.Log(actual / usual);
    }

    /// <summary>The median area of the labels of each class, in square pixels.</summary>
    /// <param name="classCount">The number of classes.</param>
    /// <param name="objects">The labels.</param>
    public static double[] UsualAreas(int classCount, IEnumerable<DatasetObject> objects)
    {
        var areas = Enumerable.Range(0, classCount).Select(_ => new List<double>()).ToArray();
        foreach (var item in objects)
        {
            areas[item.Label].Add(item.Box.Area);
        }

        return [.. areas.Select(all => all.Count == 0 ? 1 : Math.Max(all.Order().ElementAt(all.Count / 2), 1))];
    }

    private static double BestOverlap(ImageEvidence image, int detection)
    {
        var largest = 0.0;
        for (var better = 0; better < detection; better++)
        {
            largest = Math.Max(largest, image.Detections[better].Box.IntersectionOverUnion(image.Detections[detection].Box));
        }

        return largest;
    }
}
