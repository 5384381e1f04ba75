using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Labels;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>Between the data set and its copies: what is augmented of it, and what it becomes with them.</summary>
public static class AugmentedDataset
{
    /// <summary>The pictures to make copies of: those that are learnt from.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="imageFolder">The folder that its paths are relative to.</param>
    public static ImmutableArray<SourcePicture> Sources(Dataset dataset, string imageFolder) =>
    [
        .. dataset.Of(DatasetPart.Train).Select(image => new SourcePicture(
            image.Path, ProjectPath.Full(imageFolder, image.Path), image.ContentHash, image.Width, image.Height, Labels(image, dataset.Classes))
        {
            Orientation = image.Orientation,
        }),
    ];

    /// <summary>The data set with the copies in its training part, as training takes it.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="copies">The copies of its pictures.</param>
    /// <param name="folder">The folder of the copies, as a stored path (<see cref="ProjectPath"/>).</param>
    public static Dataset With(Dataset dataset, IEnumerable<AugmentedCopy> copies, string folder)
    {
        var sources = dataset.Of(DatasetPart.Train).ToDictionary(image => image.Path, StringComparer.Ordinal);
        return dataset with
        {
            Images =
            [
                .. dataset.Images.Concat(copies.Select(copy => Image(copy, sources[copy.Source], folder))).OrderBy(image => image.Path, StringComparer.Ordinal),
            ],
        };
    }

    private static LabeledImage Labels(DatasetImage image, ImmutableArray<string> classes) => new(
        image.Path,
        [
            .. image.Objects.Select(item => new LabeledObject(classes[item.Label], item.Box)
            {
                Difficult = item.Difficult,
                Truncated = item.Truncated,
                Crowd = item.Crowd,
            }),
        ]);

    private static DatasetImage Image(AugmentedCopy copy, DatasetImage source, string folder) => source with
    {
        Path = $"{folder}/{copy.ImagePath}",
        ContentHash = copy.ContentHash,
        // The copy's pixels are the right way up.
        Orientation = 1,
        Objects =
        [
            .. copy.Kept.Zip(copy.Labels.Objects, (index, moved) => source.Objects[index] with { Box = moved.Box, Truncated = moved.Truncated, Area = null })
                .Order(DatasetOrder.OfObjects),
        ],
    };
}
