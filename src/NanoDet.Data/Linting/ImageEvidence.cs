using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;

namespace NanoDet.Data.Linting;

/// <summary>The labels of an image beside what a model found in it, class by class.</summary>
internal sealed class ImageEvidence
{
    /// <summary>A detection and a label of one class whose boxes overlap by this IoU are of one object.</summary>
    public const double SameObject = 0.5;

    /// <summary>From this score on, a model sees something.</summary>
    public const double SeenScore = 0.2;

    // Where something is seen in a box, if not what or how large.
    private const double Near = 0.3;

    private readonly int[] _labelOf;
    private readonly int[] _detectionOf;

    /// <summary>Matches each detection, best score first, with the label of its class that it overlaps most.</summary>
    /// <param name="id">The number of the image in findings.</param>
    /// <param name="image">The image.</param>
    /// <param name="detections">What the model found.</param>
    public ImageEvidence(int id, DatasetImage image, IEnumerable<EvaluationDetection> detections)
    {
        (Id, Image) = (id, image);
        Detections = [.. detections
            .OrderByDescending(found => found.Score).ThenBy(found => found.CategoryId)
            .ThenBy(found => found.Box.Left).ThenBy(found => found.Box.Top).ThenBy(found => found.Box.Right).ThenBy(found => found.Box.Bottom)];
        _labelOf = new int[Detections.Length];
        _detectionOf = new int[image.Objects.Length];
        Array.Fill(_labelOf, -1);
        Array.Fill(_detectionOf, -1);
        for (var d = 0; d < Detections.Length; d++)
        {
            Match(d);
        }
    }

    /// <summary>The number of the image.</summary>
    public int Id { get; }

    /// <summary>The image with its labels.</summary>
    public DatasetImage Image { get; }

    /// <summary>What the model found, best score first.</summary>
    public EvaluationDetection[] Detections { get; }

    /// <summary>The label of a detection's class and place; null where people have labelled none.</summary>
    public int? LabelOf(int detection) => _labelOf[detection] is >= 0 and var label ? label : null;

    /// <summary>The detection of a label's class and place; null where the model sees none.</summary>
    public int? DetectionOf(int label) => _detectionOf[label] is >= 0 and var found ? found : null;

    /// <summary>The largest IoU of a box with a label.</summary>
    /// <param name="box">The box.</param>
    /// <param name="except">A label that does not count; null for none.</param>
    public double LargestOverlap(BoundingBox box, int? except)
    {
        var largest = 0.0;
        for (var label = 0; label < Image.Objects.Length; label++)
        {
            largest = label == except ? largest : Math.Max(largest, Image.Objects[label].Box.IntersectionOverUnion(box));
        }

        return largest;
    }

    /// <summary>The best score of anything that the model sees in the box of a label, whatever class it gives it; 0 for nothing.</summary>
    public double BestScore(int label)
        => Detections.FirstOrDefault(found => found.Box.IntersectionOverUnion(Image.Objects[label].Box) >= Near).Score;

    private void Match(int detection)
    {
        var found = Detections[detection];
        var best = SameObject;
        for (var label = 0; label < _detectionOf.Length; label++)
        {
            var labelled = Image.Objects[label];
            var overlap = labelled.Label == found.CategoryId && _detectionOf[label] < 0 ? labelled.Box.IntersectionOverUnion(found.Box) : 0;
            if (overlap >= best)
            {
                (best, _labelOf[detection]) = (overlap, label);
            }
        }

        if (_labelOf[detection] is >= 0 and var match)
        {
            _detectionOf[match] = detection;
        }
    }
}
