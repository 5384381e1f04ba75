using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Labels.LabelMe;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Labels;

/// <summary>Writes labels in any format: one file for COCO, otherwise a folder with one file per image.</summary>
/// <param name="path">The file or folder.</param>
/// <param name="overwrite">Whether existing labels are replaced; somebody may have corrected them.</param>
/// <param name="problem">Takes the labels that were kept, or that the format cannot represent; the others are written.</param>
internal sealed class LabelSetWriter(string path, bool overwrite, Action<Diagnostic> problem)
{
    // Some file systems ignore case.
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the labels.</summary>
    /// <exception cref="NanoDetException">NDB6105 or NDB6120.</exception>
    public WrittenLabels Write(LabelSet set, LabelFormat format)
    {
        var images = set.Images.Select(image => Known(image.Labels, set.Classes)).ToList();
        try
        {
            if (format == LabelFormat.Yolo && images.Count > 0)
            {
                YoloClassFile.Write(path, set.Classes.Names, overwrite);
            }

            var written = format == LabelFormat.Coco ? WriteCoco(images, set.Classes) : images.FindAll(labels => WriteOne(labels, set.Classes, format));
            return new(written.Count, written.Sum(labels => labels.Objects.Length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(ToolDiagnostics.UnwritableFile(path, exception.Message), exception);
        }
    }

    private List<LabeledImage> WriteCoco(List<LabeledImage> images, ClassList classes)
    {
        if (File.Exists(path) && !overwrite)
        {
            throw new NanoDetException(ToolDiagnostics.UnwritableFile(path, "it exists already, and --overwrite replaces it"));
        }

        // Two entries of one name would be two pictures, or one with the labels of another.
        var names = new HashSet<string>(StringComparer.Ordinal);
        var first = images.FindAll(labels => names.Add(labels.FileName));
        foreach (var labels in images.Except(first, ReferenceEqualityComparer.Instance).OfType<LabeledImage>())
        {
            problem(ToolDiagnostics.LabelsClash(labels.Location ?? new(path), labels.FileName, path));
        }

        CocoWriter.Write(path, CocoConversion.FromLabels(first, classes.Names));
        return first;
    }

    private bool WriteOne(LabeledImage labels, ClassList classes, LabelFormat format)
    {
        var extension = format switch { LabelFormat.Voc => ".xml", LabelFormat.Yolo => ".txt", _ => ".json" };
        if (Inside(Path.ChangeExtension(labels.FileName, extension)) is not { } file)
        {
            problem(ToolDiagnostics.OutsideFolder(labels.Location ?? new(path), labels.FileName));
            return false;
        }

        if (_written.Contains(file))
        {
            problem(ToolDiagnostics.LabelsClash(labels.Location ?? new(path), labels.FileName, file));
            return false;
        }

        if (File.Exists(file) && !overwrite)
        {
            problem(ToolDiagnostics.LabelsExist(file));
            return false;
        }

        switch (format)
        {
            case LabelFormat.Yolo when labels is not { Width: > 0, Height: > 0 }:
                problem(LabelDiagnostics.ImageMissing(labels.Location ?? new(path), labels.FileName));
                return false;
            case LabelFormat.Yolo:
                YoloWriter.Write(file, labels, classes);
                break;
            case LabelFormat.Voc:
                VocWriter.Write(file, labels);
                break;
            default:
                LabelMeWriter.Write(file, labels);
                break;
        }

        return _written.Add(file);
    }

    /// <summary>Returns the path of a file to write; null if its name is outside the folder, which a hostile label file may try.</summary>
    private string? Inside(string name)
    {
        var folder = Path.GetFullPath(path) + Path.DirectorySeparatorChar;
        var file = Path.GetFullPath(Path.Combine(folder, name));
        return file.StartsWith(folder, StringComparison.Ordinal) ? file : null;
    }

    private LabeledImage Known(LabeledImage labels, ClassList classes)
    {
        foreach (var labeled in labels.Objects.Where(labeled => classes.IndexOf(labeled.ClassName) < 0))
        {
            problem(LabelDiagnostics.UnknownClass(labeled.Location ?? labels.Location ?? new(path), labeled.ClassName, classes.Suggest(labeled.ClassName)));
        }

        return labels with { Objects = [.. labels.Objects.Where(labeled => classes.IndexOf(labeled.ClassName) >= 0)] };
    }
}
