namespace NanoDet.Data.Evaluation;

/// <summary>Truths and detections of one class, image by image in the order of the image ids.</summary>
internal sealed class ClassImages
{
    private readonly SortedDictionary<long, (List<EvaluationTruth> Truths, List<EvaluationDetection> Detections)> _images = [];

    /// <summary>Sorts truths and detections by class; those of other classes are left out, as pycocotools does.</summary>
    /// <returns>One entry per category id, in the order given.</returns>
    public static ClassImages[] Group(
        IReadOnlyList<int> categoryIds, IEnumerable<EvaluationTruth> truths, IEnumerable<EvaluationDetection> detections)
    {
        var classes = categoryIds.Select(_ => new ClassImages()).ToArray();
        var byId = categoryIds.Zip(classes).ToDictionary(pair => pair.First, pair => pair.Second);
        foreach (var truth in truths)
        {
            if (byId.TryGetValue(truth.CategoryId, out var images))
            {
                images.Of(truth.ImageId).Truths.Add(truth);
            }
        }

        foreach (var detection in detections)
        {
            if (byId.TryGetValue(detection.CategoryId, out var images))
            {
                images.Of(detection.ImageId).Detections.Add(detection);
            }
        }

        return classes;
    }

    /// <summary>The images with a truth or a detection of the class, by rising id.</summary>
    public IEnumerable<ImageMatching> Matchings() => _images.Values.Select(image => new ImageMatching(image.Truths, image.Detections));

    private (List<EvaluationTruth> Truths, List<EvaluationDetection> Detections) Of(long imageId)
    {
        if (!_images.TryGetValue(imageId, out var image))
        {
            _images.Add(imageId, image = ([], []));
        }

        return image;
    }
}
