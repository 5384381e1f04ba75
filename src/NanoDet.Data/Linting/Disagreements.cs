using NanoDet.Data.Datasets;

namespace NanoDet.Data.Linting;

/// <summary>Finds where the labels of one image and what a model found in it do not agree. Each label, and each detection, is in one finding at most.</summary>
/// <param name="image">The labels and the detections.</param>
/// <param name="habits">What is usual in the data set.</param>
internal sealed class Disagreements(ImageEvidence image, LabellingHabits habits)
{
    // A box that overlaps less with its object is not a careless one, but one of something else.
    private const double NearObject = 0.1;

    // A detection that overlaps a label more than this shows a part of that object, or several.
    private const double PartOfObject = 0.35;

    private readonly double[] _labelled = [.. Enumerable.Range(0, image.Detections.Length).Select(detection => habits.Labelled(image, detection))];
    private readonly bool[] _explained = new bool[image.Detections.Length];

    /// <summary>Finds the disagreements, also the least certain.</summary>
    public List<LabelFinding> Find()
    {
        var findings = new List<LabelFinding>();
        var doubts = Enumerable.Range(0, image.Image.Objects.Length).Where(label => !image.Image.Objects[label].Ignored)
            .SelectMany(Doubts).OrderByDescending(doubt => doubt.Finding.Confidence).ThenBy(doubt => doubt.Detection);
        var doubted = new HashSet<int>();
        foreach (var (detection, finding) in doubts)
        {
            if (!_explained[detection] && doubted.Add(finding.Object!.Value))
            {
                _explained[detection] = true;
                findings.Add(finding);
            }
        }

        for (var detection = 0; detection < _labelled.Length; detection++)
        {
            if (!_explained[detection] && !image.IsLabelled(detection) && image.LargestOverlap(image.Detections[detection].Box) < PartOfObject)
            {
                findings.Add(new(LabelFindingKind.NoLabel, image.Id, null, Seen(detection), Seen(detection), _labelled[detection]));
            }
        }

        return findings;
    }

    /// <summary>The detections that may show what a label is meant for, as another class or at another place.</summary>
    private IEnumerable<(int Detection, LabelFinding Finding)> Doubts(int label)
    {
        var labelled = image.Image.Objects[label];
        var believed = image.DetectionOf(label) is { } own ? _labelled[own] : 0;
        for (var detection = 0; detection < _labelled.Length; detection++)
        {
            var found = image.Detections[detection];
            var overlap = labelled.Box.IntersectionOverUnion(found.Box);
            LabelFindingKind? kind = image.IsLabelled(detection) ? null
                : found.CategoryId != labelled.Label && overlap >= ImageEvidence.SameObject ? LabelFindingKind.OtherClass
                : found.CategoryId == labelled.Label && overlap is >= NearObject and < ImageEvidence.SameObject ? LabelFindingKind.Box
                : null;
            if (kind is { } doubt)
            {
                var suggestion = doubt == LabelFindingKind.Box ? labelled with { Box = found.Box } : labelled with { Label = found.CategoryId };
                yield return (detection, new(doubt, image.Id, label, labelled, suggestion, _labelled[detection] * (1 - believed)));
            }
        }
    }

    private DatasetObject Seen(int detection) => new(image.Detections[detection].CategoryId, image.Detections[detection].Box);
}
