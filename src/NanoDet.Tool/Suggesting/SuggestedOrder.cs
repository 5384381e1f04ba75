using System.Numerics.Tensors;

namespace NanoDet.Tool.Suggesting;

/// <summary>
/// Orders images by how much is learnt from their labels: about which the model is uncertain, without those that are nearly the same
/// as one that comes before them. Ten images of one uncertain scene teach little more than one of them. Being different counts for
/// nothing more than that: the most different images are odd ones, with few objects.
/// </summary>
internal static class SuggestedOrder
{
    // An image in which the model sees nothing may show what it does not know yet.
    private const double LeastWeight = 0.05;

    // Two images are different if their distance is half the usual one of two images. Of 292 microscope images of one kind (BCCD),
    // half are that far from the nearest other; the same image, moved by 4 of its 640 pixels, is half as far.
    private const double Different = 0.5;

    /// <summary>Chooses images one by one: always the one with the largest product of its uncertainty and its share of <see cref="Different"/> to the nearest of those before.</summary>
    /// <param name="images">The images; of equals, the one with the first path is chosen.</param>
    /// <param name="count">How many to choose.</param>
    public static List<ExaminedImage> Of(IEnumerable<ExaminedImage> images, int count)
    {
        var left = images.OrderBy(image => image.Path, StringComparer.Ordinal).ToArray();
        var places = Standardized(left);
        var nearest = Enumerable.Repeat(double.PositiveInfinity, left.Length).ToArray();
        var open = Enumerable.Range(0, left.Length).ToList();
        var chosen = new List<ExaminedImage>();
        while (chosen.Count < count && open.Count > 0)
        {
            var best = open.MaxBy(i => (LeastWeight + left[i].Uncertainty) * Math.Min(nearest[i] / Different, 1));
            open.Remove(best);
            chosen.Add(left[best]);
            foreach (var i in open)
            {
                nearest[i] = Math.Min(nearest[i], TensorPrimitives.Distance<double>(places[best], places[i]));
            }
        }

        return chosen;
    }

    /// <summary>
    /// The features of all images with a mean of 0 and one variance, so that none weighs more because of its unit: the root of the mean
    /// squared distance of two images is 1.
    /// </summary>
    private static double[][] Standardized(ExaminedImage[] images)
    {
        var places = Array.ConvertAll(images, image => Array.ConvertAll(image.Features, feature => (double)feature));
        var varied = 0;
        for (var feature = 0; places.Length > 0 && feature < places[0].Length; feature++)
        {
            var mean = places.Average(place => place[feature]);
            var deviation = Math.Sqrt(places.Average(place => (place[feature] - mean) * (place[feature] - mean)));
            varied += deviation > 0 ? 1 : 0;
            foreach (var place in places)
            {
                place[feature] = deviation > 0 ? (place[feature] - mean) / deviation : 0;
            }
        }

        // Two independent numbers of variance 1 differ by the root of 2 on average over the squares.
        Array.ForEach(places, place => TensorPrimitives.Divide(place, Math.Sqrt(2 * Math.Max(varied, 1)), place));

        return places;
    }
}
