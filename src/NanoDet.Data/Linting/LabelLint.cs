using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;

namespace NanoDet.Data.Linting;

/// <summary>
/// Compares the labels of images with what a model finds in them, and says where the labels are probably wrong. What a disagreement
/// means depends on the class: people label some classes completely and others not, and a model knows some and guesses others. So
/// the labels and detections of all images first show what is usual, and a finding is what is unusual.
/// </summary>
public static class LabelLint
{
    /// <summary>Compares.</summary>
    /// <param name="classCount">The number of classes.</param>
    /// <param name="images">The images, each with its number for findings.</param>
    /// <param name="detections">
    /// What a model found, down to <see cref="LintEvidence.ScoreThreshold"/>; the image id is the number of the image, the category id is the
    /// label. A model that was trained on the same labels repeats their mistakes.
    /// </param>
    /// <param name="options">The thresholds.</param>
    /// <returns>What it finds, and what it would find; the same for the same labels and detections, in whatever order.</returns>
    public static LintFindings Run(
        int classCount, IReadOnlyList<(int Id, DatasetImage Image)> images, IEnumerable<EvaluationDetection> detections, LintOptions options)
    {
        var found = detections.ToLookup(detection => detection.ImageId);
        var evidence = images.Select(entry => new ImageEvidence(entry.Id, entry.Image, found[entry.Id])).OrderBy(image => image.Id).ToList();
        var habits = new LabellingHabits(classCount, evidence);
        var disagreements = evidence.ConvertAll(image => new Disagreements(image, habits, options));
        var rate = ClassErrorRate.Of(evidence.Sum(image => image.Image.Objects.Count(label => !label.Ignored)), [.. disagreements.SelectMany(all => all.ClassDoubts())]);
        ImmutableArray<LabelFinding> findings =
        [
            .. disagreements.SelectMany(all => all.Find(rate))
                .Where(finding => finding.Confidence >= options.Of(finding.Kind))
                .Order(LabelFindingOrder.MostCertainFirst),
        ];
        return new(findings, disagreements.Aggregate(LintRecall.Unknown, (sum, image) => sum.With(image.Recall(rate, classCount))));
    }
}
