using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Training.Losses;
using NanoDet.Training.Models.Backbones;
using NanoDet.Training.Models.Heads;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Networks;

/// <summary>A legacy model: only backbone, neck and head (<c>nanodet/model/arch/one_stage_detector.py</c>).</summary>
public sealed class OneStageDetector : DetectionNetwork
{
    private readonly NanoDetLoss _loss;

    internal OneStageDetector(Backbone backbone, nn.Module<Tensor[], Tensor[]> neck, DetectionHead head, int octaveBaseScale, LossConfiguration loss)
        : base(nameof(OneStageDetector), backbone, neck, head) => _loss = new NanoDetLoss(head, octaveBaseScale, loss);

    /// <inheritdoc />
    public override TrainingLoss Loss(Tensor images, IReadOnlyList<ImmutableArray<DatasetObject>> objects, int epoch)
    {
        using var scope = NewDisposeScope();
        Tensor predictions;
        var tape = new GradientTape();
        using (tape.Listen())
        using (Autocast.Begin(Precision, images.device_type))
        {
            predictions = call(images);
        }

        var loss = _loss.Compute(predictions.to(float32), objects, (int)images.shape[2], (int)images.shape[3]);
        return loss.MoveToOuterDisposeScope() with { Tape = tape };
    }
}
