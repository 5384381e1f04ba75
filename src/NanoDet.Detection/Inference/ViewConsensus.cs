using System.Collections.Immutable;
using NanoDet.Core.Detections;
using NanoDet.Core.Geometry;
using NanoDet.Imaging;

namespace NanoDet.Detection.Inference;

/// <summary>
/// What several views of one image come to. The score of an object is the mean of its scores in all views that show all of it, with 0
/// where it was not found; its box is the mean of its boxes, weighted by their scores.
/// </summary>
internal static class ViewConsensus
{
    // Boxes that overlap by this IoU in two views are of one object.
    private const double SameObject = 0.55;

    /// <summary>Combines detections.</summary>
    /// <param name="found">The views with what was found in them, in pixels of the image.</param>
    /// <param name="image">Width and height of the image.</param>
    /// <param name="scoreThreshold">Scores at or below it are left out.</param>
    /// <param name="suppression">Removes what is found twice.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    public static ImmutableArray<DetectedObject> Of(
        IReadOnlyList<(ImageView View, ImmutableArray<DetectedObject> Objects)> found, PixelSize image, double scoreThreshold, NonMaximumSuppression suppression)
    {
        // A box without area, at the edge of the image, overlaps with nothing.
        var views = found.Select(entry => (entry.View, Objects: entry.Objects.Where(one => !one.Box.IsDegenerate && entry.View.Shows(one.Box, image)).ToLookup(one => one.Label))).ToList();
        return suppression.Apply(
        [
            .. views.SelectMany(entry => entry.Objects.SelectMany(objects => objects)).Select(Combine).Where(one => one.Score > scoreThreshold),
        ]);

        DetectedObject Combine(DetectedObject one)
        {
            var (looks, score) = (0, 0.0);
            var box = default(BoundingBox);
            foreach (var (_, objects) in views.Where(entry => entry.View.Shows(one.Box, image)))
            {
                looks++;
                if (Same(one, objects[one.Label]) is { } same)
                {
                    score += same.Score;
                    box = new(
                        box.Left + (same.Score * same.Box.Left), box.Top + (same.Score * same.Box.Top),
                        box.Right + (same.Score * same.Box.Right), box.Bottom + (same.Score * same.Box.Bottom));
                }
            }

            return one with { Score = (float)(score / looks), Box = new(box.Left / score, box.Top / score, box.Right / score, box.Bottom / score) };
        }
    }

    private static DetectedObject? Same(DetectedObject one, IEnumerable<DetectedObject> others)
    {
        var (overlap, same) = (SameObject, default(DetectedObject?));
        foreach (var other in others)
        {
            var shared = other.Box.IntersectionOverUnion(one.Box);
            if (shared >= overlap)
            {
                (overlap, same) = (shared, other);
            }
        }

        return same;
    }
}
