using System.Collections.Immutable;
using NanoDet.Core.Models;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Files;
using NanoDet.Detection;
using NanoDet.Pipeline.Requests;

namespace NanoDet.Worker.Evaluation;

/// <summary>Evaluates an exported file with the same code that the tool uses for detection, and writes the figures.</summary>
internal static class EvaluationStage
{
    /// <summary>Evaluates the model on the validation and the test part.</summary>
    /// <exception cref="NanoDet.Core.Diagnostics.NanoDetException">The model, the data set or an image cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task RunAsync(EvaluationRequest request, CancellationToken cancellation)
    {
        var dataset = DatasetFile.Read(request.Dataset);
        using var detector = Detector.Load(
            request.Model, new DetectorOptions { ScoreThreshold = DatasetDetection.ScoreThreshold, Threads = request.Threads });
        var validation = await DetectAsync(DatasetPart.Validation);
        var test = await DetectAsync(DatasetPart.Test);
        var judged = Judge(validation);
        AtomicFile.Write(request.Output, ManifestJson.Write(new EvaluationResult
        {
            Validation = judged,
            Test = Judge(test),
            Packages = LoadedPackages.Versions,
        }));
        if (request.Preview is { } preview)
        {
            // Without validation and test images, the preview shows training images.
            var shown = validation.Images.IsEmpty ? await DetectAsync(DatasetPart.Train, DetectionSheet.Pictures) : validation;
            AtomicFile.Write(preview, DetectionSheet.Draw(
                dataset.Classes, shown.Images, shown.Detections, request.ImageFolder, judged?.BestThreshold ?? ModelMetadata.DefaultScoreThreshold));
        }

        async Task<(ImmutableArray<DatasetImage> Images, ImmutableArray<EvaluationDetection> Detections)> DetectAsync(
            DatasetPart part, int most = int.MaxValue)
        {
            ImmutableArray<DatasetImage> images = [.. dataset.Of(part).Take(most)];
            return (images, await DatasetDetection.DetectAsync(detector, dataset.Classes, images, request.ImageFolder, null, cancellation));
        }

        PartResult? Judge((ImmutableArray<DatasetImage> Images, ImmutableArray<EvaluationDetection> Detections) part)
            => part.Images.IsEmpty ? null : PartResult.Of(dataset.Classes, part.Images, part.Detections);
    }
}
