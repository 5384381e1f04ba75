using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Labels.LabelMe;
using NanoDet.Data.Labels.Voc;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Labels;

/// <summary>Reads labels in any format: one file, or all files of a folder and its subfolders.</summary>
/// <param name="path">The file or folder.</param>
/// <param name="images">The folder of the images; null to search beside the labels.</param>
/// <param name="classes">The classes in label order; null for those in the labels.</param>
/// <param name="problem">Takes the files that cannot be read; the others are read.</param>
internal sealed class LabelSetReader(string path, string? images, ClassList? classes, Action<Diagnostic> problem)
{
    private static readonly string[] ClassFiles = ["classes.txt", "voc.names", "obj.names", "labels.txt"];
    private readonly PictureIndex _pictures = new(path, images);

    /// <summary>Reads the labels.</summary>
    /// <exception cref="DiagnosticException">NDB6104, NDB1003, NDB1004, or NDB1044 if there are no classes.</exception>
    public LabelSet Read()
    {
        if (!Path.Exists(path))
        {
            throw new DiagnosticException(ToolDiagnostics.NothingFound(path));
        }

        var format = LabelFormatDetector.Detect(path);
        if (format == LabelFormat.Yolo)
        {
            classes ??= FindClasses();
        }

        var read = Files(format).SelectMany(file => Read(file, format)).ToList();
        return new(classes ?? ClassList.FromLabels(read.Select(image => image.Labels)), [.. read]);
    }

    private IEnumerable<string> Files(LabelFormat format)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        var extension = format switch { LabelFormat.Voc => ".xml", LabelFormat.Yolo => ".txt", _ => ".json" };
        return Directory.EnumerateFiles(path, "*" + extension, SearchOption.AllDirectories)
            .Where(file => format != LabelFormat.Yolo || !ClassFiles.Contains(Path.GetFileName(file)))
            .Order(StringComparer.Ordinal);
    }

    private ImmutableArray<PicturedLabels> Read(string file, LabelFormat format)
    {
        try
        {
            return format switch
            {
                LabelFormat.Coco => ReadCoco(file),
                LabelFormat.Yolo => [ReadYolo(file)],
                LabelFormat.Voc => [Pictured(file, VocReader.Read(file))],
                _ => [Pictured(file, LabelMeReader.Read(file))],
            };
        }
        catch (DiagnosticException exception)
        {
            problem(exception.Diagnostic);
            return [];
        }
    }

    private ImmutableArray<PicturedLabels> ReadCoco(string file)
    {
        var document = CocoReader.Read(file);

        // The ids give the order, and a class without objects is a class too.
        classes ??= ClassList.FromNames(document.Categories.OrderBy(category => category.Id).Select(category => category.Name), new(file));
        return [.. CocoConversion.ToLabels(document).Select(labels => new PicturedLabels(labels, _pictures.ByName(labels.FileName)))];
    }

    private PicturedLabels ReadYolo(string file)
    {
        var picture = _pictures.ByStem(Relative(file)) ?? throw new DiagnosticException(LabelDiagnostics.ImageMissing(new(file), Path.GetFileNameWithoutExtension(file)));
        var (width, height) = ImageHeaderReader.Read(picture).SizeUnder(OrientationPolicy.Apply);
        return new(YoloReader.Read(file, classes!, width, height) with { FileName = _pictures.NameOf(picture) }, picture);
    }

    /// <summary>Finds the image of a label file: first by the name of the label file, then by the name inside, which is often out of date after a rename.</summary>
    private PicturedLabels Pictured(string file, LabeledImage labels)
    {
        var picture = _pictures.ByStem(Relative(file)) ?? (labels.FileName.Length > 0 ? _pictures.ByName(labels.FileName) : null);
        var name = picture is not null ? _pictures.NameOf(picture)
            : labels.FileName.Length > 0 ? labels.FileName
            : Path.ChangeExtension(Relative(file), ".jpg");
        return new(WithSize(labels with { FileName = name, Location = labels.Location ?? new(file) }, picture), picture);
    }

    private static LabeledImage WithSize(LabeledImage labels, string? picture)
    {
        if (labels is { Width: not null, Height: not null } || picture is null)
        {
            return labels;
        }

        var (width, height) = ImageHeaderReader.Read(picture).SizeUnder(OrientationPolicy.Apply);
        return labels with { Width = width, Height = height };
    }

    private string Relative(string file) => (File.Exists(path) ? Path.GetFileName(file) : Path.GetRelativePath(path, file)).Replace('\\', '/');

    private ClassList FindClasses()
    {
        var own = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var folders = new[] { own, Path.GetDirectoryName(Path.GetFullPath(own)) ?? own };
        var file = folders.SelectMany(folder => ClassFiles.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        return file is not null ? ClassList.FromFile(file) : throw new DiagnosticException(ToolDiagnostics.NoClassFile(path));
    }
}
