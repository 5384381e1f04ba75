using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Vision.Randomness;

namespace NanoDet.Training.Loading;

/// <summary>
/// Which images one epoch sees, and in which order: a function of the seed, the epoch and the images' contents, whatever
/// order they are listed in.
/// </summary>
public static class DataOrder
{
    /// <summary>Visits of one epoch: the sum of the weights, rounded, but at least 1; the number of images where every weight is 1.</summary>
    public static int Length(IEnumerable<DatasetImage> images)
        => Math.Max((int)Math.Round(Sorted(images).Sum(image => image.Weight), MidpointRounding.AwayFromZero), 1);

    /// <summary>The visits of one epoch in order.</summary>
    /// <param name="images">The images of the training part.</param>
    /// <param name="seed">The training's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public static ImmutableArray<ImageVisit> Of(IReadOnlyList<DatasetImage> images, long seed, int epoch)
        => [.. Choose(images, seed, epoch)
            .Select(visit => (Key: Random("data-order", visit, seed, epoch).NextUInt64(), Visit: visit))
            .OrderBy(entry => entry.Key).ThenBy(entry => entry.Visit.Image.Path, StringComparer.Ordinal)
            .Select(entry => entry.Visit)];

    /// <summary>
    /// Systematic sampling: points at an even distance, begun at a place of chance, on a line where every image has a piece as
    /// long as its weight. An image of weight 2.5 is met two or three times, one of weight 1 exactly once.
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

    // Before anything is added up: a sum's last bits hang on the order too.
    private static IOrderedEnumerable<DatasetImage> Sorted(IEnumerable<DatasetImage> images)
        => images.OrderBy(image => image.ContentHash, StringComparer.Ordinal).ThenBy(image => image.Path, StringComparer.Ordinal);

    private static KeyedRandom Random(string purpose, ImageVisit visit, long seed, int epoch)
        => new(purpose, seed, visit.Image.ContentHash, visit.AugmentationIndex(epoch));
}
