using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Labels;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Linting;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Stages;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Linting;

/// <summary>What the last build of a project found in its labels.</summary>
internal sealed class BuildLint : LintSource
{
    /// <summary>What to give in place of what has no findings, in words.</summary>
    public const string Wanted = "give the folder that a build with NanoDetLint writes into, such as obj/nanodet, or a model and labels";

    private readonly string _folder;
    private readonly Action<Diagnostic> _problem;
    private readonly BuildFindings _found;
    private readonly BuiltLabels _labels;

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
            : throw new UsageException($"no build has left findings in '{folder}'; {Wanted}");
        if (!IsOfPlan(folder))
        {
            throw new UsageException($"images or labels changed since the findings in '{folder}' were made; build again");
        }

        _problem = problem;
        _found = BuildFindings.Read(Path.GetFullPath(folder), _folder);
        _labels = new(_found, _folder, problem);
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
    public override LintRecall Recall => _found.Recall;

    /// <inheritdoc />
    public override ImmutableArray<DatasetImage> Images => _found.Dataset?.Images ?? [];

    /// <inheritdoc />
    public override ImmutableArray<string> Classes => _found.Dataset?.Classes ?? [];

    /// <inheritdoc />
    public override string FileOf(DatasetImage image) => ProjectPath.Full(_folder, image.Path);

    /// <inheritdoc />
    public override Exception? WhyOutdated(ToldFinding told)
    {
        try
        {
            _ = _labels.ObjectOf(told, _labels.Of(told, static _ => { }).Labels);
            return null;
        }
        catch (Exception exception) when (exception is UsageException or NanoDetException)
        {
            return exception;
        }
    }

    /// <inheritdoc />
    public override (LintedLabels Labels, ImmutableArray<ToldFinding> Findings) LabelsOf(ImmutableArray<ToldFinding> findings)
    {
        var numbers = findings.Select(told => told.Finding.Image).Distinct().Order().Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        var labels = findings.DistinctBy(told => told.Finding.Image).ToDictionary(told => told.Finding.Image, told => _labels.Of(told, _problem));
        var images = numbers.Keys.Order().ToList();
        var classes = ClassList.FromNames(Classes);
        return (
            new LintedLabels(classes, [.. images.Select(image => Images[image])], [.. images.Select(image => labels[image])]) { Numbered = labels.Values.Any(image => image.AreYolo) ? _labels.Numbered : classes },
            [.. findings.Select(told => told with { Finding = told.Finding with { Image = numbers[told.Finding.Image], Object = _labels.ObjectOf(told, labels[told.Finding.Image].Labels) } })]);
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
}
