using System.Collections.Immutable;
using NanoDet.Core.Detections;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Training.Assigners;
using NanoDet.Training.Models.Heads;
using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>
/// The loss of the legacy models (<c>nanodet/model/head/gfl_head.py</c>). The original drops even the class loss of a batch
/// without an assigned prior; here such a batch still trains the background.
/// </summary>
/// <param name="head">The head.</param>
/// <param name="octaveBaseScale">Side of an anchor cell, in strides.</param>
/// <param name="weights">Weights of the losses.</param>
internal sealed class NanoDetLoss(DetectionHead head, int octaveBaseScale, LossConfiguration weights)
{
    private readonly GeneralizedFocalLoss _loss = new(head, weights);

    /// <summary>Computes the loss.</summary>
    /// <param name="predictions">[B, N, columns].</param>
    /// <param name="objects">The objects of each image, in pixels of the input.</param>
    /// <param name="height">Height of the input, in pixels.</param>
    /// <param name="width">Width of the input, in pixels.</param>
    public TrainingLoss Compute(Tensor predictions, IReadOnlyList<ImmutableArray<DatasetObject>> objects, int height, int width)
    {
        var levels = Prior.Levels(height, width, head.Strides, BoxDecoder.PriorOffset(centred: true));
        Prior[] priors = [.. levels.SelectMany(level => level)];
        using var read = new ReadPredictions(predictions, head, priors, withLogits: false);
        var targets = new TrainingTargets();
        var divisor = 0;
        for (var image = 0; image < objects.Count; image++)
        {
            var wanted = objects[image].Where(item => !item.Ignored).ToArray();
            var truth = wanted.Select(item => Box.Of(item.Box)).ToArray();
            var assigned = AtssAssigner.Assign(levels, octaveBaseScale, truth);
            targets.Ignore((long)image * priors.Length, priors, objects[image], assigned);
            var boxes = read.Boxes(image);
            foreach (var (prior, index, _) in assigned)
            {
                var row = ((long)image * priors.Length) + prior;
                targets.Add(row, wanted[index].Label, boxes[prior].IoU(truth[index]), truth[index], priors[prior]);
            }

            // As in the original: an image without an assigned prior counts as one.
            divisor += Math.Max(assigned.Count, 1);
        }

        using var scope = NewDisposeScope();
        return _loss.Compute(predictions, new TargetTensors(targets, predictions.device), divisor, smallestWeight: float.Epsilon).MoveToOuterDisposeScope();
    }
}
