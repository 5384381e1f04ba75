using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Discovery;
using NanoDet.Data.Files;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Linting;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Stages;
using NanoDet.Tool.Labels;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Linting;

/// <summary>What the last build of a project found in its labels.</summary>
internal sealed class BuildLint : LintSource
{
    // What the build read has been scaled to the image, and written.
    private const double SameBox = 0.99;

    // Where this much of the place is labelled, the object that had no label has one.
    private const double AnyLabel = 0.5;

    private readonly string _folder;
    private readonly Action<Diagnostic> _problem;
    private readonly BuildFindings _found;
    private readonly Lazy<ClassList> _numbered;
    private readonly Dictionary<string, (LabelFileContent? Content, NanoDetException? Problem)> _files = new(StringComparer.Ordinal);

    /// <summary>Reads the findings.</summary>
    /// <param name="folder">The folder that the build writes into, <c>obj/nanodet</c> of the project.</param>
    /// <param name="problem">Takes what is wrong with labels that are read.</param>
    /// <exception cref="UsageException">No build has left findings there.</exception>
    /// <exception cref="NanoDetException">A file of the build cannot be read.</exception>
    public BuildLint(string folder, Action<Diagnostic> problem)
    {
        var request = Path.Combine(folder, "stages", $"{WorkerVerb.Findings}.request.json");
        _folder = File.Exists(request)
            ? ProjectOf(Path.GetFullPath(folder), RequestJson.Read<FindingsRequest>(request))
            : throw new UsageException($"no build has left findings in '{folder}'; give the folder that a build with NanoDetLint writes into, such as obj/nanodet, or a model and labels");
        if (!IsOfPlan(folder))
        {
            throw new UsageException($"images or labels changed since the findings in '{folder}' were made; build again");
        }

        _problem = problem;
        _found = BuildFindings.Read(Path.GetFullPath(folder), _folder);
        _numbered = new(() => _found.ClassFile is { } file ? ClassSource.Read(ProjectPath.Full(_folder, file)) : ClassList.FromNames(Classes));
        Findings = [.. _found.All.Select(Shown)];
        if (!Findings.IsEmpty && !Findings.Any(told => File.Exists(told.Diagnostic.Location!.Value.File)))
        {
            throw new UsageException($"the labels that the build read are not in '{_folder}'; give the folder where it is in its project, or build again");
        }
    }

    /// <summary>The file of accepted findings that the build reads.</summary>
    public string BaselineFile => Path.Combine(_folder, LintBaseline.FileName);

    /// <inheritdoc />
    public override ImmutableArray<ToldFinding> Findings { get; }

    /// <inheritdoc />
    public override ImmutableArray<DatasetImage> Images => _found.Dataset?.Images ?? [];

    /// <inheritdoc />
    public override ImmutableArray<string> Classes => _found.Dataset?.Classes ?? [];

    /// <inheritdoc />
    public override string FileOf(DatasetImage image) => ProjectPath.Full(_folder, image.Path);

