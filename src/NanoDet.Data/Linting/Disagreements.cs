using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;

namespace NanoDet.Data.Linting;

/// <summary>Finds where the labels of one image and what a model found in it do not agree. Each label, and each detection, is in one finding at most.</summary>
/// <param name="image">The labels and the detections.</param>
/// <param name="habits">What is usual in the data set.</param>
/// <param name="options">
/// The thresholds. A doubt below those that are usual leaves its label and its detection to others; whoever wants fewer findings does not
/// get others in their place.
/// </param>
internal sealed class Disagreements(ImageEvidence image, LabellingHabits habits, LintOptions options)
{
    // A box that overlaps less with an object is not a careless one of it, but one of something else.
    private const double NearObject = 0.1;

    // A detection that overlaps a label more than this shows a part of that object, or several.
    private const double PartOfObject = 0.35;

    // Two objects seldom overlap more.
    private const double OneObject = 0.7;

    private readonly double[] _labelled = habits.Labelled(image);
    private readonly HashSet<int> _doubted = [];
    private readonly HashSet<int> _explained = [];
    private readonly List<int> _labels = [.. Enumerable.Range(0, image.Image.Objects.Length).Where(label => !image.Image.Objects[label].Ignored)];

    /// <summary>For each label whose object the model sees as another class, how certain that is by the model alone.</summary>
    public IEnumerable<double> ClassDoubts()
        => _labels.Select(label => Candidates(label).Where(entry => entry.Finding.Kind == LabelFindingKind.OtherClass).Max(entry => (double?)entry.Finding.Confidence)).OfType<double>();

    /// <summary>Finds the disagreements.</summary>
    /// <param name="rate">How usual labels of a wrong class can be.</param>
    public List<LabelFinding> Find(ClassErrorRate rate) => [.. Twice(), .. Elsewhere(rate), .. NoObject(), .. NoLabel()];

    /// <summary>
    /// For each label that is not in doubt, after the search for disagreements: whether it would be found if it were missing, and if it
    /// had another class.
    /// </summary>
    /// <param name="rate">How usual labels of a wrong class can be.</param>
    /// <param name="classCount">The number of classes.</param>
    public LintRecall Recall(ClassErrorRate rate, int classCount)
    {
        var right = _labels.FindAll(label => !_doubted.Contains(label));
        var seen = right.FindAll(label => image.DetectionOf(label) is not null);
        return new(
            right.Count,
            seen.Count(label => Believed(label) >= options.NoLabel && image.LargestOverlap(Detection(label).Box, except: label) < PartOfObject),
            classCount == 1 ? null : seen.Sum(label => OtherClassShare(label, rate, classCount)));
    }

    // What speaks for another class is the detection of the label; what speaks against is one of that class at the same place.
    private double OtherClassShare(int label, ClassErrorRate rate, int classCount)
    {
        var own = Object(label);
        var against = Enumerable.Range(0, _labelled.Length)
            .Where(other => image.LabelOf(other) is null && image.Detections[other].CategoryId != own.Label && own.Box.IntersectionOverUnion(image.Detections[other].Box) >= ImageEvidence.SameObject)
            .DistinctBy(other => image.Detections[other].CategoryId)
            .Select(other => habits.Labelled(image, other, label, _labelled))
            .ToList();
        var noticed = against.Count(IsNoticed) + (IsNoticed(0) ? classCount - 1 - against.Count : 0);
        return (double)noticed / (classCount - 1);

        bool IsNoticed(double believed) => rate.Of(Believed(label) * (1 - believed)) >= options.OtherClass;
    }

