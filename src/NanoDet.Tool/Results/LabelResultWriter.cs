using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Files;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Imaging;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Labels;

namespace NanoDet.Tool.Results;

/// <summary>
/// Labels to correct by hand: one file per image, in whole pixels, for labelImg. Existing labels
/// are kept by default, because somebody may have corrected them.
/// </summary>
/// <param name="format"><see cref="LabelFormat.Voc"/> or <see cref="LabelFormat.Yolo"/>.</param>
/// <param name="folder">The output folder; null to write each file where the data set has its labels.</param>
/// <param name="overwrite">Whether existing labels are replaced.</param>
/// <param name="classes">The class names.</param>
/// <param name="problem">Takes the labels that were kept.</param>
internal sealed class LabelResultWriter(
    LabelFormat format, string? folder, bool overwrite, ImmutableArray<string> classes, Action<Diagnostic> problem) : ResultWriter
{
    private readonly ClassList _classes = ClassList.FromNames(classes);
    private readonly TakenPlaces _places = new();
    private readonly HashSet<string> _namedFolders = [];
    private readonly SortedSet<string> _folders = new(StringComparer.Ordinal);
    private int _written;

    /// <inheritdoc />
    public override string Summary => string.Create(
        CultureInfo.InvariantCulture, $"{_written} label {(_written == 1 ? "file" : "files")} written{(_folders.Count > 0 ? $" into {string.Join(", ", _folders)}" : "")}");

    /// <inheritdoc />
    public override void Write(DetectedPicture picture)
    {
        var place = folder is null ? LabelPlace.Beside(picture.Input.Name, format) : Path.Combine(folder, picture.Input.Relative);
        if (picture.Frame is { } frame)
        {
            // A frame is saved as an image that can be labelled.
            place = string.Create(CultureInfo.InvariantCulture, $"{Path.ChangeExtension(place, null)}-{frame:000000}.jpg");
        }

        var path = Path.ChangeExtension(place, format == LabelFormat.Voc ? ".xml" : ".txt");
        _places.Take(path, picture.Input.Name);
        if (File.Exists(path) && !overwrite)
        {
            problem(ToolDiagnostics.LabelsExist(path));
            return;
        }

        WrittenFile.Write(path, () => Write(picture, place, path));
        _written++;
        _folders.Add(Path.GetDirectoryName(path) is { Length: > 0 } into ? into : ".");
    }

    private void Write(DetectedPicture picture, string place, string path)
    {
        if (picture.Frame is not null)
        {
            AtomicFile.Write(place, ImageEncoder.EncodeJpeg(picture.Image));
        }

        var labels = Labels(picture, Path.GetFileName(place));
        if (format == LabelFormat.Voc)
        {
            VocWriter.Write(path, labels);
        }
        else
        {
            NameClasses(Path.GetDirectoryName(path)!);
            YoloWriter.Write(path, labels, _classes);
        }
    }

    private LabeledImage Labels(DetectedPicture picture, string fileName)
    {
        var (width, height) = (picture.Image.Width, picture.Image.Height);
        var objects =
            from found in picture.Objects
            let box = found.Box.Clip(width, height)
            let rounded = new BoundingBox(Math.Round(box.Left), Math.Round(box.Top), Math.Round(box.Right), Math.Round(box.Bottom))
            where !rounded.IsDegenerate
            select new LabeledObject(classes[found.Label], rounded);
        return new LabeledImage(fileName, [.. objects]) { Width = width, Height = height };
    }

    /// <summary>Writes the class names that belong to the numbers, once in each folder.</summary>
    private void NameClasses(string beside)
    {
        if (_namedFolders.Add(beside))
        {
            YoloClassFile.Write(beside, classes, overwrite);
        }
    }
}
