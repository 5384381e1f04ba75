using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Imaging.Drawing;
using NanoDet.Vision.Preview;

namespace NanoDet.Worker.Preview;

/// <summary>Draws the pictures of a preview from the images of a data set.</summary>
/// <param name="imageFolder">The folder that the paths of the images are relative to.</param>
/// <param name="classes">Class names in label order.</param>
/// <param name="problems">The problems that the plan found, in images or in their label files.</param>
internal sealed class PreviewPictures(string imageFolder, ImmutableArray<string> classes, ImmutableArray<Diagnostic> problems)
{
    // A label file has the name of its image.
    private readonly ILookup<string, Diagnostic> _problems = problems
        .Where(problem => problem.Location is not null)
        .ToLookup(problem => Stem(problem.Location!.Value.File), StringComparer.Ordinal);

    /// <summary>Returns the labelled images, then the augmented copies.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="withCopies">The data set with copies; the same one for none.</param>
    public ImmutableArray<PreviewPicture> Of(Dataset dataset, Dataset withCopies)
    {
        var labelled = dataset.Images.Select(image => image.Path).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. dataset.Images.Select(image => Picture(image, PartNames.Of(image.Part)) with { Problems = [.. _problems[Stem(image.Path)]] }),
            .. withCopies.Images.Where(image => !labelled.Contains(image.Path)).Select(image => Picture(image, "augmented")),
        ];
    }

    private PreviewPicture Picture(DatasetImage image, string part) => new(
        image.Path,
        ProjectPath.Full(imageFolder, image.Path),
        image.Width,
        image.Height,
        part,
        [.. image.Objects.Select(item => new DrawnBox(item.Box, item.Label, classes[item.Label]) { Dashed = item.Ignored })])
    {
        Orientation = image.Orientation,
        ContentHash = image.ContentHash,
    };

    private static string Stem(string path) => Path.GetFileNameWithoutExtension(path[(path.LastIndexOf('/') + 1)..]);
}
