using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Validation;
using NanoDet.Imaging.Drawing;
using NanoDet.Tool.Labels;
using NanoDet.Vision.Preview;

namespace NanoDet.Tool.Viewing;

/// <summary>Makes pictures of labelled images as in a build: with the EXIF orientation applied, clipped boxes, and problems.</summary>
/// <param name="classes">The classes in label order.</param>
/// <param name="problem">Takes the problems; the images are shown nevertheless.</param>
internal sealed class LabelledPictures(ClassList classes, Action<Diagnostic> problem)
{
    private readonly ImageJudge _judge = new(classes, new ValidationPolicy());

    /// <summary>Returns the pictures of the existing images, in the order of the labels.</summary>
    public IEnumerable<PreviewPicture> Of(LabelSet set, CancellationToken cancellation)
    {
        foreach (var image in set.Images)
        {
            cancellation.ThrowIfCancellationRequested();
            if (image.Picture is null)
            {
                foreach (var told in image.Labels.Problems)
                {
                    problem(told);
                }

                problem(LabelDiagnostics.ImageMissing(image.Labels.Location ?? default, image.Labels.FileName));
                continue;
            }

            var picture = Of(image, image.Picture);
            foreach (var diagnostic in picture.Problems)
            {
                problem(diagnostic);
            }

            yield return picture;
        }
    }

    private PreviewPicture Of(PicturedLabels image, string file)
    {
        var name = image.Labels.FileName;
        try
        {
            var problems = new List<Diagnostic>();
            var hash = HashOf(file);
            var judged = _judge.Judge(new(name, file, hash, ImageHeaderReader.Read(file), image.Labels), problems)!;
            return new(name, file, judged.Width, judged.Height, PartOf(name), Boxes(judged))
            {
                Orientation = judged.Orientation,
                ContentHash = hash,
                Problems = [.. problems],
            };
        }
        catch (NanoDetException exception)
        {
            // It keeps its place, so that the page shows which image it is.
            return new(name, file, image.Labels.Width ?? 4, image.Labels.Height ?? 3, PartOf(name), []) { Problems = [.. image.Labels.Problems, exception.Diagnostic] };
        }
    }

    private ImmutableArray<DrawnBox> Boxes(DatasetImage judged)
        => [.. judged.Objects.Select(item => new DrawnBox(item.Box, item.Label, classes.Names[item.Label]) { Dashed = item.Ignored })];

    /// <summary>Folders are parts, such as <c>train</c> and <c>test</c>.</summary>
    private static string PartOf(string name) => name.LastIndexOf('/') is > 0 and var end ? name[..end] : "pictures";

    private static string HashOf(string file)
    {
        try
        {
            return ContentHash.OfFile(file).ToString();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(ImageDiagnostics.Unreadable(file, exception.Message), exception);
        }
    }
}
