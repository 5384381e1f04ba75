using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Imaging;
using NanoDet.Vision.Images;

namespace NanoDet.Worker.Export;

/// <summary>Chooses pictures of the training part to measure ranges on, and to compare files on.</summary>
internal static class CalibrationPictures
{
    /// <summary>The largest number; more change the ranges hardly.</summary>
    public const int Most = 64;

    /// <summary>
    /// Chooses by the hash of the content, which is as good as chance, the same every time, and does not depend on names.
    /// </summary>
    public static ImmutableArray<DatasetImage> Choose(Dataset dataset)
        => [.. dataset.Of(DatasetPart.Train).DistinctBy(image => image.ContentHash).OrderBy(image => image.ContentHash, StringComparer.Ordinal).Take(Most)];

    /// <summary>Decodes pictures, one at a time, anew for each pass.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="folder">The folder that their paths are relative to.</param>
    public static IEnumerable<PixelImage> Decode(IEnumerable<DatasetImage> images, string folder) => images.Select(image => DatasetPicture.Load(
        Path.Combine(folder, image.Path), image.ContentHash, image.Orientation, new(image.Width, image.Height)));
}
