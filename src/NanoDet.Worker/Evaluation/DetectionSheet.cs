using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Imaging;
using NanoDet.Imaging.Drawing;
using NanoDet.Vision.Preview;

namespace NanoDet.Worker.Evaluation;

/// <summary>A few pictures with what a model found on them, to look at after a build.</summary>
internal static class DetectionSheet
{
    /// <summary>Most pictures on the sheet.</summary>
    public const int Pictures = 12;

    private const int Columns = 4;

    /// <summary>Draws the sheet; which pictures are on it depends on their content alone.</summary>
    /// <param name="classes">Class names in label order.</param>
    /// <param name="images">The pictures, at least one.</param>
    /// <param name="detections">What was found; image ids are indices into <paramref name="images"/>.</param>
    /// <param name="folder">The folder that the paths of the images are relative to.</param>
    /// <param name="threshold">Least score of a box that is drawn.</param>
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
            });
        return ImageEncoder.EncodePng(ContactSheet.Draw([.. pictures], Columns));
    }
}
