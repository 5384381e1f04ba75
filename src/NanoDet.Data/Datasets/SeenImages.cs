using System.Globalization;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Parallelism;

namespace NanoDet.Data.Datasets;

/// <summary>Images as training sees them, without their names: picture, labels and part, and how many are equal in these.</summary>
public static class SeenImages
{
    private const int KeyDigits = 2 * sizeof(ulong);

    /// <summary>
    /// One hash over images in whatever order, and over settings: those of a fingerprint with one entry for each image that differs
    /// from all others, named after it, whose value is the number of its equals.
    /// </summary>
    /// <param name="images">The images.</param>
    /// <param name="settings">What counts beside them; named in words, so that all are ordered behind the images.</param>
    /// <returns>SHA-256, 64 lower-case hexadecimal digits.</returns>
    public static string HashOf(ImageMeaning[] images, IEnumerable<FingerprintEntry> settings)
    {
        using var hash = new EntryHash();

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
                hash.Append(Name(images[order[first]]), "1");
                continue;
            }

            foreach (var (name, count) in order[first..end].CountBy(i => string.Concat(Name(images[i]))).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                hash.Append([name], count.ToString(CultureInfo.InvariantCulture));
            }
        }

        foreach (var setting in settings.OrderBy(setting => setting.Name, StringComparer.Ordinal))
        {
            hash.Append(setting);
        }

        return hash.End();
    }

    private static string[] Name(ImageMeaning image) => [image.Image.ContentHash, " ", image.Labels.ToString(), " ", PartNames.Of(image.Image.Part)];
}
