using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Yolo;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Linting;
using NanoDet.Pipeline.Requests;
using NanoDet.Tool.Labels;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Linting;

/// <summary>What the last build of a project found in its labels.</summary>
internal sealed class BuildLint : LintSource
{
    private readonly string _folder;
    private readonly Action<Diagnostic> _problem;
    private readonly BuildFindings _found;

    /// <summary>Reads the findings.</summary>
    /// <param name="folder">The folder that the build writes into, <c>obj/nanodet</c> of the project.</param>
    /// <param name="problem">Takes what is wrong with labels that are read.</param>
    /// <exception cref="UsageException">No build has left findings there.</exception>
    /// <exception cref="NanoDetException">A file of the build cannot be read.</exception>
    public BuildLint(string folder, Action<Diagnostic> problem)
    {
        // The request for the page says where the project is.
        var request = Path.Combine(folder, "stages", $"{WorkerVerb.Findings}.request.json");
        _folder = File.Exists(request)
            ? RequestJson.Read<FindingsRequest>(request).ProjectFolder
            : throw new UsageException($"no build has left findings in '{folder}'; give the folder that a build with NanoDetLint writes into, such as obj/nanodet, or a model and labels");
        _problem = problem;
        _found = BuildFindings.Read(Path.GetFullPath(folder), _folder);
        Findings = [.. _found.All.Select(Shown)];
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
    public override (LintedLabels Labels, ImmutableArray<ToldFinding> Findings) LabelsOf(ImmutableArray<ToldFinding> findings)
    {
        var numbers = findings.Select(told => told.Finding.Image).Distinct().Order().Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        var labels = findings.DistinctBy(told => told.Finding.Image).ToDictionary(told => told.Finding.Image, Read);
        var images = numbers.Keys.Order().ToList();
        return (
            new LintedLabels(ClassList.FromNames(Classes), [.. images.Select(image => Images[image])], [.. images.Select(image => labels[image])]),
            [.. findings.Select(told => told with { Finding = told.Finding with { Image = numbers[told.Finding.Image], Object = ObjectOf(told, labels[told.Finding.Image].Labels) } })]);
    }

    // As the user would write the path, who may not be in the project's folder.
    private ToldFinding Shown(ToldFinding told)
    {
        var location = told.Diagnostic.Location!.Value;
        var file = Path.GetRelativePath(Environment.CurrentDirectory, ProjectPath.Full(_folder, location.File));
        return told with { Diagnostic = told.Diagnostic with { Location = location with { File = file } } };
    }

    private PicturedLabels Read(ToldFinding told)
    {
        var (place, image) = (told.Diagnostic.Location!.Value, Images[told.Finding.Image]);
        var picture = FileOf(image);
        if (Path.GetFullPath(place.File) == picture)
        {
            return new(new LabeledImage(Path.GetFileName(picture), []) { Width = image.Width, Height = image.Height }, picture);
        }

        var content = LabelFileReader.IsYolo(place.File)
            ? new(LabelFormat.Yolo, [YoloReader.Read(place.File, ClassList.FromNames(Classes), image.Width, image.Height)])
            : LabelFileReader.Read(place.File, place.File);
        var labels = content.IsOfOneImage ? content.Images[0]
            : content.Images.FirstOrDefault(labels => IsAt(labels.Location, place) || labels.Objects.Any(labeled => IsAt(labeled.Location, place) || IsAt(labeled.BoxLocation, place)))
            ?? throw Changed(told);
        return PictureSize.Fit(new(labels with { FileName = Path.GetFileName(picture), Width = labels.Width ?? image.Width, Height = labels.Height ?? image.Height }, picture), _problem);
    }

    /// <summary>The number of the object in its file, which has objects in another order than the data set, and those that it leaves out.</summary>
    private static int? ObjectOf(ToldFinding told, LabeledImage labels)
    {
        if (told.Finding.Object is null)
        {
            return null;
        }

        var place = told.Diagnostic.Location!.Value;
        var number = labels.Objects.IndexOf(labels.Objects.FirstOrDefault(labeled => IsAt(labeled.Location, place) || IsAt(labeled.BoxLocation, place)));
        return number >= 0 ? number : throw Changed(told);
    }

    private static bool IsAt(SourceLocation? location, SourceLocation place) => location is { } one && (one.Line, one.Column) == (place.Line, place.Column);

    private static UsageException Changed(ToldFinding told)
        => new($"'{PrintedText.Escape(told.Diagnostic.Location!.Value.File)}' is not what the build read; build again, or apply without finding {told.Meaning.Id}");
}