    /// <inheritdoc />
    public override bool IsCurrent(ToldFinding told)
    {
        try
        {
            _ = ObjectOf(told, Read(told, static _ => { }).Labels);
            return true;
        }
        catch (Exception exception) when (exception is UsageException or NanoDetException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public override (LintedLabels Labels, ImmutableArray<ToldFinding> Findings) LabelsOf(ImmutableArray<ToldFinding> findings)
    {
        var numbers = findings.Select(told => told.Finding.Image).Distinct().Order().Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        var labels = findings.DistinctBy(told => told.Finding.Image).ToDictionary(told => told.Finding.Image, told => Read(told, _problem));
        var images = numbers.Keys.Order().ToList();
        return (
            new LintedLabels(ClassList.FromNames(Classes), [.. images.Select(image => Images[image])], [.. images.Select(image => labels[image])]),
            [.. findings.Select(told => told with { Finding = told.Finding with { Image = numbers[told.Finding.Image], Object = ObjectOf(told, labels[told.Finding.Image].Labels) } })]);
    }

    // The request for the page says where the project was, which may have moved since, with what the build wrote.
    private static string ProjectOf(string folder, FindingsRequest request)
        => Path.GetFullPath(Path.GetRelativePath(request.BuildFolder, request.ProjectFolder), folder);

    // A later plan, alone or in a build that did not get to the lint, has other images in the places that findings name by number.
    private static bool IsOfPlan(string folder)
        => StageRecord.ReadInputs(StageRecord.DonePath(folder, WorkerVerb.Lint)) is { } compared
            && StageRecord.ReadInputs(StageRecord.WantedPath(folder, "convert")) is { } planned
            && compared.Images.SequenceEqual(planned.Images);

    // As the user would write the path, who may not be in the project's folder.
    private ToldFinding Shown(ToldFinding told)
    {
        var location = told.Diagnostic.Location!.Value;
        var file = Path.GetRelativePath(Environment.CurrentDirectory, ProjectPath.Full(_folder, location.File));
        return told with { Diagnostic = told.Diagnostic with { Location = location with { File = file } } };
    }

    private PicturedLabels Read(ToldFinding told, Action<Diagnostic> problem)
    {
        var (place, image) = (told.Diagnostic.Location!.Value, Images[told.Finding.Image]);
        var picture = FileOf(image);
        if (Path.GetFullPath(place.File) == picture)
        {
            return new(new LabeledImage(Path.GetFileName(picture), []) { Width = image.Width, Height = image.Height }, picture);
        }

        var content = Content(place.File, image);
        var labels = content.IsOfOneImage ? content.Images[0]
            : content.Images.FirstOrDefault(labels => IsAt(labels.Location, place) || labels.Objects.Any(labeled => IsAt(labeled.Location, place) || IsAt(labeled.BoxLocation, place)))
            ?? throw Changed(told);
        if (!content.IsOfOneImage && !string.Equals(Path.GetFileName(labels.FileName), Path.GetFileName(picture), StringComparison.OrdinalIgnoreCase))
        {
            throw Changed(told); // Another image is at the line now.
        }

        return PictureSize.Fit(new(labels with { FileName = Path.GetFileName(picture), Width = labels.Width ?? image.Width, Height = labels.Height ?? image.Height }, picture), problem);
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
                    _problem(exception.Diagnostic);
                }
            }

            _files.Add(file, read);
        }

        return read.Content ?? throw new NanoDetException(read.Problem!.Diagnostic, read.Problem);
    }

    /// <summary>The number of the object in its file, which has objects in another order than the data set, and those that it leaves out.</summary>
    private int? ObjectOf(ToldFinding told, LabeledImage labels)
    {
        var box = told.Finding.Subject.Box;
        if (told.Finding.Object is null)
        {
            return labels.Objects.Any(labeled => Overlap(labeled, box) >= AnyLabel) ? throw Changed(told) : null;
        }

        // Another object may be at the line now.
        var place = told.Diagnostic.Location!.Value;
        var number = labels.Objects.IndexOf(labels.Objects.FirstOrDefault(labeled => IsAt(labeled.Location, place) || IsAt(labeled.BoxLocation, place)));
        var isThere = number >= 0 && IsOf(told.Meaning.Class, labels.Objects[number].ClassName) && Overlap(labels.Objects[number], box) >= SameBox;

        // Of two labels of one object, the other one must still be there, or the object would have none.
        var other = told.Finding.Kind == LabelFindingKind.Twice ? told.Finding.Suggestion : null;
        var hasOther = other is not { } kept || labels.Objects.Index().Any(entry => entry.Index != number && IsOf(Classes[kept.Label], entry.Item.ClassName) && Overlap(entry.Item, kept.Box) >= SameBox);
        return isThere && hasOther ? number : throw Changed(told);

        double Overlap(LabeledObject labeled, BoundingBox with) => labeled.Box.Clip(labels.Width!.Value, labels.Height!.Value).IntersectionOverUnion(with);
    }

    // A name that is none of the classes is another name of one of them.
    private bool IsOf(string className, string labelled) => labelled == className || !Classes.Contains(labelled);

    private static bool IsAt(SourceLocation? location, SourceLocation place) => location is { } one && (one.Line, one.Column) == (place.Line, place.Column);

    private static UsageException Changed(ToldFinding told)
        => new($"'{PrintedText.Escape(told.Diagnostic.Location!.Value.File)}' is not what the build read; build again, or choose other findings than {told.Meaning.Id}");
}