    /// <summary>Of two labels at one place, the one that the model believes less.</summary>
    private IEnumerable<LabelFinding> Twice()
    {
        foreach (var one in _labels)
        {
            foreach (var two in _labels.Where(other => other > one))
            {
                var overlap = Object(one).Box.IntersectionOverUnion(Object(two).Box);
                var (wrong, right) = Believed(one) < Believed(two) ? (one, two) : (two, one);
                var finding = new LabelFinding(
                    LabelFindingKind.Twice, image.Id, wrong, Object(wrong), Object(right), overlap * Believed(right) * (1 - Believed(wrong)));
                if (overlap >= OneObject && IsCertain(finding) && _doubted.Add(wrong))
                {
                    yield return finding;
                }
            }
        }
    }

    /// <summary>Labels whose object the model sees as another class, or at another place.</summary>
    private IEnumerable<LabelFinding> Elsewhere(ClassErrorRate rate)
    {
        var candidates = _labels.SelectMany(Candidates)
            .Select(entry => entry.Finding.Kind == LabelFindingKind.OtherClass ? entry with { Finding = entry.Finding with { Confidence = rate.Of(entry.Finding.Confidence) } } : entry)
            .Where(entry => IsCertain(entry.Finding))
            .OrderByDescending(entry => entry.Finding.Confidence).ThenBy(entry => entry.Detection).ThenBy(entry => entry.Finding.Object);
        foreach (var (detection, finding) in candidates)
        {
            if (!_explained.Contains(detection) && _doubted.Add(finding.Object!.Value))
            {
                _explained.Add(detection);
                yield return finding;
            }
        }
    }

    private IEnumerable<(int Detection, LabelFinding Finding)> Candidates(int label)
    {
        var labelled = Object(label);
        for (var detection = 0; detection < _labelled.Length; detection++)
        {
            var found = image.Detections[detection];
            var overlap = labelled.Box.IntersectionOverUnion(found.Box);
            LabelFindingKind? kind = image.LabelOf(detection) is not null ? null
                : found.CategoryId != labelled.Label && overlap >= ImageEvidence.SameObject ? LabelFindingKind.OtherClass
                : found.CategoryId == labelled.Label && overlap is >= NearObject and < ImageEvidence.SameObject ? LabelFindingKind.Box
                : null;
            if (kind is { } doubt)
            {
                var suggestion = doubt == LabelFindingKind.Box ? labelled with { Box = found.Box } : labelled with { Label = found.CategoryId };
                yield return (detection, new(doubt, image.Id, label, labelled, suggestion, habits.Labelled(image, detection, label, _labelled) * (1 - Believed(label))));
            }
        }
    }

    /// <summary>Labels in which the model sees nothing, of classes that it usually sees.</summary>
    private IEnumerable<LabelFinding> NoObject() =>
        from label in _labels
        where !_doubted.Contains(label)
        let score = image.BestScore(label)
        where score < ImageEvidence.SeenScore
        select new LabelFinding(
            LabelFindingKind.NoObject, image.Id, label, Object(label), null, habits.Seen(Object(label).Label) * (1 - (score / ImageEvidence.SeenScore)));

    /// <summary>Detections that no label explains.</summary>
    private IEnumerable<LabelFinding> NoLabel() =>
        from detection in Enumerable.Range(0, _labelled.Length)
        where image.LabelOf(detection) is null && !_explained.Contains(detection)
        let found = image.Detections[detection]
        where image.LargestOverlap(found.Box, except: null) < PartOfObject
        let seen = new DatasetObject(found.CategoryId, found.Box)
        select new LabelFinding(LabelFindingKind.NoLabel, image.Id, null, seen, seen, _labelled[detection]);

    private bool IsCertain(LabelFinding finding) => finding.Confidence >= Math.Min(options.Of(finding.Kind), LintOptions.Default.Of(finding.Kind));

    // How likely people would label what the model sees as the label says; 0 where it does not.
    private double Believed(int label) => image.DetectionOf(label) is { } own ? _labelled[own] : 0;

    private EvaluationDetection Detection(int label) => image.Detections[image.DetectionOf(label)!.Value];

    private DatasetObject Object(int label) => image.Image.Objects[label];
}
