using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Augmentation;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Splitting;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>What each stage depends on, as the readable entries of its fingerprint.</summary>
internal static class StageInputs
{
    /// <summary>Split: who is in the data set, what the user asked for, and where everyone went.</summary>
    public static Stage Split(SplitOptions options, ImmutableArray<SplitItem> items, Dataset dataset) => new("split", new Fingerprint(
    [
        Tool,
        new("NanoDetSeed", Text(options.Seed)),
        new("NanoDetTestSplit", Text(options.Test)),
        new("NanoDetValidationSplit", Text(options.Validation)),
        .. items.Zip(dataset.Images).Select(pair => ImageInput.Entry(
            pair.First.Path,
            pair.First.ContentHash,
            ("classes", string.Join(',', pair.First.Classes)),
            ("group", pair.First.Group),
            ("part", PartNames.Of(pair.Second.Part)))),
    ]));

    /// <summary>Convert: the pictures' names, and the meaning of their labels.</summary>
    public static Stage Convert(Dataset dataset, ImmutableArray<ContentHash> labels) => new("convert", new Fingerprint(
    [
        Tool,
        Classes(dataset),
        .. dataset.Images.Zip(labels).Select(pair => ImageInput.Entry(
            pair.First.Path, pair.First.ContentHash, ("labels", ImageInput.Short(pair.Second)), ("part", PartNames.Of(pair.First.Part)))),
    ]));

    /// <summary>
    /// Augment: how, and the pictures by name, for copies are named after theirs; those that are not augmented too, because the
    /// file that training reads holds all.
    /// </summary>
    public static Stage Augment(Dataset dataset, ImmutableArray<ContentHash> labels, AugmentationRecipe recipe, long seed) => new("augment", new Fingerprint(
    [
        Tool,
        .. Recipe(recipe, seed),
        Classes(dataset),
        .. dataset.Images.Zip(labels).Select(pair => ImageInput.Entry(
            pair.First.Path,
            pair.First.ContentHash,
            ("labels", ImageInput.Short(pair.Second) + Flags(pair.First)),
            ("part", PartNames.Of(pair.First.Part)))),
    ]));

    /// <summary>
    /// The data set as training sees it: no path is in it, so that a renamed picture or folder trains nothing anew, and no image
    /// of the test part. Those that validate are in it, for they decide which epoch's weights are the result.
    /// </summary>
    public static Fingerprint Training(Dataset dataset, ImmutableArray<ContentHash> labels, AugmentationRecipe? recipe, long seed) => new(
    [
        Classes(dataset),
        .. recipe is null ? [] : Recipe(recipe, seed),
        .. dataset.Images.Zip(labels)
            .Where(pair => pair.First.Part != DatasetPart.Test)
            .Select(pair => $"{pair.First.ContentHash} {pair.Second} {PartNames.Of(pair.First.Part)}")
            .GroupBy(image => image)
            .Select(copies => new FingerprintEntry(copies.Key, Text(copies.Count()))),
    ]);

    /// <summary>Train: the data, the effective configuration, and what decides about the last bits.</summary>
    public static Stage Train(
        Dataset dataset, Fingerprint data, AugmentationRecipe? recipe, long seed, ReadOnlyMemory<byte> configuration, ContentHash? pretrained, ModelInputs model) => new("train", new Fingerprint(
    [
        Tool,
        new("NanoDetDevice", model.Device),
        .. model.Instructions is { } instructions ? [new FingerprintEntry("NanoDetInstructions", instructions)] : Array.Empty<FingerprintEntry>(),
        new("NanoDetThreads", Text(model.Threads)),
        new(TrainingSettings.Policy, model.Incremental.Policy.ToString().ToLowerInvariant()),
        DataEntry(dataset, data),
        .. recipe is null ? [] : Recipe(recipe, seed),
        .. ConfigurationEntries.Of(configuration),
        .. pretrained is { } weights ? [new FingerprintEntry("the content of the pretrained weights", weights.ToString())] : Array.Empty<FingerprintEntry>(),
    ]));

    /// <summary>Export: the training, and how it is written down.</summary>
    public static Stage Export(Stage train, ModelInputs model) => new("export", new Fingerprint(
    [
        Tool,
        new("NanoDetModelLicense", model.License),
        new("NanoDetPrecision", model.Precision),
        new("Version", model.Version),
        new("the training", train.Inputs.Hash),
    ]));

    /// <summary>Evaluate: the exported model, and the images that judge it, by name too, for the names are on the sheet.</summary>
    public static Stage Evaluate(Stage export, Dataset dataset, ImmutableArray<ContentHash> labels, ModelInputs model) => new("evaluate", new Fingerprint(
    [
        Tool,
        new("NanoDetThreads", Text(model.Threads)),
        new("the exported model", export.Inputs.Hash),
        .. dataset.Images.Zip(labels).Where(pair => pair.First.Part != DatasetPart.Train).Select(pair => ImageInput.Entry(
            pair.First.Path, pair.First.ContentHash, ("labels", ImageInput.Short(pair.Second)), ("part", PartNames.Of(pair.First.Part)))),
    ]));

    private static FingerprintEntry DataEntry(Dataset dataset, Fingerprint data)
    {
        var seen = dataset.Images.Where(image => image.Part != DatasetPart.Test).ToList();
        return new(TrainingSettings.Data, $"{seen.Count} images with {seen.Sum(image => image.Objects.Length)} objects, {data.Hash}");
    }

    private static FingerprintEntry[] Recipe(AugmentationRecipe recipe, long seed)
        => [new("the augmentation", AugmentationKey.Of(recipe)), new("the seed of the augmentation", Text(seed))];

    // What copies carry on and training does not see.
    private static string? Flags(DatasetImage image) => image.Objects.Any(item => item.Difficult || item.Truncated)
        ? string.Concat(image.Objects.Select(item => (item.Difficult, item.Truncated) switch
        {
            (true, true) => 'b',
            (true, false) => 'd',
            (false, true) => 't',
            _ => '-',
        }))
        : null;

    private static FingerprintEntry Tool => new("the version of NanoDet.Build", ToolVersion.Current);

    private static FingerprintEntry Classes(Dataset dataset) => new("the list of classes", string.Join(", ", dataset.Classes));

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
