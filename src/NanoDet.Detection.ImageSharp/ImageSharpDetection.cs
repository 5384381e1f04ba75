using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace NanoDet.Detection.ImageSharp;

/// <summary>Detects in images of SixLabors.ImageSharp, and draws into them.</summary>
public static class ImageSharpDetection
{
    /// <summary>Detects the objects in an image.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="image">
    /// The image, as it is: for an EXIF orientation, <c>image.Mutate(context => context.AutoOrient())</c> comes first. Alpha is dropped and the stored
    /// colour kept; of an animation, the first frame counts.
    /// </param>
    /// <param name="cancellationToken">Stops the work, including the network.</param>
    /// <returns>Detections in pixels of the image, best first.</returns>
    /// <exception cref="NanoDetException">NDB6010.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed of.</exception>
    public static ImmutableArray<DetectedObject> Detect<TPixel>(this Detector detector, Image<TPixel> image, CancellationToken cancellationToken = default)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(image);
        return detector.Detect(Pixels(image), cancellationToken);
    }

    /// <summary>Draws boxes, names and scores into an image; the pixels beside them do not change.</summary>
    /// <param name="image">The image, changed in place.</param>
    /// <param name="found">Detections in pixels of the image.</param>
    public static void Draw<TPixel>(this Image<TPixel> image, IEnumerable<DetectedObject> found)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(image);
        var before = Pixels(image);
        var after = new PixelImage(before.Width, before.Height, before.Bytes.ToArray());
        after.Draw(found);
        image.ProcessPixelRows(rows =>
        {
            for (var y = 0; y < rows.Height; y++)
            {
                var old = before.Row(y);
                var drawn = MemoryMarshal.Cast<uint, Bgra32>(after.Row(y));
                var target = rows.GetRowSpan(y);
                for (var x = 0; x < target.Length; x++)
                {
                    if (drawn[x].Bgra != old[x])
                    {
                        target[x].FromBgra32(drawn[x]);
                    }
                }
            }
        });
    }

    private static PixelImage Pixels<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var pixels = new PixelImage(image.Width, image.Height);
        image.ProcessPixelRows(rows =>
        {
            for (var y = 0; y < rows.Height; y++)
            {
                PixelOperations<TPixel>.Instance.ToBgra32(Configuration.Default, rows.GetRowSpan(y), MemoryMarshal.Cast<uint, Bgra32>(pixels.Row(y)));
            }
        });

        // In place: only the alpha changes.
        pixels.CopyFrom(pixels.Bytes, pixels.Stride, PixelFormat.Bgra32);
        return pixels;
    }
}
