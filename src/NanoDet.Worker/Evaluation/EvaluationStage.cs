using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Evaluation.Details;
using NanoDet.Data.Files;
using NanoDet.Detection;
using NanoDet.Pipeline.Requests;
using NanoDet.Vision.Preview;

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
        using var detector = Load(request.Model);
        var validation = await DetectAsync(detector, DatasetPart.Validation);
        var test = await DetectAsync(detector, DatasetPart.Test);
        var result = new EvaluationResult
        {
            Validation = Judge(validation),
            Test = Judge(test),
            Unquantized = request.UnquantizedModel is { } path ? await UnquantizedAsync(path) : null,
            Packages = LoadedPackages.Versions,
        };
        AtomicFile.Write(request.Output, ManifestJson.Write(result));
        var threshold = result.Threshold(request.ScoreThreshold);
        if (request.Details is { } details)
        {
            AtomicFile.Write(details, ManifestJson.WriteLine(new EvaluationDetails(threshold, Explain(validation), Explain(test))));
        }

        if (request.Preview is { } preview)
        {
            // Without validation and test images, the preview shows training images.
            var shown = validation.Images.IsEmpty ? await DetectAsync(detector, DatasetPart.Train, DetectionSheet.Pictures) : validation;
            AtomicFile.Write(preview, DetectionSheet.Draw(dataset.Classes, shown.Images, shown.Detections, request.ImageFolder, threshold));
        }

        async Task<(ImmutableArray<DatasetImage> Images, ImmutableArray<EvaluationDetection> Detections)> DetectAsync(
            Detector model, DatasetPart part, int most = int.MaxValue)
        {
            ImmutableArray<DatasetImage> images = [.. dataset.Of(part).Take(most)];
            return (images, await DatasetDetection.DetectAsync(model, dataset.Classes, images, request.ImageFolder, null, cancellation));
        }

        Detector Load(string model) => Detector.Load(model, new DetectorOptions { ScoreThreshold = DatasetDetection.ScoreThreshold, Threads = request.Threads });

        async Task<UnquantizedResult> UnquantizedAsync(string path)
        {
            using var single = Load(path);
            return new UnquantizedResult(Judge(await DetectAsync(single, DatasetPart.Validation)), Judge(await DetectAsync(single, DatasetPart.Test)));
        }

        PartResult? Judge((ImmutableArray<DatasetImage> Images, ImmutableArray<EvaluationDetection> Detections) part)
            => part.Images.IsEmpty ? null : PartResult.Of(dataset.Classes, part.Images, part.Detections, DatasetDetection.ScoreThreshold);

        PartDetails? Explain((ImmutableArray<DatasetImage> Images, ImmutableArray<EvaluationDetection> Detections) part)
            => part.Images.IsEmpty ? null : WorstPictures.Show(
                PartDetails.Of(dataset.Classes.Length, part.Images, part.Detections, threshold),
                part.Images,
                image => Path.Combine(request.ImageFolder, image.Path));
    }
}
