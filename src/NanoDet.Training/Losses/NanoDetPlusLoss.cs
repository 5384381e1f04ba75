using System.Collections.Immutable;
using NanoDet.Core.Detections;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Training.Assigners;
using NanoDet.Training.Models.Heads;
using static TorchSharp.torch;

namespace NanoDet.Training.Losses;

/// <summary>The loss of NanoDet-Plus: the auxiliary head assigns the priors of both heads (<c>nanodet_plus_head.py</c>); without it, the head assigns its own.</summary>
internal sealed class NanoDetPlusLoss(NanoDetPlusHead head, LossConfiguration weights)
{
    private readonly GeneralizedFocalLoss _loss = new(head, weights);

    /// <summary>Computes the losses of the heads.</summary>
    /// <param name="predictions">Predictions of the head, [B, N, columns].</param>
    /// <param name="auxiliary">Predictions of the auxiliary head, [B, N, columns]; null without it.</param>
    /// <param name="objects">The objects of each image, in pixels of the input.</param>
    /// <param name="height">Height of the input, in pixels.</param>
    /// <param name="width">Width of the input, in pixels.</param>
    public TrainingLoss Compute(
        Tensor predictions, Tensor? auxiliary, IReadOnlyList<ImmutableArray<DatasetObject>> objects, int height, int width)
    {
        using var scope = NewDisposeScope();
        var targets = Assign(auxiliary ?? predictions, objects, [.. Prior.Levels(height, width, head.Strides, BoxDecoder.PriorOffset(centred: false)).SelectMany(level => level)]);
        var tensors = new TargetTensors(targets, predictions.device);
        var divisor = Math.Max(targets.Count, 1);
        var main = _loss.Compute(predictions, tensors, divisor, smallestWeight: 1);
        if (auxiliary is null)
        {
            return main.MoveToOuterDisposeScope();
        }

        var guide = _loss.Compute(auxiliary, tensors, divisor, smallestWeight: 1, prefix: "aux_");
        return new TrainingLoss(main.Total + guide.Total, [.. main.Names, .. guide.Names], cat([main.Values, guide.Values])).MoveToOuterDisposeScope();
    }

    private TrainingTargets Assign(Tensor predictions, IReadOnlyList<ImmutableArray<DatasetObject>> objects, Prior[] priors)
    {
        using var read = new ReadPredictions(predictions, head, priors, withLogits: true);
        var targets = new TrainingTargets();
        for (var image = 0; image < objects.Count; image++)
        {
            var wanted = objects[image].Where(item => !item.Ignored).ToArray();
            var truth = wanted.Select(item => Box.Of(item.Box)).ToArray();
            var assigned = DynamicSoftLabelAssigner.Assign(
                read.Logits(image),
                read.Boxes(image),
                priors,
                truth,
                wanted.Select(item => item.Label).ToArray());
            targets.Ignore((long)image * priors.Length, priors, objects[image], assigned);
            foreach (var (prior, index, overlap) in assigned)
            {
                targets.Add(((long)image * priors.Length) + prior, wanted[index].Label, overlap, truth[index], priors[prior]);
            }
        }

        return targets;
    }
}
