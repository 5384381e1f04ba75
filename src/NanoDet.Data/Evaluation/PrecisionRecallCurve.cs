using System.Collections.Immutable;

namespace NanoDet.Data.Evaluation;

/// <summary>Precision and recall of one class at every score that its detections have.</summary>
/// <param name="CategoryId">The class.</param>
/// <param name="Truths">The number of objects of the class to count.</param>
/// <param name="Points">
/// One point for each different score, by falling score, not interpolated. Empty if there is no object or no detection to count.
/// </param>
public sealed record PrecisionRecallCurve(int CategoryId, int Truths, ImmutableArray<PrecisionRecallPoint> Points)
{
    /// <summary>Computes the curves of all classes, with matches as in COCO at one IoU threshold.</summary>
    /// <param name="categoryIds">The classes, each once.</param>
    /// <param name="truths">The labelled objects.</param>
    /// <param name="detections">The detections.</param>
    /// <param name="overlap">The IoU threshold of a match.</param>
    public static ImmutableArray<PrecisionRecallCurve> Of(
        IReadOnlyList<int> categoryIds,
        IEnumerable<EvaluationTruth> truths,
        IEnumerable<EvaluationDetection> detections,
        double overlap = 0.5)
    {
        var images = ClassImages.Group(categoryIds, truths, detections);
        var curves = new PrecisionRecallCurve[images.Length];
        Parallel.For(0, images.Length, index =>
        {
            var ranking = new ClassRanking(images[index], AreaRange.All, [overlap]);
            curves[index] = new(categoryIds[index], ranking.CountedTruths[0], [.. Measure(ranking)]);
        });
        return [.. curves];
    }

    private static List<PrecisionRecallPoint> Measure(ClassRanking ranking)
    {
        var points = new List<PrecisionRecallPoint>();
        var outcomes = ranking.Outcomes(0, 0);
        double truths = ranking.CountedTruths[0];
        int accepted = 0, right = 0;
        for (var i = 0; i < outcomes.Length && truths > 0; i++)
        {
            accepted += outcomes[i] == MatchOutcome.Ignored ? 0 : 1;
            right += outcomes[i] == MatchOutcome.TruePositive ? 1 : 0;
            var lastOfScore = i + 1 == outcomes.Length || ranking.Scores[i + 1] < ranking.Scores[i];
            if (lastOfScore && accepted > 0)
            {
                points.Add(new(ranking.Scores[i], right / (double)accepted, right / truths));
            }
        }

        return points;
    }
}
