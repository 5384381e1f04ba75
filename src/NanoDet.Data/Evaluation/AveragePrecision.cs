namespace NanoDet.Data.Evaluation;

/// <summary>Computes the average precision at 101 recall points and the largest recall (pycocotools' <c>COCOeval.accumulate</c>).</summary>
internal static class AveragePrecision
{
    private const int RecallPoints = 101;

    /// <summary>
    /// The mean of the interpolated precision over recall 0, 0.01 … 1, and the recall of all detections together.
    /// </summary>
    /// <param name="ranking">The ranked detections.</param>
    /// <param name="area">Index of the area range.</param>
    /// <param name="threshold">Index of the IoU threshold.</param>
    /// <param name="maxDetections">The largest number of detections per image.</param>
    /// <returns>Null if there is no truth to count.</returns>
    public static (double Precision, double Recall)? Of(ClassRanking ranking, int area, int threshold, int maxDetections)
    {
        var truths = ranking.CountedTruths[area];
        if (truths == 0)
        {
            return null;
        }

        var outcomes = ranking.Outcomes(area, threshold);
        var recall = new List<double>(outcomes.Length);
        var precision = new List<double>(outcomes.Length);
        double truePositives = 0, falsePositives = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (ranking.RanksInImage[i] >= maxDetections)
            {
                continue;
            }

            truePositives += outcomes[i] == MatchOutcome.TruePositive ? 1 : 0;
            falsePositives += outcomes[i] == MatchOutcome.FalsePositive ? 1 : 0;
            recall.Add(truePositives / truths);
            precision.Add(truePositives > 0 ? truePositives / (truePositives + falsePositives) : 0);
        }

        return (MeanInterpolated(recall, precision), recall.Count > 0 ? recall[^1] : 0);
    }

    private static double MeanInterpolated(List<double> recall, List<double> precision)
    {
        for (var i = precision.Count - 1; i > 0; i--)
        {
            precision[i - 1] = Math.Max(precision[i - 1], precision[i]);
        }

        double sum = 0;
        var index = 0;
        for (var point = 0; point < RecallPoints; point++)
        {
            // numpy.linspace(0, 1, 101): multiples of 0.01 in double, the last one exactly 1.
            var least = point == RecallPoints - 1 ? 1 : point * 0.01;
            while (index < recall.Count && recall[index] < least)
            {
                index++;
            }

            sum += index < recall.Count ? precision[index] : 0;
        }

        return sum / RecallPoints;
    }
}
