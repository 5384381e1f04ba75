using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;

namespace NanoDet.Tool.Evaluation;

/// <summary>The labelled images for an evaluation.</summary>
/// <param name="Classes">The classes; the index is the category id of the evaluation.</param>
/// <param name="Images">File names of the images; the index is the image id of the evaluation.</param>
/// <param name="Truths">The labelled objects.</param>
internal sealed record EvaluationCase(
    ImmutableArray<string> Classes, ImmutableArray<string> Images, ImmutableArray<EvaluationTruth> Truths)
{
    /// <summary>Evaluates detections with the ids of this case.</summary>
    public EvaluationReport Judge(IReadOnlyCollection<EvaluationDetection> detections)
    {
        var metrics = CocoEvaluator.Evaluate([.. Enumerable.Range(0, Classes.Length)], Truths, detections);
        var objects = Truths.Where(truth => !truth.Crowd && !truth.Ignored).CountBy(truth => truth.CategoryId).ToDictionary();
        return new(Images.Length, detections.Count, metrics.Stats,
            [.. metrics.Classes.Select(figures => new ClassReport(
                Classes[figures.CategoryId], objects.GetValueOrDefault(figures.CategoryId), figures.AveragePrecision, figures.AveragePrecision50))]);
    }

    /// <summary>Makes a case from a COCO document, with classes and images by rising id as in pycocotools.</summary>
    public static EvaluationCase Of(CocoDocument document)
    {
        var (classes, images) = (Order(document.Categories.Select(category => category.Id)), Order(document.Images.Select(image => image.Id)));
        return new(
            [.. document.Categories.OrderBy(category => category.Id).Select(category => category.Name)],
            [.. document.Images.OrderBy(image => image.Id).Select(image => image.FileName)],
            [.. document.Annotations.Select(annotation => new EvaluationTruth(
                images[annotation.ImageId],
                classes[annotation.CategoryId],
                new(annotation.X, annotation.Y, annotation.X + annotation.Width, annotation.Y + annotation.Height))
            {
                Area = annotation.Area,
                Crowd = annotation.Crowd,
                Ignored = annotation.Ignore,
            })]);
    }

    /// <summary>Makes a case from labels; difficult objects and crowds are ignored.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="images">The labels; all of their classes are in the list.</param>
    public static EvaluationCase Of(ClassList classes, IReadOnlyList<LabeledImage> images) => new(
        classes.Names,
        [.. images.Select(image => image.FileName)],
        [.. images.Index().SelectMany(entry => entry.Item.Objects.Select(labeled => new EvaluationTruth(entry.Index, classes.IndexOf(labeled.ClassName), labeled.Box)
        {
            Area = labeled.Area,
            Crowd = labeled.Crowd,
            Ignored = labeled.Difficult,
        }))]);

    /// <summary>Converts the detections of a results file to the ids of the case; detections of unknown classes are left out.</summary>
    /// <exception cref="DiagnosticException">NDB1007 for an image that the labels do not have.</exception>
    public static IEnumerable<EvaluationDetection> Detections(CocoDocument document, IEnumerable<CocoResult> results)
    {
        var (classes, images) = (Order(document.Categories.Select(category => category.Id)), Order(document.Images.Select(image => image.Id)));
        foreach (var result in results)
        {
            if (!images.TryGetValue(result.ImageId, out var image))
            {
                throw new DiagnosticException(LabelDiagnostics.DanglingReference(result.Location!.Value, "image", result.ImageId));
            }

            if (classes.TryGetValue(result.CategoryId, out var label))
            {
                yield return new(image, label, result.Box, result.Score);
            }
        }
    }

    private static Dictionary<long, int> Order(IEnumerable<long> ids)
        => ids.Order().Select((id, index) => (id, index)).ToDictionary(entry => entry.id, entry => entry.index);
}
