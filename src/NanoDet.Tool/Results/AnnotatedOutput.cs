using System.Collections.Immutable;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Imaging;
using NanoDet.Imaging.Drawing;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Inputs;
using NanoDet.Tool.Video;

namespace NanoDet.Tool.Results;

/// <summary>
/// Writes images and videos with the boxes drawn: <c>--out</c>. With the extension of an image or a video it is that file, for one
/// input; otherwise it is a folder in which every input keeps its relative path.
/// </summary>
/// <param name="path">The value of <c>--out</c>.</param>
/// <param name="classes">The class names.</param>
/// <param name="problem">Takes the names that no font can draw.</param>
internal sealed class AnnotatedOutput(string path, ImmutableArray<string> classes, Action<Diagnostic> problem)
{
    private readonly FontCheck _fonts = new(problem);
    private readonly TakenPlaces _places = new();

    /// <summary>Whether it is one file, which only allows one input.</summary>
    public bool IsFile => Path.HasExtension(path) && !Directory.Exists(path);

    /// <summary>Draws the boxes and saves the picture.</summary>
    /// <exception cref="NanoDetException">NDB6105.</exception>
    public void Save(DetectedPicture picture)
    {
        var place = PlaceOf(picture.Input, Path.GetExtension(picture.Input.Name).ToUpperInvariant() is ".JPG" or ".JPEG" or ".PNG" ? null : ".jpg");
        if (Path.GetFullPath(place) == Path.GetFullPath(picture.Input.Name))
        {
            throw new NanoDetException(ToolDiagnostics.UnwritableFile(place, "it is the input file"));
        }

        _places.Take(place, picture.Input.Name);
        Draw(picture.Image, picture.Objects);
        WrittenFile.Write(place, () => AtomicFile.Write(place, ImageEncoder.EncodeFor(place, picture.Image)));
    }

    /// <summary>Starts the video of an input.</summary>
    /// <exception cref="NanoDetException">NDB6105.</exception>
    public VideoWriter Begin(Input input, VideoFormat format)
    {
        var place = PlaceOf(input, null);
        _places.Take(place, input.Name);
        return new(place, format, input.Video!);
    }

    /// <summary>Draws the boxes.</summary>
    public void Draw(PixelImage image, ImmutableArray<DetectedObject> objects)
    {
        List<DrawnBox> boxes = [.. objects.Select(found => new DrawnBox(found.Box, found.Label, classes[found.Label]) { Score = found.Score })];
        _fonts.Check(boxes);
        BoxPainter.Draw(image, boxes);
    }

    private string PlaceOf(Input input, string? extension)
        => IsFile ? path : Path.Combine(path, extension is null ? input.Relative : Path.ChangeExtension(input.Relative, extension));
}
