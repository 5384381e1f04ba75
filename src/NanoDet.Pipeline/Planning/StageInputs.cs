using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Augmentation;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>What each stage that a project wants depends on, as the readable entries of its fingerprint.</summary>
internal sealed class StageInputs
{
    private readonly PlanInputs _project;
    private readonly AssembledData _data;
    private readonly ReadOnlyMemory<byte> _configuration;
    private readonly ImmutableArray<ImageEntry> _images;
    private readonly FingerprintEntry _classes;
    private readonly ImmutableArray<FingerprintEntry> _recipe;

    /// <summary>Takes what the stages are made from.</summary>
    /// <param name="project">What the project says.</param>
    /// <param name="data">The data.</param>
    /// <param name="configuration">The bytes of the effective configuration.</param>
    public StageInputs(PlanInputs project, AssembledData data, ReadOnlyMemory<byte> configuration)
    {
        (_project, _data, _configuration) = (project, data, configuration);
        _images = [.. data.Meaning.Images.Select(image => new ImageEntry(image.Image.Path, image.ShortPicture) { Labels = image.ShortLabels, Part = PartNames.Of(image.Image.Part) })];
        _classes = new("the list of classes", string.Join(", ", data.Meaning.Dataset.Classes));
        _recipe = project.Augmentation is { } recipe
            ? [new("the augmentation", AugmentationKey.Of(recipe)), new("the seed of the augmentation", Text(project.Split.Seed))]
            : [];
        DataOfTraining = new(
        [
            _classes,
            .. _recipe,
            .. Counted([.. Seen().Select(image => $"{image.Image.ContentHash} {image.Labels} {PartNames.Of(image.Image.Part)}")]),
        ]);
    }

    /// <summary>
    /// The data set as training sees it: no path is in it, so that a renamed picture or folder trains nothing anew, and no image
    /// of the test part. Those that validate are in it, for they decide which epoch's weights are the result.
    /// </summary>
    public Fingerprint DataOfTraining { get; }

    /// <summary>The stages, in the order in which they run.</summary>
    public ImmutableArray<Stage> All()
    {
        var stages = ImmutableArray.CreateBuilder<Stage>();
        stages.AddRange(Split(), Convert());
        if (!_recipe.IsEmpty)
        {
            stages.Add(Augment());
        }

        if (_project.Model is { } model)
        {
            var train = Train(model);
            var export = Export(train, model);
            stages.AddRange(train, export, Evaluate(export, model));
        }

        return stages.DrainToImmutable();
    }

    /// <summary>Who is in the data set, what the user asked for, and where everyone went.</summary>
    private Stage Split() => new("split", new Fingerprint(
        [Tool, new("NanoDetSeed", Text(_project.Split.Seed)), new("NanoDetTestSplit", Text(_project.Split.Test)), new("NanoDetValidationSplit", Text(_project.Split.Validation))],
        [.. _images.Zip(_data.SplitItems, (image, item) => image with { Labels = null, Classes = string.Join(',', item.Classes), Group = item.Group })]));

    /// <summary>The pictures' names, and the meaning of their labels.</summary>
    private Stage Convert() => new("convert", new Fingerprint([Tool, _classes], _images));

    /// <summary>
    /// How, and the pictures by name, for copies are named after theirs; those that are not augmented too, because the file that
    /// training reads holds all.
    /// </summary>
    private Stage Augment() => new("augment", new Fingerprint(
        [Tool, .. _recipe, _classes],
        [.. _images.Zip(_data.Meaning.Dataset.Images, (image, labels) => image with { Labels = image.Labels + Flags(labels) })]));

    /// <summary>The data, the effective configuration, and what decides about the last bits.</summary>
    private Stage Train(ModelInputs model) => new("train", new Fingerprint(
    [
        Tool,
        new("NanoDetDevice", model.Device),
        .. Optional("NanoDetInstructions", model.Instructions),
        new("NanoDetThreads", Text(model.Threads)),
        new(TrainingSettings.Policy, model.Incremental.Policy.ToString().ToLowerInvariant()),
        TrainingSettings.DataEntry(Seen().Count(), Seen().Sum(image => image.Image.Objects.Length), DataOfTraining.Hash),
        .. _recipe,
        .. ConfigurationEntries.Of(_configuration),
        .. Optional("the content of the pretrained weights", _data.Weights?.ToString()),
    ]));

    /// <summary>The training, and how it is written down.</summary>
    private static Stage Export(Stage train, ModelInputs model) => new("export", new Fingerprint(
    [
        Tool,
        new("NanoDetModelLicense", model.License),
        new("NanoDetPrecision", model.Precision),
        new("Version", model.Version),
        new("the training", train.Inputs.Hash),
    ]));

    /// <summary>The exported model, and the images that judge it, by name too, for the names are on the sheet.</summary>
    private Stage Evaluate(Stage export, ModelInputs model) => new("evaluate", new Fingerprint(
        [Tool, new("NanoDetThreads", Text(model.Threads)), new("the exported model", export.Inputs.Hash)],
        [.. _images.Where(image => image.Part != PartNames.Of(DatasetPart.Train))]));

    // Sorted first: of a million, a table of groups takes longer than everything else that is done with them.
    private static IEnumerable<FingerprintEntry> Counted(string[] images)
    {
        Array.Sort(images, StringComparer.Ordinal);
        for (int first = 0, end; first < images.Length; first = end)
        {
            for (end = first + 1; end < images.Length && images[end] == images[first]; end++)
            {
            }

            yield return new(images[first], Text(end - first));
        }
    }

    private IEnumerable<ImageMeaning> Seen() => _data.Meaning.Images.Where(image => image.Image.Part != DatasetPart.Test);

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

    private static IEnumerable<FingerprintEntry> Optional(string name, string? value) => value is null ? [] : [new(name, value)];

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
