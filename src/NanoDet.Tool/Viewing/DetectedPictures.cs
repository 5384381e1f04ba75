using NanoDet.Core.Diagnostics;
using NanoDet.Data.Images;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Imaging.Drawing;
using NanoDet.Tool.Inputs;
using NanoDet.Tool.Terminal;
using NanoDet.Vision.Preview;

namespace NanoDet.Tool.Viewing;

/// <summary>Makes pictures of images with the detections of a model.</summary>
/// <param name="detector">The model.</param>
/// <param name="problem">Takes the images that cannot be decoded; the others are shown.</param>
internal sealed class DetectedPictures(Detector detector, Action<Diagnostic> problem)
{
    /// <summary>Detects objects in images and keeps what is needed to show them, without their pixels.</summary>
    public async Task<List<PreviewPicture>> OfAsync(IReadOnlyCollection<Input> inputs, bool quiet, CancellationToken cancellation)
    {
        var pictures = new List<PreviewPicture>();
        await WorkProgress.RunAsync("images", inputs.Count, quiet, async step =>
        {
            await foreach (var result in detector.DetectAsync(inputs, input => ImageDecoder.Load(input.Name), cancellation))
            {
                if (result.Problem is { } diagnostic)
                {
                    problem(diagnostic);
                }
                else
                {
                    CutPicture.Tell(result.Source.Name, problem);
                    pictures.Add(Of(result));
                }

                step();
            }
        });
        return pictures;
    }

    private PreviewPicture Of(PictureResult<Input> result)
    {
        var (input, image) = (result.Source, result.Image!);
        var folder = Path.GetDirectoryName(input.Relative)!.Replace('\\', '/');
        return new(
            input.Relative.Replace('\\', '/'), input.Name, image.Width, image.Height, folder.Length > 0 ? folder : "pictures",
            [.. result.Detections.Select(found => new DrawnBox(found.Box, found.Label, detector.Metadata.Classes[found.Label]) { Score = found.Score })])
        {
            Orientation = ImageHeaderReader.Read(input.Name).Orientation,
        };
    }
}
