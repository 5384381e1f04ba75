using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Discovery;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Data.Pairing;
using NanoDet.Data.Validation;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Labels;

/// <summary>Reads labels in any format: one file, or all files of a folder and its subfolders, as a build finds and pairs them.</summary>
/// <param name="path">The file or folder.</param>
/// <param name="images">The folder of the images; null to search.</param>
/// <param name="classes">The classes in label order; null for those in the labels.</param>
/// <param name="problem">Takes the files that cannot be read; the others are read.</param>
internal sealed class LabelSetReader(string path, string? images, ClassList? classes, Action<Diagnostic> problem)
{
    private readonly List<LabelFileContent> _read = [];
    private readonly List<Diagnostic> _unread = [];
    private readonly HashSet<int> _labelled = [];
    private readonly List<Diagnostic> _missing = [];
    private SourceParts? _parts;

    /// <summary>Reads the labels.</summary>
    /// <param name="withParts">Whether the parts of the images are asked for; what is wrong with lists is told then.</param>
    /// <exception cref="NanoDetException">NDB6104, NDB1004, NDB1060 to NDB1063, or NDB1044 if there are no classes.</exception>
    public LabelSet Read(bool withParts = false)
    {
        if (!Path.Exists(path))
        {
            throw new NanoDetException(ToolDiagnostics.NothingFound(path));
        }

        var place = LabelPlace.OfLabelled(path, images);
        var files = Files(place);
        var numbered = files.FindAll(LabelFileReader.IsYolo);

        // One file that names its classes may lie above labels of others, whose numbers this list is for.
        classes ??= place.Found.ClassFile is { } list && (numbered.Count > 0 || !File.Exists(path) || Path.GetFileName(list) == list) ? ClassSource.Read(Shown(place, list)) : null;
        if (classes is null && numbered.Count > 0)
        {
            throw new NanoDetException(LabelFileReader.WithoutClasses(numbered.ConvertAll(file => Shown(place, file)), file => file));
        }

        var pairing = new LabelPairing(place.Pictures, files, place.Root);
        _parts = withParts ? new SourceParts(place, new(files, pairing.Find), problem) : null;
        var yolo = new YoloSet();
        var contents = files.ConvertAll(file => Read(place, pairing, file, yolo));
        foreach (var file in yolo.Doubtful)
        {
            var i = files.FindIndex(named => Shown(place, named) == file);
            contents[i] = Read(place, pairing, files[i], yolo);
        }

        if (yolo.Doubt is { } doubt)
        {
            problem(doubt);
        }

        var read = files.Zip(contents).SelectMany(entry => entry.Second is { } content ? Pictured(place, pairing, entry.First, content) : []).ToList();
        _unread.AddRange(pairing.Ambiguous);
        if (pairing.Overlap is { } overlap)
        {
            throw new NanoDetException(TwoForms.Of(overlap));
        }

        if (_unread is [.. var others, var last])
        {
            others.ForEach(problem);
            if (_read.Count == 0 || (classes is null && !ClassList.NamesIn(_read).Any()))
            {
                throw new NanoDetException(last); // That there is nothing, or no class, follows from what could not be read.
            }

            problem(last);
        }

        var similar = new List<Diagnostic>();
        classes ??= ClassList.FromFiles(_read, similar);
        similar.ForEach(problem);
        if (BoxesBeyond.Find(read.Where(image => image.Labels is { Width: not null, Height: not null }).Select(image => (image.Labels, image.Labels.Width!.Value, image.Labels.Height!.Value))) is { } beyond)
        {
            problem(beyond);
        }

        return new(classes, [.. read])
        {
            Missing = [.. _missing],
            Unlabelled = File.Exists(path) ? [] : [.. place.Pictures.Where((_, picture) => !_labelled.Contains(picture))],
        };
    }

    /// <summary>The label files: the one that was named, or those that were recognised.</summary>
    private List<string> Files(LabelPlace place)
    {
        var named = Path.GetFileName(path);
        if (File.Exists(path))
        {
            var isLabels = LabelFileReader.IsYolo(named) || place.Found.LabelPaths.Contains(named) || LabelFormatDetector.DetectFile(path) is not null;
            return isLabels ? [named] : throw new NanoDetException(LabelFormatDetector.Unread(path));
        }

        foreach (var found in place.Found.ProblemsFor(classes is not null))
        {
            var told = found.Location is { } location ? found with { Location = location with { File = Shown(place, location.File) } } : found;
            if (told.Severity == DiagnosticSeverity.Error)
            {
                throw new NanoDetException(told);
            }

            problem(told);
        }

        return place.Found.Labels.Length > 0 ? [.. place.Found.LabelPaths.Order(StringComparer.Ordinal)]
            : throw new NanoDetException(LabelDiagnostics.UnknownFormat(new(path), place.Found.Seen));
    }

