using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Linting;
using NanoDet.Data.Validation;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Labels;

namespace NanoDet.Tool.Linting;

/// <summary>The labels of images in both forms: as the lint compares them, and as they stand in their files.</summary>
/// <param name="Classes">The classes.</param>
/// <param name="Images">The images, with objects in the order of the files.</param>
/// <param name="Labels">The labels of the same images, with the same objects; behind them those of other classes, which a proposal keeps.</param>
internal sealed record LintedLabels(ClassList Classes, ImmutableArray<DatasetImage> Images, ImmutableArray<PicturedLabels> Labels)
{
    /// <summary>The classes that the numbers of YOLO's text count, which may be more, and others, than those that are compared.</summary>
    public ClassList Numbered { get; init; } = Classes;

    /// <summary>Takes the labels; difficult objects and crowds are ignored, as in evaluation.</summary>
    /// <param name="found">The labelled images.</param>
    /// <param name="classes">The classes; objects of others are not compared.</param>
    /// <param name="problem">Takes what is wrong with the labels.</param>
    public static LintedLabels Of(LabelledDetection found, ClassList classes, Action<Diagnostic> problem)
    {
        var problems = new List<Diagnostic>();
        ImmutableArray<PicturedLabels> labels = [.. found.Images.Select(image => image with { Labels = Known(image, classes, problems) })];
        problems.ForEach(problem);
        return new(classes, [.. labels.Select(image => Image(image, classes))], labels);
    }

    /// <summary>What the labels and the detections come to.</summary>
    public LintFindings Compare(LabelledDetection found, LintOptions options) => LabelLint.Run(Classes.Names.Length, [.. Images.Index()], found.Detections, options);

    /// <summary>A finding in words.</summary>
    public ToldFinding Told(LabelFinding finding) => ToldFinding.Of(finding, Images[finding.Image], Classes.Names, Place(finding));

    private static LabeledImage Known(PicturedLabels image, ClassList classes, List<Diagnostic> problems)
    {
        var place = image.Labels.Location ?? new(image.Picture!);
        var listed = ListedObjects.Of(image.Labels, classes, place, problems.Add);
        var known = ObjectCheck.Run(listed.Labels, place, problems);
        return known with { Objects = [.. known.Objects, .. listed.Others] };
    }

    private static DatasetImage Image(PicturedLabels image, ClassList classes)
    {
        var (width, height) = (image.Labels.Width!.Value, image.Labels.Height!.Value);
        return new(
            image.Labels.FileName, ContentHash.OfFile(image.Picture!).ToString(), width, height, image.Part ?? DatasetPart.Train,
            [.. image.Labels.Objects.Where(labeled => classes.IndexOf(labeled.ClassName) >= 0).Select(labeled => new DatasetObject(classes.IndexOf(labeled.ClassName), labeled.Box.Clip(width, height))
            {
                Ignored = labeled.Difficult || labeled.Crowd,
                Crowd = labeled.Crowd,
            })])
        {
            Orientation = ImageHeaderReader.Read(image.Picture!).OrientationUnder(OrientationPolicy.Apply),
        };
    }

    private SourceLocation Place(LabelFinding finding)
    {
        var image = Labels[finding.Image];
        var labeled = finding.Object is { } index ? image.Labels.Objects[index] : default;
        return (finding.Kind == LabelFindingKind.Box ? labeled.BoxLocation : null) ?? labeled.Location ?? image.Labels.Location ?? new(image.Picture!);
    }
}
