namespace NanoDet.Data.Linting;

/// <summary>What is usual in a data set: which detections of a class people have labelled, and how many of its labels the model sees.</summary>
internal sealed class LabellingHabits
{
    // Habits show in a part of a large data set too.
    private const int MostImages = 5000;

    private readonly double[] _usualAreas;
    private readonly LogisticRegression?[] _alone;
    private readonly LogisticRegression?[] _inImage;
    private readonly double[] _seen;

    /// <summary>Learns the habits.</summary>
    /// <param name="classCount">The number of classes.</param>
    /// <param name="images">All images.</param>
    public LabellingHabits(int classCount, IReadOnlyList<ImageEvidence> images)
    {
        var learned = images.Count <= MostImages ? images : [.. images.OrderBy(image => image.Image.ContentHash, StringComparer.Ordinal).ThenBy(image => image.Id).Take(MostImages)];
        _usualAreas = DetectionTraits.UsualAreas(classCount, learned.SelectMany(image => image.Image.Objects));
        _alone = Fit(classCount, learned, Traits);
        _inImage = Fit(classCount, learned, image => WithCompleteness(image, Traits(image)));
        var seen = learned.SelectMany(image => image.Image.Objects.Select((item, index) => (item.Label, IsSeen: image.BestScore(index) >= ImageEvidence.SeenScore)))
            .ToLookup(entry => entry.Label, entry => entry.IsSeen);
        _seen = [.. Enumerable.Range(0, classCount).Select(label => seen[label].Any() ? seen[label].Average(isSeen => isSeen ? 1.0 : 0.0) : 0)];
    }

    /// <summary>How likely people label what each detection of an image shows, 0 to 1.</summary>
    public double[] Labelled(ImageEvidence image) => Predict(_inImage, image, WithCompleteness(image, Traits(image)));

    /// <summary>How likely people label what a detection shows, if a label is of the same object.</summary>
    /// <param name="image">The image.</param>
    /// <param name="detection">The detection.</param>
    /// <param name="label">The label.</param>
    /// <param name="labelled">How likely each detection is labelled.</param>
    public double Labelled(ImageEvidence image, int detection, int label, ReadOnlySpan<double> labelled)
    {
        var category = image.Detections[detection].CategoryId;
        return _inImage[category]!.Of(
            [.. DetectionTraits.Of(image, detection, _usualAreas[category], label), DetectionTraits.Completeness(image, detection, labelled)]);
    }

    /// <summary>The share of the labels of a class in which the model sees anything, 0 to 1.</summary>
    public double Seen(int label) => _seen[label];

    private static LogisticRegression?[] Fit(int classCount, IReadOnlyList<ImageEvidence> images, Func<ImageEvidence, double[][]> traitsOf)
    {
        var inputs = Enumerable.Range(0, classCount).Select(_ => new List<double[]>()).ToArray();
        var answers = Enumerable.Range(0, classCount).Select(_ => new List<bool>()).ToArray();
        foreach (var image in images)
        {
            foreach (var (detection, traits) in traitsOf(image).Index())
            {
                var label = image.Detections[detection].CategoryId;
                inputs[label].Add(traits);
                answers[label].Add(image.LabelOf(detection) is not null);
            }
        }

        return [.. inputs.Zip(answers, (cases, known) => cases.Count == 0 ? null : LogisticRegression.Fit(cases, known))];
    }

    private static double[] Predict(LogisticRegression?[] models, ImageEvidence image, double[][] traits)
        => [.. image.Detections.Zip(traits, (found, numbers) => models[found.CategoryId] is { } model ? model.Of(numbers) : 0)];

    private double[][] Traits(ImageEvidence image)
        => [.. image.Detections.Select((found, detection) => DetectionTraits.Of(image, detection, _usualAreas[found.CategoryId], image.LabelOf(detection)))];

    private double[][] WithCompleteness(ImageEvidence image, double[][] traits)
    {
        var labelled = Predict(_alone, image, traits);
        return [.. traits.Select((numbers, detection) => (double[])[.. numbers, DetectionTraits.Completeness(image, detection, labelled)])];
    }
}
