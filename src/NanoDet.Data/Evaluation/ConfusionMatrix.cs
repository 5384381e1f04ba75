namespace NanoDet.Data.Evaluation;

/// <summary>
/// How often an object of one class was found as another. Row and column <c>classes</c> stand for the background: the row
/// counts false alarms, the column counts misses.
/// </summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    private ConfusionMatrix(int classes)
    {
        Classes = classes;
        _counts = new int[classes + 1, classes + 1];
    }

    /// <summary>Number of classes; also the index of the background.</summary>
    public int Classes { get; }

    /// <summary>Objects of class <paramref name="truth"/> that were found as <paramref name="detected"/>.</summary>
    public int this[int truth, int detected] => _counts[truth, detected];

    /// <summary>
    /// Counts. In each image the pair of object and detection that overlap most is taken first, whatever their classes;
    /// each object and each detection takes part once. A detection that is left over but lies on an ignored object counts
    /// for nothing.
    /// </summary>
    /// <param name="classCount">Classes; category ids are 0 to one less.</param>
    /// <param name="truths">The labelled objects.</param>
    /// <param name="detections">The detections.</param>
    /// <param name="score">Weaker detections are left out.</param>
    /// <param name="overlap">Least intersection over union of a pair.</param>
    public static ConfusionMatrix Of(
        int classCount,
        IEnumerable<EvaluationTruth> truths,
        IEnumerable<EvaluationDetection> detections,
        double score,
        double overlap = 0.5)
    {
        var matrix = new ConfusionMatrix(classCount);
        var truthsOf = truths.ToLookup(truth => truth.ImageId);
        var detectionsOf = detections.Where(detection => detection.Score >= score).ToLookup(detection => detection.ImageId);
        foreach (var image in truthsOf.Select(group => group.Key).Union(detectionsOf.Select(group => group.Key)))
        {
            matrix.Add([.. truthsOf[image]], [.. detectionsOf[image].OrderByDescending(detection => detection.Score)], overlap);
        }

        return matrix;
    }

    private void Add(EvaluationTruth[] truths, EvaluationDetection[] detections, double overlap)
    {
        var pairs =
            from d in Enumerable.Range(0, detections.Length)
            from t in Enumerable.Range(0, truths.Length)
            let shared = ImageMatching.Overlap(detections[d], truths[t])
            where shared >= overlap
            orderby Counts(truths[t]) descending, shared descending // stable: then by score
            select (Detection: d, Truth: t);
        var found = new bool[truths.Length];
        var used = new bool[detections.Length];
        foreach (var (d, t) in pairs)
        {
            var counts = Counts(truths[t]);
            if (used[d] || (counts && found[t]))
            {
                continue;
            }

            used[d] = true;
            found[t] = true;
            _counts[truths[t].CategoryId, detections[d].CategoryId] += counts ? 1 : 0;
        }

        foreach (var missed in truths.Where((truth, t) => !found[t] && Counts(truth)))
        {
            _counts[missed.CategoryId, Classes]++;
        }

        foreach (var alarm in detections.Where((_, d) => !used[d]))
        {
            _counts[Classes, alarm.CategoryId]++;
        }
    }

    private static bool Counts(EvaluationTruth truth) => !truth.Crowd && !truth.Ignored;
}
