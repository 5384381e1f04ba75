using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Incremental;

namespace NanoDet.Pipeline.Locking;

/// <summary>What a model was made from, for a file that is committed: <c>nanodet.lock.json</c>.</summary>
public sealed record ModelLock
{
    /// <summary>Enough bits to distinguish any two images, at half the length, because there is a line for every image.</summary>
    private const int HashDigits = 32;

    /// <summary>The classes in label order.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>Everything that training depends on except the data, by name; includes the version of the tool.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>Part, content and labels of each image, by its stored path.</summary>
    public required ImmutableSortedDictionary<string, string> Images { get; init; }

    /// <summary>The model that was made; null in a lock of a build that has not made one yet.</summary>
    public LockedModel? Model { get; init; }

    /// <summary>Returns the lock of a training.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="train">The inputs of the stage <c>train</c>.</param>
    public static ModelLock Of(Dataset dataset, Fingerprint train) => new()
    {
        Classes = dataset.Classes,
        Settings = TrainingSettings.Of(train),
        Images = dataset.Images.ToImmutableSortedDictionary(image => image.Path, image => Entry(image, dataset.Classes), StringComparer.Ordinal),
    };

    /// <summary>Returns the differences, in words and in a stable order; an image that was only moved is not a difference.</summary>
    /// <param name="now">The lock of the current inputs.</param>
    public IReadOnlyList<string> DifferencesTo(ModelLock now)
    {
        var differences = new List<string>();
        if (!Classes.SequenceEqual(now.Classes))
        {
            differences.Add($"the classes are {string.Join(", ", now.Classes)} instead of {string.Join(", ", Classes)}");
        }

        differences.AddRange(TrainingSettings.Differences(Settings, now.Settings).Where(setting => setting.Name != "classNames").Select(setting => setting.Words));
        var unknown = now.Images.Where(image => Images.GetValueOrDefault(image.Key) != image.Value).ToList();
        var missing = Images.Where(image => now.Images.GetValueOrDefault(image.Key) != image.Value)
            .GroupBy(image => image.Value).ToDictionary(group => group.Key, group => new Queue<string>(group.Select(image => image.Key)));
        foreach (var (path, entry) in unknown.Where(image => !(missing.TryGetValue(image.Value, out var moved) && moved.TryDequeue(out _))).ToList())
        {
            differences.Add(Images.TryGetValue(path, out var before) ? Change(path, before, entry) : $"{path} is not in the lock file");
        }

        differences.AddRange(missing.Values.SelectMany(paths => paths).Where(path => !now.Images.ContainsKey(path)).Order(StringComparer.Ordinal).Select(path => $"{path} is missing"));
        return differences;
    }

    private static string Change(string path, string before, string now)
    {
        string[] names = ["part", "content", "labels"];
        var changed = before.Split(' ').Zip(now.Split(' '), names).Where(facet => facet.First != facet.Second).Select(facet => facet.Third);
        return $"{string.Join(" and ", changed)} of {path} changed";
    }

    private static string Entry(DatasetImage image, ImmutableArray<string> classes)
        => $"{PartNames.Of(image.Part)} {image.ContentHash[..HashDigits]} {LabelFingerprint.Of(image, classes).ToString()[..HashDigits]}";
}
