using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Labels;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>Selects the images of a data set to augment, and adds the copies to the data set.</summary>
public static class AugmentedDataset
{
    /// <summary>Returns the images to make copies of: the training images.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="imageFolder">The folder that its paths are relative to.</param>
    public static ImmutableArray<SourcePicture> Sources(Dataset dataset, string imageFolder) =>
    [
        .. dataset.Of(DatasetPart.Train).Select(image => new SourcePicture(
            image.Path, ProjectPath.Full(imageFolder, image.Path), image.ContentHash, image.Width, image.Height, Labels(image, dataset.Classes))
        {
            Orientation = image.Orientation,
            Ignored = image.Objects.Index().Where(item => item.Item.Ignored).Select(item => item.Index).ToHashSet(),
        }),
    ];

    /// <summary>Returns the data set for training, with the copies in its training part.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="copies">The copies of its images.</param>
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
        // The pixels of the copy are upright.
        Orientation = 1,
        Objects =
        [
            .. copy.Kept.Zip(copy.Labels.Objects, (index, moved) => source.Objects[index] with { Box = moved.Box, Truncated = moved.Truncated, Area = null })
                .Order(DatasetOrder.OfObjects),
        ],
    };
}
