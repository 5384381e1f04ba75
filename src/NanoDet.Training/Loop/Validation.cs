using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NanoDet.Core.Detections;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Training.Loading;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using static TorchSharp.torch;

namespace NanoDet.Training.Loop;

/// <summary>
/// Evaluates a network on images like the original: every class of every prior with a score above 0.05, class-wise suppression
/// at an IoU of 0.6, at most 100 detections, boxes in pixels of the image, COCO's figures.
/// </summary>
/// <param name="configuration">The network and its input.</param>
/// <param name="images">The validation images.</param>
/// <param name="assembler">Makes the input, without random changes.</param>
/// <param name="ahead">How many batches may be ready or being prepared while the network computes.</param>
public sealed class Validation(NanoDetConfiguration configuration, ImmutableArray<DatasetImage> images, BatchAssembler assembler, int ahead = 2)
{
    /// <summary>The least score of a detection that counts.</summary>
    public const double ScoreThreshold = 0.05;

    private static readonly NonMaximumSuppression Suppression = new();

    private readonly int _batchSize = BatchSize(configuration, images.Length);

    private readonly BoxDecoder _decoder = configuration.Model.Head.Decoder();

    /// <summary>Returns the batch size of the validation.</summary>
    /// <param name="configuration">The network and its input.</param>
    /// <param name="images">The number of images.</param>
    public static int BatchSize(NanoDetConfiguration configuration, int images)
        // If images keep their aspect ratio, a batch is padded to its largest image, so the figures of an image would depend on its neighbours.
        => configuration.Validation.KeepRatio ? Math.Min(1, images) : Math.Min(configuration.BatchSize, images);

    /// <summary>Whether there are validation images.</summary>
    public bool HasImages => !images.IsEmpty;

    /// <summary>Whether the images have an object that counts for a figure; otherwise it is the same for all weights.</summary>
    /// <param name="saveKey">NanoDet's name of the figure.</param>
    public bool Decides(string saveKey) => CocoEvaluator.Evaluate(configuration.Model.Head.NumClasses, images, []).Figure(saveKey) >= 0;

    /// <summary>Validates the network and leaves it in evaluation mode.</summary>
    /// <param name="network">The network.</param>
    /// <param name="device">The device of its weights.</param>
    /// <param name="cancellation">Stops the work between two batches.</param>
    public CocoMetrics Run(DetectionNetwork network, Device device, CancellationToken cancellation)
    {
        network.eval();
        var detections = new List<EvaluationDetection>();
        using var prefetcher = new Prefetcher(
            images.Chunk(Math.Max(_batchSize, 1)).Select(chunk => new BatchStep(default, [.. chunk.Select(image => new ImageVisit(image, 0))])), assembler, ahead);
        for (var start = 0; start < images.Length; start += _batchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            using var batch = prefetcher.Next()!;
            Detect(network, device, batch, start, detections);
        }

        return CocoEvaluator.Evaluate(configuration.Model.Head.NumClasses, images, detections);
    }

    private void Detect(DetectionNetwork network, Device device, TrainingBatch batch, int start, List<EvaluationDetection> detections)
    {
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        using var withoutGradients = inference_mode();
        var predictions = network.call(DeviceCopy.Of(batch.Input, device)); // [B, priors, classes + 4 (RegMax + 1)]
        predictions.narrow(2, 0, _decoder.NumClasses).sigmoid_();
        var output = MemoryMarshal.Cast<byte, float>(predictions.cpu().contiguous().bytes);
        var (width, height) = ((int)batch.Input.shape[3], (int)batch.Input.shape[2]);
        var length = output.Length / batch.Images.Length;
        for (var i = 0; i < batch.Images.Length; i++)
        {
            var image = batch.Images[i];
            var inverse = batch.Samples[i].Matrix.Invert();
            foreach (var found in Suppression.Apply(_decoder.Decode(output.Slice(i * length, length), width, height, (float)ScoreThreshold)))
            {
                detections.Add(new EvaluationDetection(start + i, found.Label, inverse.MapBox(found.Box, new(image.Width, image.Height)), found.Score));
            }
        }
    }
}
