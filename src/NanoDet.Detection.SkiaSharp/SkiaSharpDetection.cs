using System.Collections.Immutable;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Imaging;
using NanoDet.Imaging.Drawing;
using SkiaSharp;

namespace NanoDet.Detection.SkiaSharp;

/// <summary>Detects in bitmaps of SkiaSharp, and draws into them.</summary>
public static class SkiaSharpDetection
{
    /// <summary>Detects the objects in a bitmap.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="bitmap">The bitmap, as it is: SkiaSharp does not apply an EXIF orientation. Alpha is dropped and the stored colour kept.</param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the bitmap, best first.</returns>
    /// <exception cref="ArgumentException">The bitmap has no pixels.</exception>
    /// <exception cref="NanoDetException">NDB6010.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The detector or the bitmap was disposed of.</exception>
    public static ImmutableArray<DetectedObject> Detect(this Detector detector, SKBitmap bitmap, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        RequireUsable(bitmap);
        return detector.Detect(Pixels(bitmap), cancellationToken);
    }

    /// <summary>Draws boxes, names and scores into a bitmap.</summary>
    /// <param name="bitmap">The bitmap, changed in place.</param>
    /// <param name="found">Detections in pixels of the bitmap.</param>
    /// <exception cref="ObjectDisposedException">The bitmap was disposed of.</exception>
    public static void Draw(this SKBitmap bitmap, IEnumerable<DetectedObject> found)
    {
        RequireUsable(bitmap);
        using var canvas = new SKCanvas(bitmap);
        BoxPainter.Draw(canvas, SKRect.Create(bitmap.Width, bitmap.Height), DetectionDrawing.Boxes(found), 1);
    }

    private static void RequireUsable(SKBitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        // SkiaSharp passes the pointer on as it is, and that ends the process.
        ObjectDisposedException.ThrowIf(bitmap.Handle == 0, bitmap);
    }

    private static unsafe PixelImage Pixels(SKBitmap bitmap)
    {
        using var pixmap = bitmap.PeekPixels() ?? throw new ArgumentException("The bitmap has no pixels", nameof(bitmap));
        var image = new PixelImage(bitmap.Width, bitmap.Height);
        fixed (byte* pixels = image.Bytes)
        {
            // Without a colour space the stored values are not changed.
            var info = new SKImageInfo(image.Width, image.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
            if (!pixmap.ReadPixels(info, (nint)pixels, image.Stride))
            {
                throw new ArgumentException($"Pixels of the type {bitmap.ColorType} cannot be read", nameof(bitmap));
            }
        }

        // In place: only the alpha changes.
        image.CopyFrom(image.Bytes, image.Stride, PixelFormat.Bgra32);
        return image;
    }
}
