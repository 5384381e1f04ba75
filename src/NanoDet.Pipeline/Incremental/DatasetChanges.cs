using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Incremental;

/// <summary>What differs between two states of a data set, by content: a moved or renamed file is not a difference.</summary>
public sealed record DatasetChanges
{
    /// <summary>Images that are new in the training part.</summary>
    public required ImmutableArray<ImageReference> Added { get; init; }

    /// <summary>Images that the training part no longer has.</summary>
    public required ImmutableArray<ImageReference> Removed { get; init; }

    /// <summary>Images of the training part whose labels changed, or whose content changed under the same name.</summary>
    public required ImmutableArray<ImageReference> Changed { get; init; }

    /// <summary>Changed objects of the training part, as a share of all objects before and now.</summary>
    public required double Share { get; init; }

    /// <summary>Whether the validation part changed.</summary>
    public required bool JudgesChanged { get; init; }

    /// <summary>Whether the training part changed.</summary>
    public bool AnythingLearnt => !Added.IsEmpty || !Removed.IsEmpty || !Changed.IsEmpty;

    /// <summary>Compares two states.</summary>
    public static DatasetChanges Between(Dataset before, Dataset now)
    {
        var removed = Ordered(before, DatasetPart.Train);
        var added = Ordered(now, DatasetPart.Train);
        var pairs = Pair(removed, added, image => image.ContentHash);
        // Images whose content has no partner: an edited image keeps its name.
        var edited = Pair(removed, added, image => image.Path);
        var changed = pairs.Where(pair => !Means(pair.Before, before).Equals(Means(pair.Now, now))).Concat(edited).ToList();
        var all = now.Of(DatasetPart.Train).Sum(Size) + removed.Sum(Size);
        var different = added.Sum(Size) + removed.Sum(Size)
            + changed.Sum(pair => pair.Before.ContentHash == pair.Now.ContentHash ? Difference(pair.Before, before, pair.Now, now) : Size(pair.Now));
        return new DatasetChanges
        {
            Added = References(added),
            Removed = References(removed),
            Changed = References(changed.Select(pair => pair.Now)),
            Share = all == 0 ? 0 : (double)different / all,
            JudgesChanged = !Judges(before).SequenceEqual(Judges(now)),
        };
    }

    /// <summary>Removes the images that have a partner in the other list from both lists.</summary>
    private static List<(DatasetImage Before, DatasetImage Now)> Pair(List<DatasetImage> before, List<DatasetImage> now, Func<DatasetImage, string> key)
    {
        var waiting = before.GroupBy(key).ToDictionary(group => group.Key, group => new Queue<DatasetImage>(group), StringComparer.Ordinal);
        var pairs = new List<(DatasetImage, DatasetImage)>();
        var alone = now.Where(image =>
        {
            var found = waiting.TryGetValue(key(image), out var partners) && partners.TryDequeue(out var partner) ? partner : null;
            if (found is not null)
            {
                pairs.Add((found, image));
            }

            return found is null;
        }).ToList();
        now.Clear();
        now.AddRange(alone);
        before.Clear();
        before.AddRange(waiting.Values.SelectMany(rest => rest).OrderBy(image => image.Path, StringComparer.Ordinal));
        return pairs;
    }

    private static List<DatasetImage> Ordered(Dataset dataset, DatasetPart part) => [.. dataset.Of(part).OrderBy(image => image.Path, StringComparer.Ordinal)];

    private static ContentHash Means(DatasetImage image, Dataset dataset) => LabelFingerprint.Of(image, dataset.Classes);

    private static IEnumerable<string> Judges(Dataset dataset)
        => dataset.Of(DatasetPart.Validation).Select(image => $"{image.ContentHash} {Means(image, dataset)}").Order(StringComparer.Ordinal);

    private static int Size(DatasetImage image) => Math.Max(image.Objects.Length, 1);

    /// <summary>The number of objects that only one of two states of an image has, at least one; a moved box counts once.</summary>
    private static int Difference(DatasetImage before, Dataset datasetBefore, DatasetImage now, Dataset datasetNow)
    {
        var counts = new Dictionary<(string, DatasetObject), int>();
        Count(before, datasetBefore, 1);
        Count(now, datasetNow, -1);
        return Math.Max(1, Math.Max(counts.Values.Where(count => count > 0).Sum(), -counts.Values.Where(count => count < 0).Sum()));

        void Count(DatasetImage image, Dataset dataset, int step)
        {
            foreach (var item in image.Objects)
            {
                var key = (dataset.Classes[item.Label], item with { Label = 0, Difficult = false, Truncated = false });
                counts[key] = counts.GetValueOrDefault(key) + step;
            }
        }
    }

    private static ImmutableArray<ImageReference> References(IEnumerable<DatasetImage> images)
        => [.. images.OrderBy(image => image.Path, StringComparer.Ordinal).Select(image => new ImageReference(image.Path, image.ContentHash))];
}
