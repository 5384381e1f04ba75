using System.Collections.Immutable;

namespace NanoDet.Data.Evaluation.Details;

/// <summary>How one class does at the score threshold of the model, and at every other.</summary>
/// <param name="Objects">Objects to count.</param>
/// <param name="Precision">Share of the accepted detections that are right; null if none is accepted.</param>
/// <param name="Recall">Share of the objects that are detected; null if there is no object.</param>
/// <param name="F1">Harmonic mean of precision and recall, 0 if nothing is right; null if there is no object.</param>
/// <param name="Points">
/// Points of the precision-recall curve by falling score: the first, the last, and each where score, precision or recall is a
/// hundredth or more away from the point before.
/// </param>
public sealed record ClassDetails(int Objects, double? Precision, double? Recall, double? F1, ImmutableArray<PrecisionRecallPoint> Points)
{
    private const double Step = 0.01;

    /// <summary>Reads a curve.</summary>
    /// <param name="curve">The curve with all of its points.</param>
    /// <param name="threshold">Detections with at least this score are accepted.</param>
    internal static ClassDetails Of(PrecisionRecallCurve curve, double threshold)
    {
        var at = curve.Points.TakeWhile(point => point.Score >= threshold).Select(point => (PrecisionRecallPoint?)point).LastOrDefault();
        return new(
            curve.Truths,
            at?.Precision,
            curve.Truths == 0 ? null : at?.Recall ?? 0,
            curve.Truths == 0 ? null : at?.F1 ?? 0,
            Thinned(curve.Points));
    }

    private static ImmutableArray<PrecisionRecallPoint> Thinned(ImmutableArray<PrecisionRecallPoint> points)
    {
        var kept = ImmutableArray.CreateBuilder<PrecisionRecallPoint>();
        for (var i = 0; i < points.Length; i++)
        {
            if (kept.Count == 0 || i == points.Length - 1 || IsAway(points[i], kept[^1]))
            {
                kept.Add(points[i]);
            }
        }

        return kept.DrainToImmutable();
    }

    private static bool IsAway(PrecisionRecallPoint point, PrecisionRecallPoint last)
        => Math.Abs(point.Score - last.Score) >= Step || Math.Abs(point.Precision - last.Precision) >= Step || Math.Abs(point.Recall - last.Recall) >= Step;
}
