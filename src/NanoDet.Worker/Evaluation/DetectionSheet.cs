using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Imaging;
using NanoDet.Imaging.Drawing;
using NanoDet.Vision.Preview;

namespace NanoDet.Worker.Evaluation;

/// <summary>Draws a contact sheet of a few images with the detections of a model, to look at after a build.</summary>
internal static class DetectionSheet
{
    /// <summary>The largest number of images on the sheet.</summary>
    public const int Pictures = 12;

    private const int Columns = 4;

    /// <summary>Draws the sheet. The choice of images depends only on their content.</summary>
    /// <param name="classes">Class names in label order.</param>
    /// <param name="images">The images, at least one.</param>
    /// <param name="detections">The detections; image ids are indices into <paramref name="images"/>.</param>
    /// <param name="folder">The folder that the paths of the images are relative to.</param>
    /// <param name="threshold">The lowest score of a box to draw.</param>
    /// <returns>A PNG file.</returns>
    public static byte[] Draw(
        ImmutableArray<string> classes,
        ImmutableArray<DatasetImage> images,
        ImmutableArray<EvaluationDetection> detections,
        string folder,
        double threshold)
    {
        var boxes = detections.Where(found => found.Score >= threshold).ToLookup(
            found => (int)found.ImageId,
            found => new DrawnBox(found.Box, found.CategoryId, classes[found.CategoryId]) { Score = found.Score });
        var pictures = images.Index()
            .OrderBy(entry => entry.Item.ContentHash, StringComparer.Ordinal).ThenBy(entry => entry.Index)
            .Take(Pictures)
            .Select(entry => new PreviewPicture(
                entry.Item.Path, Path.Combine(folder, entry.Item.Path), entry.Item.Width, entry.Item.Height, "", [.. boxes[entry.Index]])
            {
                Orientation = entry.Item.Orientation,
                ContentHash = entry.Item.ContentHash,
            });
        return ImageEncoder.EncodePng(ContactSheet.Draw([.. pictures], Columns));
    }
}
