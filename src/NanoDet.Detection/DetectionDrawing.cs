using NanoDet.Core.Detections;
using NanoDet.Imaging;
using NanoDet.Imaging.Drawing;

namespace NanoDet.Detection;

/// <summary>Draws what was found, as the tool <c>nanodet</c> does.</summary>
public static class DetectionDrawing
{
    /// <summary>Draws boxes, names and scores into an image.</summary>
    /// <param name="image">The image, changed in place.</param>
    /// <param name="found">Detections in pixels of the image.</param>
    public static void Draw(this PixelImage image, IEnumerable<DetectedObject> found)
    {
        ArgumentNullException.ThrowIfNull(image);
        BoxPainter.Draw(image, Boxes(found));
    }

    /// <summary>The boxes to draw.</summary>
    internal static IReadOnlyList<DrawnBox> Boxes(IEnumerable<DetectedObject> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return [.. found.Select(detection => new DrawnBox(detection.Box, detection.Label, detection.Name) { Score = detection.Score })];
    }
}
