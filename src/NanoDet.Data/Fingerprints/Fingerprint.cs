using System.Collections.Immutable;

namespace NanoDet.Data.Fingerprints;

/// <summary>
/// What something was made from: one hash to compare, and the readable entries that it is computed from, so that
/// "why does it run again?" has an answer.
/// </summary>
public sealed class Fingerprint
{
    /// <summary>Makes the fingerprint of settings and images; their order does not matter.</summary>
    /// <param name="entries">The settings.</param>
    /// <param name="images">The images; none where it is left out.</param>
    /// <exception cref="ArgumentException">Two settings have the same name, or two images the same path.</exception>
    public Fingerprint(IEnumerable<FingerprintEntry> entries, ImmutableArray<ImageEntry> images = default)
    {
        Entries = InOrder([.. entries], entry => entry.Name);
        Images = images.IsDefaultOrEmpty ? [] : InOrder(images, image => image.Path);
        using var hash = new EntryHash();
        var settingsBefore = Entries.Count(entry => string.CompareOrdinal(entry.Name, EntryHash.ImagePrefix) < 0);
        foreach (var entry in Entries.AsSpan(0, settingsBefore))
        {
            hash.Append(entry);
        }

        foreach (ref readonly var image in Images.AsSpan())
        {
            hash.Append(image);
        }

        foreach (var entry in Entries.AsSpan(settingsBefore, Entries.Length - settingsBefore))
        {
            hash.Append(entry);
        }

        Hash = hash.End();
    }

    /// <summary>SHA-256 over all entries and images, 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The settings, ordered by name.</summary>
    public ImmutableArray<FingerprintEntry> Entries { get; }

    /// <summary>The images, ordered by path.</summary>
    public ImmutableArray<ImageEntry> Images { get; }

    /// <summary>The settings that differ from those of an earlier fingerprint, ordered by name.</summary>
    public IEnumerable<FingerprintChange> ChangesSince(Fingerprint earlier) => Differences(earlier.Entries, Entries, entry => entry.Name)
        .Select(change => new FingerprintChange((change.Before ?? change.Now)!.Value.Name, change.Before?.Value, change.Now?.Value));

    /// <summary>The images that differ from those of an earlier fingerprint, ordered by path; null on the side that has none of it.</summary>
    public IEnumerable<(ImageEntry? Before, ImageEntry? Now)> ImageChangesSince(Fingerprint earlier) => Differences(earlier.Images, Images, image => image.Path);

    private static IEnumerable<(T? Before, T? Now)> Differences<T>(ImmutableArray<T> before, ImmutableArray<T> now, Func<T, string> name)
        where T : struct, IEquatable<T>
    {
        int i = 0, j = 0;
        while (i < before.Length || j < now.Length)
        {
            var order = i == before.Length ? 1
                : j == now.Length ? -1
                : string.CompareOrdinal(name(before[i]), name(now[j]));
            T? old = order <= 0 ? before[i++] : null;
            T? present = order >= 0 ? now[j++] : null;
            if (order != 0 || !old!.Value.Equals(present!.Value))
            {
                yield return (old, present);
            }
        }
    }

    // A hundred thousand images are already sorted.
    private static ImmutableArray<T> InOrder<T>(ImmutableArray<T> items, Func<T, string> name)
    {
        if (FirstNotAfterAnother() < items.Length)
        {
            items = items.Sort((x, y) => string.CompareOrdinal(name(x), name(y)));
        }

        return FirstNotAfterAnother() is var same && same >= items.Length ? items : throw new ArgumentException($"two entries are named '{name(items[same])}'");

        int FirstNotAfterAnother()
        {
            var i = 1;
            while (i < items.Length && string.CompareOrdinal(name(items[i - 1]), name(items[i])) < 0)
            {
                i++;
            }

            return i;
        }
    }
}
