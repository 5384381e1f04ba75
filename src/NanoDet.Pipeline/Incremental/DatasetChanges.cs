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
    public static DatasetChanges Between(DatasetMeaning before, DatasetMeaning now)
    {
        var removed = Ordered(before, DatasetPart.Train);
        var added = Ordered(now, DatasetPart.Train);
        var present = added.Sum(Size);
        var pairs = Pair(removed, added, image => image.Image.ContentHash);
        // Images whose content has no partner: an edited image keeps its name.
        var edited = Pair(removed, added, image => image.Image.Path);
        var all = present + removed.Sum(Size);
        var corrected = pairs.Where(pair => pair.Before.Labels != pair.Now.Labels).ToList();
        var different = added.Sum(Size) + removed.Sum(Size) + edited.Sum(pair => Size(pair.Now))
            + corrected.Sum(pair => Difference(pair.Before.Image, before.Dataset, pair.Now.Image, now.Dataset));
        return new DatasetChanges
        {
            Added = References(added),
            Removed = References(removed),
            Changed = References([.. corrected.Concat(edited).Select(pair => pair.Now)]),
            Share = all == 0 ? 0 : (double)different / all,
            JudgesChanged = !Judges(before).SequenceEqual(Judges(now)),
        };
    }

    /// <summary>Removes the images that have a partner in the other list from both lists.</summary>
    private static List<(ImageMeaning Before, ImageMeaning Now)> Pair(List<ImageMeaning> before, List<ImageMeaning> now, Func<ImageMeaning, string> key)
    {
        var waiting = before.GroupBy(key).ToDictionary(group => group.Key, group => new Queue<ImageMeaning>(group), StringComparer.Ordinal);
        var pairs = new List<(ImageMeaning, ImageMeaning)>();
        now.RemoveAll(image =>
        {
            var found = waiting.TryGetValue(key(image), out var partners) && partners.TryDequeue(out var partner) ? partner : default(ImageMeaning?);
            if (found is { } other)
            {
                pairs.Add((other, image));
            }

            return found is not null;
        });
        before.Clear();
        before.AddRange(waiting.Values.SelectMany(rest => rest).OrderBy(image => image.Image.Path, StringComparer.Ordinal));
        return pairs;
    }

    private static List<ImageMeaning> Ordered(DatasetMeaning data, DatasetPart part) => [.. data.Of(part).OrderBy(image => image.Image.Path, StringComparer.Ordinal)];

    private static IEnumerable<(string Picture, ContentHash Labels)> Judges(DatasetMeaning data) => data.Of(DatasetPart.Validation)
        .Select(image => (image.Image.ContentHash, image.Labels)).OrderBy(image => image.ContentHash, StringComparer.Ordinal).ThenBy(image => image.Labels.ToString(), StringComparer.Ordinal);

    private static int Size(ImageMeaning image) => Math.Max(image.Image.Objects.Length, 1);

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

    private static ImmutableArray<ImageReference> References(List<ImageMeaning> images)
        => [.. images.Select(image => image.Image).OrderBy(image => image.Path, StringComparer.Ordinal).Select(image => new ImageReference(image.Path, image.ContentHash))];
}
