using System.Collections.Immutable;

namespace NanoDet.Data.Evaluation.Details;

/// <summary>What a model got right and wrong on one image: each object and each detection is on at most one side of one pair.</summary>
/// <param name="Boxes">The objects in the order of their labels, then the detections by falling score within their class.</param>
internal sealed record JudgedImage(ImmutableArray<JudgedBox> Boxes)
{
    private const double LeastOverlap = 0.5;
    private const int MostShown = 400;

    /// <summary>Objects that were missed or detected with another class, and detections where there is no object.</summary>
    public int Errors => Boxes.Count(box => box.Outcome == BoxOutcome.Wrong || (box is { Outcome: BoxOutcome.OtherClass, Score: null }));

    /// <summary>The boxes that are worth showing: of very many, those that are wrong.</summary>
    public ImmutableArray<JudgedBox> Shown => Boxes.Length <= MostShown ? Boxes : [.. Boxes.OrderBy(box => box.Outcome is BoxOutcome.Right or BoxOutcome.Ignored).Take(MostShown)];

    /// <summary>
    /// Pairs objects and detections at an IoU of 0.5: first those of one class, by the rules of COCO, so that the numbers are those
    /// of the precision-recall curve at the same threshold; then what is left, best score first, whatever the classes.
    /// </summary>
    /// <param name="truths">The objects of the image.</param>
    /// <param name="detections">The detections in the image that are accepted: those whose score reaches the threshold.</param>
    public static JudgedImage Of(IReadOnlyList<EvaluationTruth> truths, IReadOnlyList<EvaluationDetection> detections)
    {
        var objects = truths
            .Select(truth => new JudgedBox(truth.CategoryId, truth.Box, null, truth.Crowd || truth.Ignored ? BoxOutcome.Ignored : BoxOutcome.Wrong))
            .ToArray();
        var found = new List<JudgedBox>();
        foreach (var category in truths.Select(truth => truth.CategoryId).Concat(detections.Select(detection => detection.CategoryId)).Distinct().Order())
        {
            int[] indices = [.. truths.Index().Where(entry => entry.Item.CategoryId == category).Select(entry => entry.Index)];
            var matching = new ImageMatching([.. indices.Select(index => truths[index])], [.. detections.Where(detection => detection.CategoryId == category)]);
            var outcomes = new MatchOutcome[matching.Detections.Length];
            var matches = new int[matching.Detections.Length];
            matching.Match(AreaRange.All[0], [LeastOverlap], outcomes, matches);
            for (var i = 0; i < matches.Length; i++)
            {
                found.Add(new(category, matching.Detections[i].Box, matching.Detections[i].Score, OutcomeOf(outcomes[i])));
                if (outcomes[i] == MatchOutcome.TruePositive)
                {
                    objects[indices[matches[i]]] = objects[indices[matches[i]]] with { Outcome = BoxOutcome.Right };
                }
            }
        }

        PairOtherClasses(objects, found);
        return new([.. objects, .. found]);
    }

    private static void PairOtherClasses(JudgedBox[] objects, List<JudgedBox> found)
    {
        foreach (var index in Enumerable.Range(0, found.Count).Where(index => found[index].Outcome == BoxOutcome.Wrong).OrderByDescending(index => found[index].Score).ToList())
        {
            var detection = found[index];
            var best = Enumerable.Range(0, objects.Length)
                .Where(at => objects[at].Outcome == BoxOutcome.Wrong && Overlap(detection, objects[at]) >= LeastOverlap)
                .OrderByDescending(at => Overlap(detection, objects[at]))
                .FirstOrDefault(-1);
            if (best >= 0)
            {
                found[index] = detection with { Outcome = BoxOutcome.OtherClass, OtherLabel = objects[best].Label };
                objects[best] = objects[best] with { Outcome = BoxOutcome.OtherClass, OtherLabel = detection.Label };
            }
        }
    }

    private static double Overlap(JudgedBox detection, JudgedBox item)
        => ImageMatching.Overlap(new(0, 0, detection.Box, 0), new(0, 0, item.Box));

    private static BoxOutcome OutcomeOf(MatchOutcome outcome) => outcome switch
    {
        MatchOutcome.TruePositive => BoxOutcome.Right,
        MatchOutcome.Ignored => BoxOutcome.Ignored,
        _ => BoxOutcome.Wrong,
    };
}
