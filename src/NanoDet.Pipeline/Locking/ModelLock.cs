using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Incremental;

namespace NanoDet.Pipeline.Locking;

/// <summary>What a model was made from, for a file that is committed: <c>nanodet.lock.json</c>.</summary>
public sealed record ModelLock
{
    private const int KnownVersion = 1;

    /// <summary>Version of the file format.</summary>
    public required int Version { get; init; }

    /// <summary>The model that was made; null in a lock of a build that has not made one yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LockedModel? Model { get; init; }

    /// <summary>The classes in label order.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>Everything that training depends on except the data, by name; includes the version of the tool.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init => field = value.WithComparers(StringComparer.Ordinal); }

    /// <summary>Part, content and labels of each image, by its stored path.</summary>
    public required ImmutableSortedDictionary<string, LockedImage> Images { get; init => field = value.WithComparers(StringComparer.Ordinal); }

    /// <summary>Whether the version of the file is supported and no string in it is missing.</summary>
    internal bool IsWhole => Version == KnownVersion && !Classes.Contains(null!) && !Settings.ContainsValue(null!);

    /// <summary>Returns the lock of a training.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="train">The inputs of the stage <c>train</c>.</param>
    public static ModelLock Of(DatasetMeaning data, Fingerprint train) => new()
    {
        Version = KnownVersion,
        Classes = data.Dataset.Classes,
        Settings = TrainingSettings.Of(train),
        Images = data.Images.ToImmutableSortedDictionary(image => image.Image.Path, LockedImage.Of, StringComparer.Ordinal),
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
        var unknown = Others(now.Images, Images);
        var missing = Others(Images, now.Images)
            .GroupBy(image => image.Value).ToDictionary(group => group.Key, group => new Queue<string>(group.Select(image => image.Key)));
        foreach (var (path, image) in unknown.Where(image => !(missing.TryGetValue(image.Value, out var moved) && moved.TryDequeue(out _))).ToList())
        {
            differences.Add(Images.TryGetValue(path, out var before) ? $"{string.Join(" and ", before.DifferencesTo(image))} of {path} changed" : $"{path} is not in the lock file");
        }

        differences.AddRange(missing.Values.SelectMany(paths => paths).Where(path => !now.Images.ContainsKey(path)).Order(StringComparer.Ordinal).Select(path => $"{path} is missing"));
        return differences;
    }

    /// <summary>Whether an image is in another part, and the same otherwise.</summary>
    /// <param name="now">The lock of the current inputs.</param>
    public bool HasOtherPartsThan(ModelLock now)
        => Images.Any(image => now.Images.TryGetValue(image.Key, out var other) && image.Value.DifferencesTo(other).SequenceEqual(["part"]));

    private static List<KeyValuePair<string, LockedImage>> Others(ImmutableSortedDictionary<string, LockedImage> images, ImmutableSortedDictionary<string, LockedImage> than)
        => [.. images.Where(image => !than.TryGetValue(image.Key, out var other) || other != image.Value)];
}
