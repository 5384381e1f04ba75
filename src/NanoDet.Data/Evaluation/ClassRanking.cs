namespace NanoDet.Data.Evaluation;

/// <summary>All detections of one class in all images by falling score, each with its outcome for every area range and IoU threshold.</summary>
internal sealed class ClassRanking
{
    private readonly MatchOutcome[] _outcomes; // [areas, thresholds, detections], detections by falling score
    private readonly int _thresholds;

    /// <summary>Matches and ranks.</summary>
    public ClassRanking(ClassImages images, IReadOnlyList<AreaRange> areas, ReadOnlySpan<double> thresholds)
    {
        var matchings = images.Matchings().ToArray();
        var scores = matchings.SelectMany(matching => matching.Detections, (_, detection) => detection.Score).ToArray();
        // Stable, so that equal scores stay in the order of the images: pycocotools uses merge sort for this reason.
        var order = Enumerable.Range(0, scores.Length).OrderByDescending(index => scores[index]).ToArray();
        var ranks = matchings.SelectMany(matching => Enumerable.Range(0, matching.Detections.Length)).ToArray();
        Scores = Array.ConvertAll(order, index => scores[index]);
        RanksInImage = Array.ConvertAll(order, index => ranks[index]);

        _thresholds = thresholds.Length;
        _outcomes = new MatchOutcome[areas.Count * thresholds.Length * scores.Length];
        CountedTruths = new int[areas.Count];
        var unordered = new MatchOutcome[thresholds.Length * scores.Length];
        for (var area = 0; area < areas.Count; area++)
        {
            CountedTruths[area] = Match(matchings, areas[area], thresholds, unordered, scores.Length);
            for (var threshold = 0; threshold < thresholds.Length; threshold++)
            {
                var from = unordered.AsSpan(threshold * scores.Length, scores.Length);
                var to = _outcomes.AsSpan((area * thresholds.Length + threshold) * scores.Length, scores.Length);
                for (var i = 0; i < order.Length; i++)
                {
                    to[i] = from[order[i]];
                }
            }
        }
    }

    /// <summary>The scores, in falling order.</summary>
    public double[] Scores { get; }

    /// <summary>For each detection, how many detections of the same image and class rank before it.</summary>
    public int[] RanksInImage { get; }

    /// <summary>The number of truths to count, for each area range.</summary>
    public int[] CountedTruths { get; }

    /// <summary>Outcome of each detection, in the order of <see cref="Scores"/>.</summary>
    public ReadOnlySpan<MatchOutcome> Outcomes(int area, int threshold)
        => _outcomes.AsSpan((area * _thresholds + threshold) * Scores.Length, Scores.Length);

    private static int Match(
        ImageMatching[] matchings, AreaRange area, ReadOnlySpan<double> thresholds, Span<MatchOutcome> outcomes, int detections)
    {
        var counted = 0;
        var first = 0;
        Span<MatchOutcome> ofImage = new MatchOutcome[thresholds.Length * CocoEvaluator.MaxDetections];
        foreach (var matching in matchings)
        {
            counted += matching.Match(area, thresholds, ofImage);
            var length = matching.Detections.Length;
            for (var threshold = 0; threshold < thresholds.Length; threshold++)
            {
                ofImage.Slice(threshold * length, length).CopyTo(outcomes[(threshold * detections + first)..]);
            }

            first += length;
        }

        return counted;
    }
}
