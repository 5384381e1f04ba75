using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Parallelism;

namespace NanoDet.Data.Evaluation.Details;

/// <summary>What stands behind the figures of one part of a data set.</summary>
public sealed record PartDetails
{
    /// <summary>The most images among <see cref="Worst"/>.</summary>
    public const int MostWorst = 24;

    /// <summary>The classes in label order.</summary>
    public required ImmutableArray<ClassDetails> Classes { get; init; }

    /// <summary>The confusion matrix at the score threshold and an IoU of 0.5: the cells that are not 0.</summary>
    public required ImmutableArray<Confusion> Confusions { get; init; }

    /// <summary>Objects to count that are small, medium and large, by the ranges of COCO; one on a limit is in both ranges.</summary>
    public required ImmutableArray<int> ObjectsBySize { get; init; }

    /// <summary>The images with the most errors, those first.</summary>
    public required ImmutableArray<WorstImage> Worst { get; init; }

    /// <summary>Finds out the details of detections; the worst images have no pictures yet.</summary>
    /// <param name="classCount">The number of classes.</param>
    /// <param name="images">The images of the part.</param>
    /// <param name="detections">The detections: image ids are indices into the list, category ids are labels.</param>
    /// <param name="threshold">The score threshold of the model: detections with at least this score are accepted.</param>
    public static PartDetails Of(
        int classCount, IReadOnlyList<DatasetImage> images, IReadOnlyCollection<EvaluationDetection> detections, double threshold)
    {
        EvaluationTruth[] truths = [.. EvaluationTruth.Of(images)];
        var objects = truths.ToLookup(truth => truth.ImageId);
        var accepted = detections.Where(detection => detection.Score >= threshold).ToLookup(detection => detection.ImageId);
        var judged = ParallelLoop.Map(images.Count, index => JudgedImage.Of([.. objects[index]], [.. accepted[index]]));
        var counted = truths.Where(truth => !truth.Crowd && !truth.Ignored).Select(truth => truth.Area ?? truth.Box.Area).ToList();
        return new()
        {
            Classes = [.. PrecisionRecallCurve.Of([.. Enumerable.Range(0, classCount)], truths, detections).Select(curve => ClassDetails.Of(curve, threshold))],
            Confusions = Confusion.Of(judged),
            ObjectsBySize = [.. AreaRange.Coco.Skip(1).Select(range => counted.Count(range.Contains))],
            Worst =
            [
                .. images.Zip(judged).Where(entry => entry.Second.Errors > 0)
                    .OrderByDescending(entry => entry.Second.Errors).ThenBy(entry => entry.First.Path, StringComparer.Ordinal)
                    .Take(MostWorst)
                    .Select(entry => new WorstImage(entry.First.Path, entry.First.Width, entry.First.Height, entry.Second.Errors, entry.Second.Shown)),
            ],
        };
    }
}
