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
        var images = set.Images.Select(image => image with { Labels = Known(image.Labels, set.Classes) }).ToList();
        return WrittenFile.Write(path, () =>
        {
            if (format == LabelFormat.Yolo && images.Count > 0)
            {
                YoloClassFile.Write(path, set.Classes.Names, overwrite);
            }

            var written = format == LabelFormat.Coco ? WriteCoco(images, set.Classes) : images.FindAll(image => WriteOne(image.Labels, set.Classes, format));
            var list = format is LabelFormat.Voc or LabelFormat.LabelMe && written.Count > 0
                ? NamedClassFile.Write(path, set.Classes.Names, written.SelectMany(image => image.Labels.Objects).Select(labeled => labeled.ClassName), overwrite)
                : null;
            return new WrittenLabels(written.Count, written.Sum(image => image.Labels.Objects.Length), WriteParts(written, set.Classes, format), list);
        });
    }

    private bool IsFolder => Directory.Exists(path) || Path.EndsInDirectorySeparator(path);

    private string? WriteParts(List<PicturedLabels> images, ClassList classes, LabelFormat format)
    {
        if (PartFiles.InWords(images) is not { } parts)
        {
            return null;
        }

        var files = new PartFiles(path, overwrite, problem);
        switch (format)
        {
            case LabelFormat.Coco:
                return IsFolder ? $"parts: {parts}, each in a file of its own"
                    : $"parts: {parts} are lost: one COCO file does not say them. Give --out a folder that exists, and each part gets a file of its own";
            case LabelFormat.Voc:
                files.WriteVoc(images);
                return $"parts: {parts}, in ImageSets/Main";
            case LabelFormat.Yolo:
                files.WriteYolo(images, classes.Names);
                return $"parts: {parts}, in lists that data.yaml names";
            default:
                return $"parts: {parts} are lost: {format} does not say them";
        }
    }

    private List<PicturedLabels> WriteCoco(List<PicturedLabels> images, ClassList classes)
    {
        var files = IsFolder
            ? images.GroupBy(image => Path.Combine(path, $"instances_{image.ListName ?? "default"}.json"), StringComparer.Ordinal).Select(group => (Path: group.Key, Images: group.ToList())).ToList()
            : [(path, images)];
        if (!overwrite && files.Find(file => File.Exists(file.Path)).Path is { } existing)
        {
            throw new NanoDetException(ToolDiagnostics.UnwritableFile(existing, "it exists already, and --overwrite replaces it"));
        }

        return [.. files.SelectMany(file => WriteCoco(file.Path, file.Images, classes))];
    }

    private List<PicturedLabels> WriteCoco(string file, List<PicturedLabels> images, ClassList classes)
    {
        // Two entries of one name would be two pictures, or one with the labels of another.
        var names = new HashSet<string>(StringComparer.Ordinal);
        var first = images.FindAll(image => names.Add(image.Labels.FileName));
        foreach (var image in images.Except(first, ReferenceEqualityComparer.Instance).OfType<PicturedLabels>())
        {
            problem(ToolDiagnostics.LabelsClash(image.Labels.Location ?? new(file), image.Labels.FileName, file));
        }

        CocoWriter.Write(file, CocoConversion.FromLabels(first.Select(image => image.Labels), classes.Names));
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
        var folder = Path.GetFullPath(path);
        var file = Path.GetFullPath(Path.Combine(folder, name));
        return file.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? file : null;
    }

    private LabeledImage Known(LabeledImage labels, ClassList classes) => ListedObjects.Of(labels, classes, labels.Location ?? new(path), problem).Labels;
}
