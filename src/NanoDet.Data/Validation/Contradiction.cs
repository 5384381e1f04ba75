using System.Globalization;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Validation;

/// <summary>In what the labels of two copies of an image differ so much that they mean different objects.</summary>
internal static class Contradiction
{
    // Boxes of one object that two people drew overlap more.
    private const double LeastOverlap = 0.5;

    /// <summary>Compares the labels.</summary>
    /// <param name="image">The image.</param>
    /// <param name="other">Its copy.</param>
    /// <param name="classes">The classes.</param>
    /// <returns>The difference in words; null where the labels mean the same.</returns>
    public static string? Between(DatasetImage image, DatasetImage other, ClassList classes)
    {
        for (var label = 0; label < classes.Names.Length; label++)
        {
            var (own, others) = (Boxes(image, label), Boxes(other, label));
            if (own.Count != others.Count)
            {
                return string.Create(CultureInfo.InvariantCulture, $"it has {own.Count} object{(own.Count == 1 ? "" : "s")} of '{classes.Names[label]}' where the other has {(others.Count == 0 ? "none" : $"{others.Count}")}");
            }

            if (own.Exists(box => !others.Exists(there => box.IntersectionOverUnion(there) >= LeastOverlap)))
            {
                return $"a box of '{classes.Names[label]}' is at a place where the other has none";
            }
        }

        return null;
    }

    private static List<BoundingBox> Boxes(DatasetImage image, int label) => [.. image.Objects.Where(judged => judged.Label == label).Select(judged => judged.Box)];
}
