using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Files;
using NanoDet.Data.Linting;
using NanoDet.Detection;
using NanoDet.Pipeline.Requests;
using NanoDet.Worker.Evaluation;

namespace NanoDet.Worker.Linting;

/// <summary>Compares the labels of a data set with what models find that have not seen them, and writes where they do not agree.</summary>
internal static class LintStage
{
    /// <summary>Compares, and writes the findings.</summary>
    /// <exception cref="NanoDetException">A model, the data set or an image cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task RunAsync(LintRequest request, CancellationToken cancellation)
    {
        var dataset = DatasetFile.Read(request.Dataset);
        int[] all = [.. Enumerable.Range(0, dataset.Images.Length)];
        var seen = all.Where(index => dataset.Images[index].Part == DatasetPart.Train).ToList();
        var unseen = all.Except(seen).ToList();
        var findings = Compare(unseen, await DetectAsync(request.Model, unseen), LintOptions.Default);
        if (request.Folds.IsEmpty)
        {
            // It knows these labels by heart, the wrong ones too.
            findings = findings.With(Compare(seen, await DetectAsync(request.Model, seen), LintOptions.Seen) with { Recall = LintRecall.Unknown });
        }
        else
        {
            var found = new List<EvaluationDetection>();
            foreach (var (fold, model) in request.Folds.Index())
            {
                found.AddRange(await DetectAsync(model, seen.FindAll(index => Folds.Of(dataset.Images[index]) == fold)));
            }

            findings = findings.With(Compare(seen, found, LintOptions.Default));
        }

        AtomicFile.Write(request.Output, findings.ToJson());

        async Task<IReadOnlyList<EvaluationDetection>> DetectAsync(string model, List<int> images)
        {
            using var detector = Detector.Load(model, Options(request.Threads));
            var detections = await DatasetDetection.DetectAsync(
                detector, dataset.Classes, images.ConvertAll(index => dataset.Images[index]), request.ImageFolder, null, cancellation);
            return [.. detections.Select(one => one with { ImageId = images[(int)one.ImageId] })];
        }

        // Habits are those of one part and its models: two groups of images, two comparisons.
        LintFindings Compare(List<int> images, IReadOnlyList<EvaluationDetection> detections, LintOptions options)
            => LabelLint.Run(dataset.Classes.Length, images.ConvertAll(index => (index, dataset.Images[index])), detections, request.Confidence.In(options));
    }

    /// <summary>How a model detects where its findings are compared with labels: with low scores too, because how little it believes in a label is evidence.</summary>
    /// <param name="threads">The number of threads.</param>
    public static DetectorOptions Options(int threads) => new()
    {
        ScoreThreshold = LintEvidence.ScoreThreshold,
        MaxDetections = LintEvidence.MaxDetections,
        TestTimeAugmentation = true,
        Threads = threads,
    };
}
