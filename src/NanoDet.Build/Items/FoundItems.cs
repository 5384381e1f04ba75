using System.Collections.Immutable;
using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Discovery;
using NanoDet.Data.Pairing;
using NanoDet.Data.Validation;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Build.Items;

/// <summary>The items of a plan together with what is found without being named.</summary>
/// <param name="Images">The images.</param>
/// <param name="Annotations">The label files.</param>
/// <param name="ImageSets">The lists.</param>
/// <param name="ClassFile">The file with the classes; empty for none.</param>
internal sealed record FoundItems(ImmutableArray<PlanImage> Images, ImmutableArray<string> Annotations, ImmutableArray<PlanList> ImageSets, string ClassFile)
{
    /// <summary>Where there are no images: what looks like a part of a data set.</summary>
    public ImmutableArray<string> Seen { get; private init; } = [];

    /// <summary>Labels and images that the configuration file has put together.</summary>
    public ImmutableArray<LabelBlock> Blocks { get; init; } = [];

    /// <summary>The classes that the configuration file names; empty for none.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>What becomes of difficult objects if the project does not say.</summary>
    public DifficultPolicy Difficult { get; init; } = DifficultPolicy.Ignore;

    /// <summary>With the list of classes that a project has beside it, where it names none and its labels have none of their own.</summary>
    public FoundItems WithUsualClassFile(string projectFolder)
        => ClassFile.Length == 0 && File.Exists(Path.Combine(projectFolder, ClassFinder.Usual[0])) ? this with { ClassFile = ClassFinder.Usual[0] } : this;

    /// <summary>Recognises the data set of a project.</summary>
    /// <param name="projectFolder">The project's folder.</param>
    /// <param name="log">Takes what was passed over, and NDB106x.</param>
    /// <exception cref="NanoDetException">NDB106x.</exception>
    public FoundItems Find(string projectFolder, DiagnosticLog log)
    {
        var found = ProjectItems.Find(projectFolder, [.. Images.Select(image => image.Path)], Annotations, [.. ImageSets.Select(list => list.Path)]);
        foreach (var line in found.Dataset.PassedOver)
        {
            log.Say(MessageImportance.High, $"NanoDet: {line}");
        }

        log.Say(MessageImportance.Low, $"layout: {found.Dataset.Layout}");
        var problems = found.Dataset.ProblemsFor(ClassFile.Length > 0).ToLookup(problem => problem.Severity);
        foreach (var warning in problems[DiagnosticSeverity.Warning])
        {
            log.Write(warning);
        }

        if (problems[DiagnosticSeverity.Error].Any())
        {
            throw new NanoDetException([.. problems[DiagnosticSeverity.Error]]);
        }

        var (noImages, noLabels) = (found.NoImages.ToHashSet(StringComparer.Ordinal), found.NoLabels.ToHashSet(StringComparer.Ordinal));
        var lists = found.Lists.Select(list => list.Path).ToHashSet(StringComparer.Ordinal);
        var images = noImages.Count == 0 ? Images : [.. Images.Where(image => !noImages.Contains(image.Path))];
        images = found.Images.Count == 0 ? images : [.. images, .. found.Images.Select(path => new PlanImage(path))];
        images = found.Parts.Count == 0 ? images : [.. images.Select(image => image.Part is null && found.Parts.TryGetValue(image.Path, out var part) ? image with { Part = part } : image)];
        var annotations = noLabels.Count == 0 ? Annotations : [.. Annotations.Where(file => !noLabels.Contains(file))];
        return new(
            images,
            found.Labels.Count == 0 ? annotations : [.. annotations, .. found.Labels],
            [.. ImageSets.Where(list => !lists.Contains(list.Path) || list.Part is not null), .. found.Lists.Select(list => new PlanList(list.Path, list.Part))],
            ClassFile.Length > 0 ? ClassFile : found.Dataset.ClassFile ?? "")
        {
            Seen = found.Dataset.Seen,
        };
    }
}
