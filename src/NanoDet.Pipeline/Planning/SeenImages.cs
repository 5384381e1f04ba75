using System.Globalization;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Parallelism;

namespace NanoDet.Pipeline.Planning;

/// <summary>Images as training sees them, without their names: picture, labels and part, and how many are equal in these.</summary>
internal static class SeenImages
{
    private const int KeyDigits = 2 * sizeof(ulong);

    /// <summary>One entry for each that differs from all others, ordered by name; its value is their number.</summary>
    public static IEnumerable<FingerprintEntry> Count(ImageMeaning[] images)
    {
        // By the first digits as a number: sorted as texts, a million take longer than everything else that is done with them.
        var keys = ParallelLoop.Map(images.Length, i => ulong.Parse(images[i].Image.ContentHash.AsSpan(0, KeyDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        int[] order = [.. Enumerable.Range(0, images.Length)];
        Array.Sort(keys, order);
        for (int first = 0, end; first < keys.Length; first = end)
        {
            for (end = first + 1; end < keys.Length && keys[end] == keys[first]; end++)
            {
            }

            if (end == first + 1)
            {
                yield return new(Name(images[order[first]]), "1");
                continue;
            }

            foreach (var (name, count) in order[first..end].CountBy(i => Name(images[i])).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                yield return new(name, count.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static string Name(ImageMeaning image) => $"{image.Image.ContentHash} {image.Labels} {PartNames.Of(image.Image.Part)}";
}
