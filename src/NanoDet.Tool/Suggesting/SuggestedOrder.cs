using System.Numerics.Tensors;

namespace NanoDet.Tool.Suggesting;

/// <summary>
/// Orders images by how much is learnt from their labels: about which the model is uncertain, and which differ from those that come
/// before them. Ten images of one uncertain scene teach little more than one of them.
/// </summary>
internal static class SuggestedOrder
{
    // An image in which the model sees nothing may show what it does not know yet.
    private const double LeastWeight = 0.05;

    /// <summary>Chooses images one by one: the most uncertain one, then always the one with the largest product of uncertainty and distance to the nearest of those before.</summary>
    /// <param name="images">The images; of equals, the one with the first path is chosen.</param>
    /// <param name="count">How many to choose.</param>
    public static List<ExaminedImage> Of(IEnumerable<ExaminedImage> images, int count)
    {
        var left = images.OrderBy(image => image.Path, StringComparer.Ordinal).ToArray();
        var places = Standardized(left);
        var nearest = Enumerable.Repeat(1.0, left.Length).ToArray();
        var chosen = new List<ExaminedImage>();
        while (chosen.Count < Math.Min(count, left.Length))
        {
            var best = Enumerable.Range(0, left.Length).MaxBy(i => (LeastWeight + left[i].Uncertainty) * nearest[i]);
            for (var i = 0; i < left.Length; i++)
            {
                var distance = TensorPrimitives.Distance<double>(places[best], places[i]);
                nearest[i] = chosen.Count == 0 ? distance : Math.Min(nearest[i], distance);
            }

            chosen.Add(left[best]);
            nearest[best] = double.NegativeInfinity;
        }

        return chosen;
    }

    /// <summary>The features of all images with a mean of 0 and a variance of 1, so that none weighs more because of its unit.</summary>
    private static double[][] Standardized(ExaminedImage[] images)
    {
        var places = Array.ConvertAll(images, image => Array.ConvertAll(image.Features, feature => (double)feature));
        for (var feature = 0; places.Length > 0 && feature < places[0].Length; feature++)
        {
            var mean = places.Average(place => place[feature]);
            var deviation = Math.Sqrt(places.Average(place => (place[feature] - mean) * (place[feature] - mean)));
            foreach (var place in places)
            {
                place[feature] = deviation > 0 ? (place[feature] - mean) / deviation : 0;
            }
        }

        return places;
    }
}
