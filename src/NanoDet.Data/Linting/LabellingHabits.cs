namespace NanoDet.Data.Linting;

/// <summary>What is usual in a data set: which detections of a class people have labelled.</summary>
internal sealed class LabellingHabits
{
    // A score of 0 or 1 has no odds.
    private const double SurestScore = 0.999;

    // Nearer to the edge of the image than this part of its width or height, an object is usually cut off.
    private const double Edge = 0.01;

    private readonly LogisticRegression?[] _labelled;

    private LabellingHabits(LogisticRegression?[] labelled) => _labelled = labelled;

    /// <summary>Learns the habits.</summary>
    /// <param name="classCount">The number of classes.</param>
    /// <param name="images">All images.</param>
    public static LabellingHabits Of(int classCount, IReadOnlyList<ImageEvidence> images)
    {
        var inputs = Enumerable.Range(0, classCount).Select(_ => new List<double[]>()).ToArray();
        var answers = Enumerable.Range(0, classCount).Select(_ => new List<bool>()).ToArray();
        foreach (var image in images)
        {
            for (var detection = 0; detection < image.Detections.Length; detection++)
            {
                var label = image.Detections[detection].CategoryId;
                inputs[label].Add(Input(image, detection));
                answers[label].Add(image.IsLabelled(detection));
            }
        }

        return new([.. inputs.Zip(answers, (cases, known) => cases.Count == 0 ? null : LogisticRegression.Fit(cases, known))]);
    }

    /// <summary>How likely people label what a detection shows, 0 to 1: by its class, its score, whether it is cut off, and whether a better one is near.</summary>
    public double Labelled(ImageEvidence image, int detection) => _labelled[image.Detections[detection].CategoryId]!.Of(Input(image, detection));

    private static double[] Input(ImageEvidence image, int detection)
    {
        var found = image.Detections[detection];
        var score = Math.Clamp(found.Score, 1 - SurestScore, SurestScore);
        var (x, y) = (Edge * image.Image.Width, Edge * image.Image.Height);
        var isCut = found.Box.Left < x || found.Box.Top < y || found.Box.Right > image.Image.Width - x || found.Box.Bottom > image.Image.Height - y;
        var nearest = 0.0;
        for (var better = 0; better < detection; better++)
        {
            nearest = Math.Max(nearest, image.Detections[better].Box.IntersectionOverUnion(found.Box));
        }

        return [1, Math.Log(score / (1 - score)), isCut ? 1 : 0, nearest];
    }
}
