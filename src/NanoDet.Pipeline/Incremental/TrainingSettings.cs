using System.Collections.Immutable;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Incremental;

/// <summary>What a training depends on besides its data, by name.</summary>
public static class TrainingSettings
{
    /// <summary>Name of the entry for the data.</summary>
    public const string Data = "the data";

    /// <summary>Name of the entry for the policy about changed data.</summary>
    public const string Policy = "NanoDetIncremental";

    // The classes of the data sets are compared by name, and the policy is no property of the weights.
    private static readonly ImmutableHashSet<string> ComparedOtherwise =
        [Policy, "classNames", "model.auxiliaryHead.numClasses", "model.head.numClasses"];

    // The guidance module is a part of every network that can have one; this only says how long it is used.
    private const string GuidanceEpochs = "model.guidanceEpochs";

    /// <summary>What stands for the data: its size in words, and its hash.</summary>
    /// <param name="images">Number of images.</param>
    /// <param name="objects">Number of objects.</param>
    /// <param name="hash">Hash of the data as training sees it.</param>
    public static FingerprintEntry DataEntry(int images, int objects, string hash) => new(Data, $"{images} images with {objects} objects, {hash}");

    /// <summary>The size in words in the value of a <see cref="DataEntry"/>.</summary>
    public static string SizeOf(string data) => data.Split(", ")[0];

    /// <summary>The hash of the data, with its size in words, in the inputs of a training.</summary>
    public static string DataOf(Fingerprint inputs) => inputs.Entries.First(entry => entry.Name == Data).Value;

    /// <summary>The settings in the inputs of a training.</summary>
    public static ImmutableSortedDictionary<string, string> Of(Fingerprint inputs) => inputs.Entries
        .Where(entry => entry.Name != Data)
        .ToImmutableSortedDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);

    /// <summary>Whether weights that were trained with one value do not fit a network with another.</summary>
    public static bool ShapesNetwork(string name)
        => name.StartsWith("model.", StringComparison.Ordinal) && name != GuidanceEpochs && !ComparedOtherwise.Contains(name);

    /// <summary>Returns the settings that the project changed, each with a sentence, and not those that differ only because the data does.</summary>
    /// <param name="before">The settings of the last model.</param>
    /// <param name="now">The present ones.</param>
    /// <param name="nowWithDataBefore">What the project would have now if its data were still those of the last model.</param>
    public static IEnumerable<(string Name, string Words)> Changed(
        ImmutableSortedDictionary<string, string> before, ImmutableSortedDictionary<string, string> now, ImmutableSortedDictionary<string, string> nowWithDataBefore)
        => Differences(before, now).Where(setting => !ComparedOtherwise.Contains(setting.Name)
            && before.GetValueOrDefault(setting.Name) != nowWithDataBefore.GetValueOrDefault(setting.Name));

    /// <summary>Returns the settings that differ, ordered by name, each with a sentence.</summary>
    public static IEnumerable<(string Name, string Words)> Differences(
        ImmutableSortedDictionary<string, string> before, ImmutableSortedDictionary<string, string> now)
        => SettingChanges.Of(
            [
                .. before.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                    .Select(name => new FingerprintChange(name, before.GetValueOrDefault(name), now.GetValueOrDefault(name)))
                    .Where(change => change.Before != change.After),
            ])
            .Select(change => (change.Name, change switch
            {
                { After: null } => $"{change.Name} is no longer set",
                { Before: null } => $"{change.Name} is now {change.After}",
                _ => $"{change.Name} changed from {change.Before} to {change.After}",
            }));
}
