using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Data.Validation;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Labels;

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

    /// <summary>
    /// Makes a case from a COCO document, with classes and images by rising id as in pycocotools. Categories of one name are one class.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="problem">Takes what is wrong with the labels.</param>
    public static EvaluationCase Of(CocoDocument document, Action<Diagnostic> problem)
    {
        var images = document.Images.Zip(CocoConversion.ToLabels(document)).OrderBy(entry => entry.First.Id).Select(entry => entry.Second);
        return Of(ClassList.FromNames(Names(document)), [.. images], problem);
    }

    /// <summary>Makes a case from labels; difficult objects and crowds are ignored, and objects of other classes are told and left out.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="images">The labels.</param>
    /// <param name="problem">Takes what is wrong with the labels.</param>
    public static EvaluationCase Of(ClassList classes, IReadOnlyList<LabeledImage> images, Action<Diagnostic> problem)
    {
        var problems = new List<Diagnostic>();
        var truths = ImmutableArray.CreateBuilder<EvaluationTruth>();
        var crowded = 0;
        foreach (var (index, image) in images.Index())
        {
            var place = image.Location ?? new(image.FileName);
            problems.AddRange(image.Problems);
            var objects = ObjectCheck.Run(ListedObjects.Of(image, classes, place, problems.Add).Labels, place, problems).Objects;
            truths.AddRange(objects.Select(labeled => new EvaluationTruth(index, classes.IndexOf(labeled.ClassName), labeled.Box)
            {
                Area = labeled.Area,
                Crowd = labeled.Crowd,
                Ignored = labeled.Difficult,
            }));
            crowded += objects.Where(labeled => !labeled.Crowd && !labeled.Difficult).CountBy(labeled => labeled.ClassName).Any(count => count.Value > CocoEvaluator.MaxDetections) ? 1 : 0;
        }

        problems.ForEach(problem);
        if (crowded > 0)
        {
            problem(ToolDiagnostics.FiguresOfManyObjects(crowded, CocoEvaluator.MaxDetections));
        }

        return new(classes.Names, [.. images.Select(image => image.FileName)], truths.DrainToImmutable());
    }

    /// <summary>Converts the detections of a results file to the ids of the case; detections of unknown classes are left out.</summary>
    /// <exception cref="NanoDetException">NDB1007 for an image that the labels do not have.</exception>
    public static IEnumerable<EvaluationDetection> Detections(CocoDocument document, IEnumerable<CocoResult> results)
    {
        var names = Names(document);
        var classes = document.Categories.ToDictionary(category => category.Id, category => names.IndexOf(category.Name));
        var images = document.Images.Select(image => image.Id).Order().Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        foreach (var result in results)
        {
            if (!images.TryGetValue(result.ImageId, out var image))
            {
                throw new NanoDetException(LabelDiagnostics.DanglingReference(result.Location!.Value, "image", CocoId.Show(result.ImageId)));
            }

            if (classes.TryGetValue(result.CategoryId, out var label))
            {
                yield return new(image, label, result.Box, result.Score);
            }
        }
    }

    private static ImmutableArray<string> Names(CocoDocument document)
        => [.. document.Categories.OrderBy(category => category.Id).Select(category => category.Name).Distinct(StringComparer.Ordinal)];
}
