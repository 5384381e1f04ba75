using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using NanoDet.Data.Augmentation;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Linting;
using NanoDet.Data.Parallelism;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>What each stage that a project wants depends on, as the readable entries of its fingerprint.</summary>
internal sealed class StageInputs
{
    private readonly PlanInputs _project;
    private readonly AssembledData _data;
    private readonly ImmutableArray<ImageEntry> _images;
    private readonly FingerprintEntry _classes;
    private readonly ImmutableArray<FingerprintEntry> _recipe;
    private readonly Stage _split;
    private readonly Stage _convert;

    /// <summary>Takes what the stages are made from.</summary>
    /// <param name="project">What the project says.</param>
    /// <param name="data">The data.</param>
    public StageInputs(PlanInputs project, AssembledData data)
    {
        (_project, _data) = (project, data);
        _images = Entries(i => Entry(data.Meaning.Images[i]));
        _classes = new("the list of classes", string.Join(", ", data.Meaning.Dataset.Classes));
        _recipe = project.Augmentation is { } recipe
            ? [new("the augmentation", AugmentationKey.Of(recipe)), new("the seed of the augmentation", Text(project.Split.Seed))]
            : [];
        var (ofTraining, split, convert) = (default(string), default(Stage), default(Stage));
        ParallelLoop.Run(
            () => ofTraining = SeenImages.HashOf([.. Seen()], _recipe.Add(_classes)),
            () => split = Split(),
            () => convert = Convert());
        DataOfTraining = ofTraining!;
        (_split, _convert) = (split!, convert!);
    }

    /// <summary>
    /// Hash over the data set as training sees it: no path is in it, so that a renamed picture or folder trains nothing anew, and no image
    /// of the test part. Those that validate are in it, for they decide which epoch's weights are the result.
    /// </summary>
    public string DataOfTraining { get; }

    /// <summary>The stages, in the order in which they run.</summary>
    public ImmutableArray<Stage> All()
    {
        var stages = ImmutableArray.CreateBuilder<Stage>();
        stages.AddRange(_split, _convert);
        if (!_recipe.IsEmpty)
        {
            stages.Add(Augment());
        }

        if (_project.Model is { } model)
        {
            var train = Train(model);
            var export = Export(train, model);
            stages.AddRange(train, export, Evaluate(export, model));
            if (model.Lint is { } way)
            {
                stages.Add(Lint(export, model, way));
            }
        }

        return stages.DrainToImmutable();
    }

    // Without a copy: there may be a million.
    private ImmutableArray<ImageEntry> Entries(Func<int, ImageEntry> entry)
        => ImmutableCollectionsMarshal.AsImmutableArray(ParallelLoop.Map(_data.Meaning.Images.Length, entry));

    private static ImageEntry Entry(ImageMeaning image)
        => new(image.Image.Path, image.ShortPicture) { Labels = image.ShortLabels, Part = PartNames.Of(image.Image.Part) };

    /// <summary>Who is in the data set, what the user asked for, and where everyone went.</summary>
    private Stage Split() => new("split", new Fingerprint(
        [Tool, new("NanoDetSeed", Text(_project.Split.Seed)), new("NanoDetTestSplit", Text(_project.Split.Test)), new("NanoDetValidationSplit", Text(_project.Split.Validation))],
        Entries(i => _images[i] with { Labels = null, Classes = string.Join(',', _data.SplitItems[i].Classes), Group = _data.SplitItems[i].Group })));

    /// <summary>The pictures' names, and the meaning of their labels.</summary>
    private Stage Convert() => new("convert", new Fingerprint([Tool, _classes], _images));

    /// <summary>
    /// How, and the pictures by name, for copies are named after theirs; those that are not augmented too, because the file that
    /// training reads holds all.
    /// </summary>
    private Stage Augment() => new("augment", new Fingerprint(
        [Tool, .. _recipe, _classes],
        Entries(i => _images[i] with { Labels = _images[i].Labels + Flags(_data.Meaning.Dataset.Images[i]) })));

    /// <summary>The data, the effective configuration, and what decides about the last bits.</summary>
    private Stage Train(ModelInputs model) => new("train", new Fingerprint(
    [
        Tool,
        new("NanoDetDevice", model.Device),
        .. Optional("NanoDetInstructions", model.Instructions),
        .. Optional("NanoDetTf32", model.Tf32 is { } tf32 ? tf32 ? "true" : "false" : null),
        new("NanoDetThreads", Text(model.Threads)),
        .. Optional("NanoDetTrainingPrecision", model.TrainingPrecision),
        new(TrainingSettings.Policy, model.Incremental.Policy.ToString().ToLowerInvariant()),
        TrainingSettings.DataEntry(Seen().Count(), Seen().Sum(image => image.Image.Objects.Length), DataOfTraining),
        .. _recipe,
        .. ConfigurationEntries.Of(_data.Configuration),
        .. Optional("the content of the pretrained weights", _data.Weights.Pretrained?.ToString()),
        .. Optional("the content of the backbone's weights", _data.Weights.Backbone?.ToString()),
    ]));

    /// <summary>The training, and how it is written down.</summary>
    private static Stage Export(Stage train, ModelInputs model) => new("export", new Fingerprint(
    [
        Tool,
        .. Optional("NanoDetExportBatch", model.Batch),
        .. Optional("NanoDetExportDetections", model.Detections ? "true" : null),
        new("NanoDetModelLicense", model.License),
        new("NanoDetPrecision", model.Precision),
        new("Version", model.Version),
        new("the training", train.Inputs.Hash),
    ]));

    /// <summary>The exported model, the images that judge it, by name too, for the names are on the sheet, and the threshold of the sheet.</summary>
    private Stage Evaluate(Stage export, ModelInputs model) => new("evaluate", new Fingerprint(
        [
            Tool,
            .. Optional("NanoDetScoreThreshold", model.ScoreThreshold is { } threshold ? Text(threshold) : null),
            new("NanoDetThreads", Text(model.Threads)),
            new("the exported model", export.Inputs.Hash),
        ],
        [.. _images.Where(image => image.Part != PartNames.Of(DatasetPart.Train))]));

    /// <summary>The models that look at the labels, and all images, by name too, for the findings are about files.</summary>
    private Stage Lint(Stage export, ModelInputs model, LintWay way) => new("lint", new Fingerprint(
    [
        Tool,
        .. Optional("NanoDetLintConfidence", model.LintConfidences.OfCodes.IsEmpty ? null : model.LintConfidences.ToString()),
        new("NanoDetThreads", Text(model.Threads)),
        new("the models that look at the labels", way == LintWay.Folds && Folds.Suit(_data.Meaning.Dataset) ? "one for each half of the images" : "the exported model"),
        new("the exported model", export.Inputs.Hash),
    ],
    _images));

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