    private LabelFileContent? Read(LabelPlace place, LabelPairing pairing, string file, YoloSet yolo)
    {
        try
        {
            return LabelFileReader.IsYolo(file) ? ReadYolo(place, pairing, file, yolo) : LabelFileReader.Read(Shown(place, file), Shown(place, file));
        }
        catch (NanoDetException exception)
        {
            _unread.AddRange(exception.Diagnostics);
            return null;
        }
    }

    private ImmutableArray<PicturedLabels> Pictured(LabelPlace place, LabelPairing pairing, string file, LabelFileContent content)
    {
        _read.Add(content);
        var problems = new List<Diagnostic>();
        var pictures = pairing.Add(content, file, problems);

        // Labels are converted without their images too; what needs an image says that it is missing.
        var missing = problems.ToLookup(found => found.Code is "NDB1020" or "NDB1024");
        _missing.AddRange(missing[true]);
        missing[false].ToList().ForEach(problem);

        // Of two labels of one picture, which have been told, only one can be used.
        return [.. content.Images.Zip(pictures).Where(entry => entry.Second is not { } picture || _labelled.Add(picture))
            .Select(entry => Pictured(place, pairing, file, content.IsOfOneImage, entry.First, entry.Second))];
    }

    private LabelFileContent? ReadYolo(LabelPlace place, LabelPairing pairing, string file, YoloSet yolo)
    {
        var shown = Shown(place, file);
        if (pairing.Find(file) is not { } picture)
        {
            var problems = new List<Diagnostic>();
            pairing.Add(new(LabelFormat.Yolo, [new LabeledImage("", []) { Location = new SourceLocation(shown) }]), file, problems);
            return problems.Count > 0 ? throw new NanoDetException(problems[0]) : null; // It has no picture, or more than one.
        }

        var (width, height) = ImageHeaderReader.Read(place.Full(place.Pictures[picture])).SizeUnder(OrientationPolicy.Apply);
        return new(LabelFormat.Yolo, [YoloReader.Read(LabelFile.Read(shown, YoloReader.MaxLength), shown, classes!, width, height, yolo)]);
    }

    private PicturedLabels Pictured(LabelPlace place, LabelPairing pairing, string file, bool isOfOneImage, LabeledImage labels, int? picture)
    {
        var (part, isOfTrainval) = _parts?.Find(picture, isOfOneImage ? null : file, labels.FileName) ?? default;
        if (picture is not { } number)
        {
            labels = labels.FileName.Length == 0 && isOfOneImage ? labels with { FileName = Path.ChangeExtension(file, ".jpg") }
                : PictureAddress.IsUpload(labels.FileName) ? labels with { FileName = StoredFolder.LastName(labels.FileName.Replace('\\', '/')) } : labels;
            return new(labels, null) { Part = part };
        }

        if (pairing.Labels[number] is { } given && NameCheck.Run(given, place.Pictures[number], labels.Location ?? new(Shown(place, file))) is { } named)
        {
            problem(named);
        }

        var full = place.Full(place.Pictures[number]);
        // The names in one file about many images differ from each other; those in several may not.
        var name = !isOfOneImage && File.Exists(path) && !IsElsewhere(labels.FileName) ? labels.FileName : place.NameOf(place.Pictures[number]);
        return new(WithSize(labels with { FileName = name }, full), full) { Part = part, IsOfTrainval = isOfTrainval };
    }

    /// <summary>Whether a name leads out of the folder of the images, or is an address: written so, it would mean nothing elsewhere.</summary>
    private static bool IsElsewhere(string name) => name.Contains("../", StringComparison.Ordinal) || name.Contains("..\\", StringComparison.Ordinal) || PictureAddress.IsUpload(name);

    private static LabeledImage WithSize(LabeledImage labels, string picture)
    {
        if (labels is { Width: not null, Height: not null })
        {
            return labels;
        }

        var (width, height) = ImageHeaderReader.Read(picture).SizeUnder(OrientationPolicy.Apply);
        return labels with { Width = width, Height = height };
    }

    /// <summary>The path of a file as the user would write it.</summary>
    private string Shown(LabelPlace place, string file)
        => File.Exists(path) && file == Path.GetFileName(path) ? path
            : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) == place.Root && !LabelPlace.IsAbove(file) ? Path.Combine(path, file.Replace('/', Path.DirectorySeparatorChar))
            : place.Full(file);
}
