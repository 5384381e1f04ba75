using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Training.Loop;
using NanoDet.Vision.Images;

namespace NanoDet.Worker.Evaluation;

/// <summary>Runs a model on labelled images, so that the shipped file is the one that is evaluated.</summary>
public static class DatasetDetection
{
    /// <summary>
    /// The score threshold for an evaluation: precision-recall curves need detections with low scores too. Load the detector with it.
    /// </summary>
    public const double ScoreThreshold = Validation.ScoreThreshold;

    /// <summary>The twelve figures of a model on one part of a data set.</summary>
    /// <param name="detector">The model, loaded with <see cref="ScoreThreshold"/>.</param>
    /// <param name="dataset">The labelled images.</param>
    /// <param name="part">The part to evaluate on.</param>
    /// <param name="folder">The folder that the paths of the images are relative to.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="NanoDetException">An image cannot be decoded, or NDB6010.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<CocoMetrics> EvaluateAsync(
        Detector detector, Dataset dataset, DatasetPart part, string folder, CancellationToken cancellation = default)
    {
        ImmutableArray<DatasetImage> images = [.. dataset.Of(part)];
        var detections = await DetectAsync(detector, dataset.Classes, images, folder, null, cancellation).ConfigureAwait(false);
        return CocoEvaluator.Evaluate(dataset.Classes.Length, images, detections);
    }

    /// <summary>Runs a model on labelled images.</summary>
    /// <param name="detector">The model, loaded with <see cref="ScoreThreshold"/>.</param>
    /// <param name="classes">The classes of the labels; detections of other classes are left out.</param>
    /// <param name="images">The images.</param>
    /// <param name="folder">The folder that the paths of the images are relative to.</param>
    /// <param name="progress">Gets the number of finished images; null for none.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Detections whose image id is the index in the list and whose category id is the index of the class.</returns>
    /// <exception cref="NanoDetException">An image cannot be decoded, or NDB6010.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<ImmutableArray<EvaluationDetection>> DetectAsync(
        Detector detector,
        ImmutableArray<string> classes,
        IReadOnlyList<DatasetImage> images,
        string folder,
        IProgress<int>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(detector);
        int[] labels = [.. detector.Metadata.Classes.Select(name => classes.IndexOf(name))];
        var detections = ImmutableArray.CreateBuilder<EvaluationDetection>();
        var results = detector.DetectAsync(images.Index(), entry => Decode(entry.Item, folder), cancellation);
        await foreach (var result in results.ConfigureAwait(false))
        {
            if (result.Problem is { } problem)
            {
                throw new NanoDetException(problem);
            }

            detections.AddRange(result.Detections.Where(found => labels[found.Label] >= 0)
                .Select(found => new EvaluationDetection(result.Source.Index, labels[found.Label], found.Box, found.Score)));
            progress?.Report(result.Source.Index + 1);
        }

        return detections.DrainToImmutable();
    }

    private static PixelImage Decode(DatasetImage image, string folder)
        => DatasetPicture.Load(Path.Combine(folder, image.Path), image.ContentHash, image.Orientation, new(image.Width, image.Height));
}
