using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Discovery;
using NanoDet.Data.Files;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Data.Linting;
using NanoDet.Data.Pairing;
using NanoDet.Pipeline.Linting;
using NanoDet.Tool.Labels;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Linting;

/// <summary>The labels that a build compared, as they stand in their files now, if they still are what it read.</summary>
/// <param name="found">What the build found.</param>
/// <param name="folder">The project's folder.</param>
/// <param name="problem">Takes what is wrong with a file, once.</param>
internal sealed class BuiltLabels(BuildFindings found, string folder, Action<Diagnostic> problem)
{
    // What the build read has been scaled to the image, and written.
    private const double SameBox = 0.99;

    // Where this much of the place is labelled, the object that had no label has one.
    private const double AnyLabel = 0.5;

    private readonly Dictionary<string, (LabelFileContent? Content, NanoDetException? Problem)> _files = new(StringComparer.Ordinal);
    private readonly Lazy<ClassList> _numbered = new(() => found.ClassFile is { } file ? ClassSource.Read(ProjectPath.Full(folder, file)) : ClassList.FromNames(found.Dataset!.Classes));

    /// <summary>The classes that the numbers of YOLO's text count.</summary>
    /// <exception cref="NanoDetException">Their list cannot be read.</exception>
    public ClassList Numbered => _numbered.Value;

    /// <summary>Reads the labels of the image that a finding is about.</summary>
    /// <param name="told">The finding.</param>
    /// <param name="fitting">Takes what is wrong with their size.</param>
    /// <exception cref="UsageException">Another image is there now, or labels of an image that had none.</exception>
    /// <exception cref="NanoDetException">The labels or the image cannot be read.</exception>
    public PicturedLabels Of(ToldFinding told, Action<Diagnostic> fitting)
    {
        var (place, image) = (told.Diagnostic.Location!.Value, found.Dataset!.Images[told.Finding.Image]);
        var picture = ProjectPath.Full(folder, image.Path);
        if (Path.GetFullPath(place.File) == picture)
        {
            // Somebody may have labelled it meanwhile.
            return LabelPlace.IsLabelled(picture) ? throw Changed(told) : new(new LabeledImage(Path.GetFileName(picture), []) { Width = image.Width, Height = image.Height }, picture);
        }

        var content = Content(place.File, image);
        var labels = content.IsOfOneImage ? content.Images[0]
            : content.Images.FirstOrDefault(labels => IsAt(labels.Location, place) || labels.Objects.Any(labeled => IsAt(labeled, place)))
            ?? throw Changed(told);
        if (!content.IsOfOneImage && !Names(labels, content.Form, place.File, image))
        {
            throw Changed(told); // Another image is at the line now.
        }

        return PictureSize.Fit(new(labels with { FileName = Path.GetFileName(picture), Width = labels.Width ?? image.Width, Height = labels.Height ?? image.Height }, picture), fitting);
    }

    /// <summary>The number of the object in its file, which has objects in another order than the data set, and those that it leaves out.</summary>
    /// <param name="told">The finding.</param>
    /// <param name="labels">The labels of its image.</param>
    /// <returns>Null for an object without a label.</returns>
    /// <exception cref="UsageException">The object is not there any more, or has a label now.</exception>
    public int? ObjectOf(ToldFinding told, LabeledImage labels)
    {
        var box = told.Finding.Subject.Box;
        if (told.Finding.Object is null)
        {
            return labels.Objects.Any(labeled => Overlap(labeled, box) >= AnyLabel) ? throw Changed(told) : null;
        }

        // Another object may be at the line now.
        var place = told.Diagnostic.Location!.Value;
        var number = labels.Objects.IndexOf(labels.Objects.FirstOrDefault(labeled => IsAt(labeled, place)));
        var isThere = number >= 0 && IsOf(told.Meaning.Class, labels.Objects[number].ClassName) && Overlap(labels.Objects[number], box) >= SameBox;

        // Of two labels of one object, the other one must still be there, or the object would have none.
        var other = told.Finding.Kind == LabelFindingKind.Twice ? told.Finding.Suggestion : null;
        var hasOther = other is not { } kept || labels.Objects.Index().Any(entry => entry.Index != number && IsOf(found.Dataset!.Classes[kept.Label], entry.Item.ClassName) && Overlap(entry.Item, kept.Box) >= SameBox);
        return isThere && hasOther ? number : throw Changed(told);

        double Overlap(LabeledObject labeled, BoundingBox with) => labeled.Box.Clip(labels.Width!.Value, labels.Height!.Value).IntersectionOverUnion(with);
    }

    // Labelling tools name an image by addresses and numbers of theirs too.
    private bool Names(LabeledImage labels, LabelFormat form, string file, DatasetImage image)
    {
        var stored = ProjectPath.Relative(folder, Path.GetFullPath(file));
        return new LabelPairing([image.Path], [stored]).Add(new(form, [labels]), stored, []) is [not null];
    }

    /// <summary>What is in a label file, which may be that of all images; one that cannot be read is told once.</summary>
    /// <exception cref="NanoDetException">It cannot be read.</exception>
    private LabelFileContent Content(string file, DatasetImage image)
    {
        if (!_files.TryGetValue(file, out var read))
        {
            try
            {
                read = (LabelFileReader.IsYolo(file)
                    ? new(LabelFormat.Yolo, [YoloReader.Read(file, _numbered.Value, image.Width, image.Height)])
                    : LabelFileReader.Read(file, file), null);
            }
            catch (NanoDetException exception)
            {
                read = (null, exception);
                if (File.Exists(file))
                {
                    exception.Diagnostics.ToList().ForEach(problem);
                }
            }

            _files.Add(file, read);
        }

        return read.Content ?? throw new NanoDetException(read.Problem!.Diagnostic, read.Problem);
    }

    // A name that is none of the classes is another name of one of them.
    private bool IsOf(string className, string labelled) => labelled == className || !found.Dataset!.Classes.Contains(labelled);

    private static bool IsAt(LabeledObject labeled, SourceLocation place) => IsAt(labeled.Location, place) || IsAt(labeled.BoxLocation, place);

    private static bool IsAt(SourceLocation? location, SourceLocation place) => location is { } one && (one.Line, one.Column) == (place.Line, place.Column);

    private static UsageException Changed(ToldFinding told)
        => new($"'{PrintedText.Escape(told.Diagnostic.Location!.Value.File)}' is not what the build read; build again, or choose other findings than {told.Meaning.Id}");
}
