namespace NanoDet.Data.Evaluation;

/// <summary>
/// Truths and detections of one class in one image, and their matches by the rules of pycocotools
/// (<c>COCOeval.computeIoU</c>, <c>COCOeval.evaluateImg</c>).
/// </summary>
internal sealed class ImageMatching
{
    private readonly IReadOnlyList<EvaluationTruth> _truths;
    private readonly double[] _truthAreas;
    private readonly double[] _overlaps; // [detections, truths]

    /// <summary>Ranks the detections and computes all overlaps.</summary>
    /// <param name="truths">The truths in the order of the file, which decides between equal overlaps.</param>
    /// <param name="detections">The detections in any order; the order decides between equal scores.</param>
    public ImageMatching(IReadOnlyList<EvaluationTruth> truths, IReadOnlyList<EvaluationDetection> detections)
    {
        _truths = truths;
        _truthAreas = [.. truths.Select(truth => truth.Area ?? truth.Box.Area)];
        Detections = [.. detections.OrderByDescending(detection => detection.Score).Take(CocoEvaluator.MaxDetections)];
        _overlaps = new double[Detections.Length * truths.Count];
        for (var d = 0; d < Detections.Length; d++)
        {
            for (var t = 0; t < truths.Count; t++)
            {
                _overlaps[d * truths.Count + t] = Overlap(Detections[d], truths[t]);
            }
        }
    }

    /// <summary>The detections by falling score, at most <see cref="CocoEvaluator.MaxDetections"/>.</summary>
    public EvaluationDetection[] Detections { get; }

    /// <summary>Intersection over union; for a crowd, intersection over the area of the detection.</summary>
    public static double Overlap(in EvaluationDetection detection, in EvaluationTruth truth)
    {
        var intersection = detection.Box.IntersectionArea(truth.Box);
        if (intersection <= 0)
        {
            return 0;
        }

        return intersection / (truth.Crowd ? detection.Box.Area : detection.Box.Area + truth.Box.Area - intersection);
    }

    /// <summary>Matches each detection, best score first, with the unmatched truth that it overlaps most.</summary>
    /// <param name="range">Truths outside this range are ignored; so are unmatched detections outside.</param>
    /// <param name="thresholds">The IoU thresholds, each of which is matched separately.</param>
    /// <param name="outcomes">Takes the outcomes, [thresholds, detections].</param>
    /// <param name="matches">Takes the index of the truth that each detection matches, or -1, in the same order; empty if nobody asks.</param>
    /// <returns>The number of truths to count.</returns>
    public int Match(AreaRange range, ReadOnlySpan<double> thresholds, Span<MatchOutcome> outcomes, Span<int> matches = default)
    {
        // Truths to count come first, otherwise in the order of the file: a detection matches an ignored truth only if no other is left.
        Span<int> order = new int[_truths.Count];
        var counted = Order(range, order);
        Span<bool> taken = new bool[_truths.Count];
        for (var t = 0; t < thresholds.Length; t++)
        {
            taken.Clear();
            for (var d = 0; d < Detections.Length; d++)
            {
                var match = BestMatch(d, Math.Min(thresholds[t], 1 - 1e-10), order, counted, taken);
                if (match >= 0)
                {
                    taken[match] = true;
                }

                outcomes[t * Detections.Length + d] =
                    match >= counted || (match < 0 && !range.Contains(Detections[d].Box.Area)) ? MatchOutcome.Ignored
                    : match >= 0 ? MatchOutcome.TruePositive
                    : MatchOutcome.FalsePositive;
                if (!matches.IsEmpty)
                {
                    matches[t * Detections.Length + d] = match >= 0 ? order[match] : -1;
                }
            }
        }

        return counted;
    }

    private int Order(AreaRange range, Span<int> order)
    {
        var counted = 0;
        var ignored = _truths.Count;
        for (var t = 0; t < _truths.Count; t++)
        {
            if (Counts(t, range))
            {
                order[counted++] = t;
            }
        }

        for (var t = _truths.Count - 1; t >= 0; t--)
        {
            if (!Counts(t, range))
            {
                order[--ignored] = t;
            }
        }

        return counted;
    }

    private bool Counts(int truth, AreaRange range)
        => !_truths[truth].Crowd && !_truths[truth].Ignored && range.Contains(_truthAreas[truth]);

    private int BestMatch(int detection, double threshold, ReadOnlySpan<int> order, int counted, ReadOnlySpan<bool> taken)
    {
        var best = threshold;
        var match = -1;
        var row = _overlaps.AsSpan(detection * _truths.Count, _truths.Count);
        for (var i = 0; i < order.Length; i++)
        {
            if (i == counted && match >= 0)
            {
                break; // The rest is ignored, and a truth to count was found.
            }

            // Of several equal overlaps the last truth is matched, as in the original.
            var overlap = row[order[i]];
            if (overlap >= best && (!taken[i] || _truths[order[i]].Crowd))
            {
                best = overlap;
                match = i;
            }
        }

        return match;
    }
}
