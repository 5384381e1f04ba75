using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;
using NanoDet.Data.Parallelism;
using NanoDet.Data.Splitting;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// The parts of images that somebody chose. The item counts first, then lists, then a file with the labels of one part, then
/// folders that are called like parts. What is left is for the hash; and so is everything if names alone would put all images
/// into one part that is not training.
/// </summary>
internal sealed class ChosenParts
{
    private readonly PlanInputs _inputs;
    private readonly IReadOnlySet<string> _ofMany;
    private readonly IReadOnlyList<LabeledImage?> _labels;
    private readonly Func<int, string?> _fileOf;
    private readonly ICollection<Diagnostic> _diagnostics;
    private readonly NamedParts _named;
    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<string, int> _copies;

    /// <param name="inputs">The project's items.</param>
    /// <param name="ofMany">Label files about many images.</param>
    /// <param name="pairing">The labels of each image.</param>
    /// <param name="diagnostics">Takes NDB2003, NDB2004, NDB2008 and NDB2010.</param>
    public ChosenParts(PlanInputs inputs, IReadOnlySet<string> ofMany, LabelPairing pairing, ICollection<Diagnostic> diagnostics)
    {
        (_inputs, _ofMany, _labels, _fileOf, _diagnostics) = (inputs, ofMany, pairing.Labels, pairing.FileOf, diagnostics);
        var paths = inputs.Images.Select(image => image.Path).ToList();
        _named = new NamedParts(paths, inputs.ImageSets.Select(list => new ImageList(ProjectPath.Full(inputs.ProjectFolder, list.Path), list.Path, list.Part)), diagnostics, new(inputs.Annotations, pairing.Find));
        _numbers = paths.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        _copies = paths.Select(OriginalImage.Of).OfType<string>().CountBy(name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>What the split decides from.</summary>
    /// <param name="judged">The images of the data set.</param>
    /// <param name="classes">The classes.</param>
    public ImmutableArray<SplitItem> Of(List<(PlanImage Item, DatasetImage Image)> judged, ClassList classes)
    {
        List<SplitItem> items = [.. ParallelLoop.Map(judged.Count, i => Item(judged[i].Item, judged[i].Image, classes))];
        if (OnlyNamedPart(judged, items) is { } only)
        {
            _diagnostics.Add(SplitDiagnostics.OnePartByName(PartNames.InWords(only), items.Count, Name(judged[0].Item.Path)));
            return [.. items.Select(item => InGroup(item with { Assigned = null }))];
        }

        // Where somebody chose the test part, chance adds nothing to it.
        if (items.Exists(item => item.Assigned == DatasetPart.Test))
        {
            items = items.ConvertAll(item => item with { NeverTest = true });
        }

        // Training and test only: validation is a share of training, as with VOC's trainval.
        return _inputs.Split.Validation > 0 && items.TrueForAll(item => item.Assigned is DatasetPart.Train or DatasetPart.Test)
            ? [.. items.Zip(judged, (item, entry) => item.Assigned == DatasetPart.Train && entry.Item.Part is null ? item with { Assigned = null, NeverTest = true } : item).Select(InGroup)]
            : [.. items.Select(InGroup)];
    }

    private SplitItem Item(PlanImage item, DatasetImage image, ClassList classes)
    {
        var number = _numbers[item.Path];
        var (isListed, named) = _named.Find(number, FileOfMany(_labels[number]));
        return new SplitItem(image.Path, image.ContentHash, Classes(image, classes))
        {
            Group = item.Group,
            Assigned = item.Part ?? PartOfBlock(number, item.Path) ?? named,
            NeverTest = isListed && named is null,
        };
    }

    // Two parts may have one folder of images, or one in the other; then their labels tell them apart, and where the labels have one
    // folder too, or an image has none, the inner folder of images does.
    private DatasetPart? PartOfBlock(int image, string path) => _inputs.Blocks.IsEmpty ? null
        : (_fileOf(image) is { } file ? LabelBlock.PartOf(LabelBlock.OfLabels(_inputs.Blocks, file)) : null) ?? LabelBlock.PartOf(LabelBlock.OfImage(_inputs.Blocks, path));

    private static ImmutableArray<string> Classes(DatasetImage image, ClassList classes) => image.Objects is [var only]
        ? [classes.Names[only.Label]]
        : [.. image.Objects.Select(found => found.Label).Distinct().Select(label => classes.Names[label])];

    /// <summary>The part, other than training, that names of folders and label files give all images.</summary>
    private DatasetPart? OnlyNamedPart(List<(PlanImage Item, DatasetImage Image)> judged, List<SplitItem> items)
        => items is [{ Assigned: (not (null or DatasetPart.Train)) and { } part }, ..]
            && items.TrueForAll(item => item.Assigned == part)
            && judged.TrueForAll(entry => entry.Item.Part is null && !_named.Find(_numbers[entry.Item.Path], null).IsListed) ? part : null;

    /// <summary>What is called like a part: the label file or the folder of an image.</summary>
    private string Name(string image) => FileOfMany(_labels[_numbers[image]]) is { } file && PartFolders.OfFile(file) is not null ? file : StoredFolder.Of(image);

    private string? FileOfMany(LabeledImage? labels) => labels?.Location?.File is { } file && _ofMany.Contains(file) ? file : null;

    /// <summary>Copies of one original stay together where the hash decides.</summary>
    private SplitItem InGroup(SplitItem item)
        => item.Group is null && item.Assigned is null && OriginalImage.Of(item.Path) is { } original && _copies[original] > 1 ? item with { Group = original } : item;
}
