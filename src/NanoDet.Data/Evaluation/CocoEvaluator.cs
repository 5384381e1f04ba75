using NanoDet.Data.Datasets;

namespace NanoDet.Data.Evaluation;

/// <summary>
/// COCO's evaluation of boxes by the rules of pycocotools: IoU thresholds 0.50 to 0.95, 101 recall points, at most 1, 10 or 100
/// detections per image and class, four ranges of areas, crowds and ignored objects.
/// </summary>
public static class CocoEvaluator
{
    /// <summary>The largest number of detections in one image and class; those with lower scores are dropped.</summary>
    public const int MaxDetections = 100;

    private static readonly int[] DetectionCounts = [1, 10, MaxDetections];

    // numpy.linspace(0.5, 0.95, 10): the same doubles, so that an IoU on a threshold is treated in the same way.
    private static readonly double[] Overlaps = [.. Enumerable.Range(0, 9).Select(i => 0.5 + i * ((0.95 - 0.5) / 9)), 0.95];

    /// <summary>Evaluates detections.</summary>
    /// <param name="categoryIds">The classes to evaluate, each once; truths and detections of other classes are left out.</param>
    /// <param name="truths">The labelled objects. An image without objects may still have detections.</param>
    /// <param name="detections">The detections; if scores are equal, the image id and then this order decide.</param>
    public static CocoMetrics Evaluate(
        IReadOnlyList<int> categoryIds, IEnumerable<EvaluationTruth> truths, IEnumerable<EvaluationDetection> detections)
    {
        var images = ClassImages.Group(categoryIds, truths, detections);
        var figures = new ClassFigures[images.Length];
        Parallel.For(0, images.Length, index => figures[index] = Measure(images[index]));
        return new([.. Summary(figures)], [.. categoryIds.Select((id, index) => PerClass(id, figures[index]))]);
    }

    /// <summary>Evaluates detections in images of a data set.</summary>
    /// <param name="classCount">The number of classes of the data set.</param>
    /// <param name="images">The images.</param>
    /// <param name="detections">The detections; the image id is the index in <paramref name="images"/>, the category id is the label.</param>
    public static CocoMetrics Evaluate(
        int classCount, IReadOnlyList<DatasetImage> images, IEnumerable<EvaluationDetection> detections)
        => Evaluate([.. Enumerable.Range(0, classCount)], EvaluationTruth.Of(images), detections);

    private static ClassFigures Measure(ClassImages images)
    {
        var ranking = new ClassRanking(images, AreaRange.Coco, Overlaps);
        var areas = AreaRange.Coco.Count;
        var figures = new ClassFigures(new double?[areas, Overlaps.Length], new double?[areas, DetectionCounts.Length, Overlaps.Length]);
        for (var area = 0; area < areas; area++)
        {
            for (var overlap = 0; overlap < Overlaps.Length; overlap++)
            {
                for (var max = area == 0 ? 0 : DetectionCounts.Length - 1; max < DetectionCounts.Length; max++)
                {
                    var figure = AveragePrecision.Of(ranking, area, overlap, DetectionCounts[max]);
                    figures.Recall[area, max, overlap] = figure?.Recall;
                    figures.Precision[area, overlap] = figure?.Precision;
                }
            }
        }

        return figures;
    }

    private static IEnumerable<double> Summary(ClassFigures[] figures)
    {
        const int Last = 2;
        var overlaps = Enumerable.Range(0, Overlaps.Length).ToArray();
        double Precision(int area, params int[] at) => Mean(figures.SelectMany(of => at, (of, overlap) => of.Precision[area, overlap])) ?? -1;
        double Recall(int area, int max) => Mean(figures.SelectMany(of => overlaps, (of, overlap) => of.Recall[area, max, overlap])) ?? -1;
        return
        [
            Precision(0, overlaps), Precision(0, 0), Precision(0, 5),
            Precision(1, overlaps), Precision(2, overlaps), Precision(3, overlaps),
            Recall(0, 0), Recall(0, 1), Recall(0, Last), Recall(1, Last), Recall(2, Last), Recall(3, Last),
        ];
    }

    private static ClassMetrics PerClass(int categoryId, ClassFigures figures) => new(
        categoryId,
        Mean(Enumerable.Range(0, Overlaps.Length).Select(overlap => figures.Precision[0, overlap])),
        figures.Precision[0, 0]);

    // Enumerable.Average ignores nulls and returns null if there is nothing else.
    private static double? Mean(IEnumerable<double?> figures) => figures.Average();

    // Precision is [area, overlap] with the most detections, recall is [area, most detections, overlap]; null if there is no truth to count.
    private sealed record ClassFigures(double?[,] Precision, double?[,,] Recall);
}
