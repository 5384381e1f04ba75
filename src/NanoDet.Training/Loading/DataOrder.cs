using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Vision.Randomness;

namespace NanoDet.Training.Loading;

/// <summary>
/// The images of an epoch and their order: a function of the seed, the epoch and the contents of the images, whatever
/// the order of their list is.
/// </summary>
public static class DataOrder
{
    /// <summary>The number of visits in an epoch: the sum of the weights, rounded, but at least 1. If every weight is 1, it is the number of images.</summary>
    public static int Length(IEnumerable<DatasetImage> images)
        => Math.Max((int)Math.Round(Sorted(images).Sum(image => image.Weight), MidpointRounding.AwayFromZero), 1);

    /// <summary>Returns the visits of an epoch in order.</summary>
    /// <param name="images">The images of the training part.</param>
    /// <param name="seed">The training's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public static ImmutableArray<ImageVisit> Of(IReadOnlyList<DatasetImage> images, long seed, int epoch)
        => [.. Choose(images, seed, epoch)
            .Select(visit => (Key: Random("data-order", visit, seed, epoch).NextUInt64(), Visit: visit))
            .OrderBy(entry => entry.Key).ThenBy(entry => entry.Visit.Image.Path, StringComparer.Ordinal)
            .Select(entry => entry.Visit)];

    /// <summary>
    /// Systematic sampling: points at equal distances, with a random start, on a line where every image has a section as
    /// long as its weight. An image with weight 2.5 is visited two or three times, one with weight 1 exactly once.
    /// </summary>
    private static IEnumerable<ImageVisit> Choose(IReadOnlyList<DatasetImage> images, long seed, int epoch)
    {
        var count = Length(images);
        var distance = Sorted(images).Sum(image => image.Weight) / count;
        var next = distance * new KeyedRandom("data-weights", seed, "", epoch).NextDouble();
        double reached = 0;
        foreach (var image in Sorted(images))
        {
            reached += image.Weight;
            for (var repetition = 0; next < reached && count > 0; repetition++, count--)
            {
                yield return new ImageVisit(image, repetition);
                next += distance;
            }
        }
    }

    // Sorted before anything is added, because the order also affects the last bits of a sum.
    private static IOrderedEnumerable<DatasetImage> Sorted(IEnumerable<DatasetImage> images)
        => images.OrderBy(image => image.ContentHash, StringComparer.Ordinal).ThenBy(image => image.Path, StringComparer.Ordinal);

    private static KeyedRandom Random(string purpose, ImageVisit visit, long seed, int epoch)
        => new(purpose, seed, visit.Image.ContentHash, visit.AugmentationIndex(epoch));
}
