using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Linting;
using NanoDet.Imaging;
using NanoDet.Vision.Images;
using NanoDet.Vision.Preview;
using SkiaSharp;

namespace NanoDet.Vision.Findings;

/// <summary>The pictures of a finding.</summary>
/// <param name="View">What is shown of the image.</param>
/// <param name="Close">That cutout, as JPEG.</param>
/// <param name="Whole">The whole image, as JPEG.</param>
/// <param name="Problem">Why there is neither, as a code; null where there are both.</param>
internal sealed record FindingPictures(FindingView View, byte[] Close, byte[] Whole, string? Problem)
{
    // 200 findings with the largest pictures are 10 MB of text; those of usual images are a third of that.
    private static readonly ThumbnailBudget OfView = new(Side: 400, Bytes: 30_000);
    private static readonly ThumbnailBudget OfWhole = new(Side: 220, Bytes: 8_000);

    /// <summary>Cuts the pictures of findings out of their images, each of which is decoded once.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="images">The images by their numbers.</param>
    /// <param name="fileOf">Finds the file of an image.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The pictures, in the order of the findings.</returns>
    public static FindingPictures[] Of(
        IReadOnlyList<LabelFinding> findings, ImmutableArray<DatasetImage> images, Func<DatasetImage, string> fileOf, CancellationToken cancellation)
    {
        var pictures = new FindingPictures[findings.Count];
        var ofImages = findings.Index().GroupBy(entry => entry.Item.Image).ToList();
        Parallel.ForEach(ofImages, new ParallelOptions { CancellationToken = cancellation }, ofImage =>
        {
            var image = images[ofImage.Key];
            try
            {
                var pixels = DatasetPicture.Load(fileOf(image), image.ContentHash, image.Orientation, new(image.Width, image.Height));
                var whole = OfWhole.Encode(Part(pixels, new(0, 0, image.Width, image.Height), OfWhole.Side));
                foreach (var (index, finding) in ofImage)
                {
                    var view = FindingView.Of(finding, image);
                    pictures[index] = new(view, OfView.Encode(Part(pixels, view, OfView.Side)), whole, null);
                }
            }
            catch (NanoDetException exception)
            {
                foreach (var (index, finding) in ofImage)
                {
                    pictures[index] = new(FindingView.Of(finding, image), [], [], exception.Diagnostic.Code);
                }
            }
        });
        return pictures;
    }

    private static unsafe PixelImage Part(PixelImage image, FindingView view, int longestSide)
    {
        var scale = Math.Min(1.0, (double)longestSide / Math.Max(view.Width, view.Height));
        var part = new PixelImage(Math.Max(1, (int)Math.Round(view.Width * scale)), Math.Max(1, (int)Math.Round(view.Height * scale)));
        fixed (byte* from = image.Bytes, to = part.Bytes)
        {
            using var source = SKImage.FromPixels(Info(image), (nint)from, image.Stride);
            using var surface = SKSurface.Create(Info(part), (nint)to, part.Stride);
            surface.Canvas.DrawImage(
                source, SKRect.Create(view.Left, view.Top, view.Width, view.Height), SKRect.Create(part.Width, part.Height),
                new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        return part;
    }

    private static SKImageInfo Info(PixelImage image) => new(image.Width, image.Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
}
