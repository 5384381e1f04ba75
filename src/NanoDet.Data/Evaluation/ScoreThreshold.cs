namespace NanoDet.Data.Evaluation;

/// <summary>A score threshold for all classes.</summary>
/// <param name="Score">Detections with at least this score are accepted.</param>
/// <param name="F1">Mean over the classes of the harmonic mean of precision and recall.</param>
public readonly record struct ScoreThreshold(double Score, double F1)
{
    /// <summary>
    /// Returns the threshold with the largest mean F1 over the classes that have objects; the highest of several. It is about half
    /// way to the next lower score, so that a score that another machine computes slightly differently stays on the same side.
    /// </summary>
    /// <param name="curves">The curves of all classes.</param>
    /// <param name="least">The score below which detections were not kept.</param>
    /// <returns>Null if no detection is right.</returns>
    public static ScoreThreshold? Best(IReadOnlyList<PrecisionRecallCurve> curves, double least)
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
            var next = i + 1 < points.Length ? points[i + 1].Point.Score : least;
            if ((i + 1 == points.Length || next < point.Score) && sum / classes > (best?.F1 ?? 0) + 1e-12)
            {
                best = new(Between(next, point.Score), sum / classes);
            }
        }

        return best;
    }

    // With as few decimals as stay in the middle half, for the last bits of scores differ between machines and the threshold is part of the model.
    private static double Between(double low, double high)
    {
        var middle = (low + high) / 2;
        return Enumerable.Range(2, 14).Select(decimals => Math.Round(middle, decimals)).FirstOrDefault(round => Math.Abs(round - middle) <= (high - low) / 4, middle);
    }
}
