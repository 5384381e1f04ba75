namespace NanoDet.Data.Evaluation;

/// <summary>A score threshold for all classes.</summary>
/// <param name="Score">Detections with at least this score are accepted.</param>
/// <param name="F1">Mean over the classes of the harmonic mean of precision and recall.</param>
public readonly record struct ScoreThreshold(double Score, double F1)
{
    /// <summary>
    /// Returns the threshold with the largest mean F1 over the classes that have objects; the highest of several. It is half way
    /// to the next lower score, so that a score that another machine computes slightly differently stays on the same side.
    /// </summary>
    /// <param name="curves">The curves of all classes.</param>
    /// <returns>Null if no class has both objects and detections.</returns>
    public static ScoreThreshold? Best(IReadOnlyList<PrecisionRecallCurve> curves)
    {
        var classes = curves.Count(curve => curve.Truths > 0);
        var points = curves
            .SelectMany((curve, index) => curve.Points, (curve, point) => (curve.CategoryId, Point: point))
            .OrderByDescending(entry => entry.Point.Score)
            .ToArray();
        var current = curves.ToDictionary(curve => curve.CategoryId, _ => 0.0);
        ScoreThreshold? best = null;
        var sum = 0.0;
        for (var i = 0; i < points.Length; i++)
        {
            var (category, point) = points[i];
            sum += point.F1 - current[category];
            current[category] = point.F1;
            var next = i + 1 < points.Length ? points[i + 1].Point.Score : point.Score;
            if ((i + 1 == points.Length || next < point.Score) && (best is null || sum / classes > best.Value.F1 + 1e-12))
            {
                best = new((point.Score + next) / 2, sum / classes);
            }
        }

        return best;
    }
}
