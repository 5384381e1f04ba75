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

/// <summary>NanoDet-Plus: during training, an assign guidance module assigns priors to objects (<c>nanodet/model/arch/nanodet_plus.py</c>).</summary>
public sealed class NanoDetPlus : DetectionNetwork
{
    private readonly ModelConfiguration _configuration;
    private readonly NanoDetPlusLoss _loss;

    internal NanoDetPlus(
        Backbone backbone, nn.Module<Tensor[], Tensor[]> neck, NanoDetPlusHead head,
        nn.Module<Tensor[], Tensor[]> auxiliaryNeck, SimpleConvHead auxiliaryHead, ModelConfiguration configuration, LossConfiguration loss)
        : base(nameof(NanoDetPlus), backbone, neck, head)
    {
        AuxiliaryNeck = auxiliaryNeck;
        AuxiliaryHead = auxiliaryHead;
        _configuration = configuration;
        _loss = new NanoDetPlusLoss(head, loss);
        register_module("aux_fpn", AuxiliaryNeck);
        register_module("aux_head", AuxiliaryHead);
    }

    /// <summary>Neck of the guidance module, built as <see cref="DetectionNetwork.Neck"/>.</summary>
    public nn.Module<Tensor[], Tensor[]> AuxiliaryNeck { get; }

    /// <summary>Head of the guidance module; takes the feature maps of both necks.</summary>
    public SimpleConvHead AuxiliaryHead { get; }

    /// <inheritdoc />
    private protected override IEnumerable<nn.Module<Tensor[], Tensor[]>> Necks => [Neck, AuxiliaryNeck];

    /// <inheritdoc />
    public override TrainingLoss Loss(Tensor images, IReadOnlyList<ImmutableArray<DatasetObject>> objects, int epoch)
    {
        using var scope = NewDisposeScope();
        var tape = new GradientTape();
        Tensor predictions;
        Tensor? guidance = null;
        using (tape.Listen())
        using (Autocast.Begin(Precision, images.device_type))
        {
            if (_configuration.IsGuidedAt(epoch))
            {
                (predictions, guidance) = Predict(images, tape, detached: epoch >= _configuration.DetachEpoch);
            }
            else
            {
                predictions = call(images);
            }
        }

        var loss = _loss.Compute(predictions.to(float32), guidance?.to(float32), objects, (int)images.shape[2], (int)images.shape[3]);
        return loss.MoveToOuterDisposeScope() with { Tape = tape };
    }

    private (Tensor Predictions, Tensor Guidance) Predict(Tensor images, GradientTape tape, bool detached)
    {
        var features = tape.Cut(Backbone.call(images));
        var maps = Neck.call(features);
        var guideMaps = AuxiliaryNeck.call(detached ? Detach(features) : features);
        var beginnings = tape.Cut([.. maps, .. guideMaps]);
        (maps, guideMaps) = (beginnings[..maps.Length], beginnings[maps.Length..]);
        var bothMaps = (detached ? Detach(maps) : maps).Zip(guideMaps, (map, guide) => cat([map, guide], dim: 1)).ToArray();
        return (Head.call(maps), AuxiliaryHead.Record(bothMaps, tape));
    }

    private static Tensor[] Detach(Tensor[] maps) => [.. maps.Select(map => map.detach())];
}
