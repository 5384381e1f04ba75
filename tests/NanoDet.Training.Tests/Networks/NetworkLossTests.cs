using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Training.Losses;
using NanoDet.Training.Models;
using NanoDet.Training.Models.Heads;
using NanoDet.Training.Networks;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Networks;

public class NetworkLossTests
{
    private static readonly ModelConfiguration Plus = NetworkConfigurations.Plus("0.5x", [48, 96, 192], 32);
    private static readonly ModelConfiguration Legacy = NetworkConfigurations.Legacy("0.5x", [48, 96, 192], 32);
    private static readonly ImmutableArray<DatasetObject> One = [new(1, new(8, 8, 56, 40))];

    [Theory]
    [InlineData(Architecture.NanoDetPlus)]
    [InlineData(Architecture.OneStageDetector)]
    public void A_batch_without_objects_teaches_that_there_is_nothing(Architecture architecture)
    {
        using var network = NetworkFactory.Create(architecture == Architecture.NanoDetPlus ? Plus : Legacy, seed: 1);
        using var scope = NewDisposeScope();

        var loss = network.Loss(Pictures(), [[], []], epoch: 0);
        loss.Backward();

        Assert.True(double.IsFinite(loss.Total.item<float>()) && loss.Total.item<float>() > 0);
        Assert.All(loss.Parts.Where(part => !part.Name.EndsWith("qfl", StringComparison.Ordinal)), part => Assert.Equal(0, part.Value));
        Assert.True(StateDict.Of(network)[0].Value.grad!.abs().sum().item<float>() > 0);
    }

    [Theory]
    [InlineData(Architecture.NanoDetPlus)]
    [InlineData(Architecture.OneStageDetector)]
    public void An_ignored_object_is_learnt_neither_as_an_object_nor_as_background(Architecture architecture)
    {
        using var network = NetworkFactory.Create(architecture == Architecture.NanoDetPlus ? Plus : Legacy, seed: 1);
        using var scope = NewDisposeScope();
        ImmutableArray<DatasetObject> everywhere = [new(0, new(-1, -1, 1000, 1000)) { Ignored = true }];

        var ignored = Parts([One[0] with { Ignored = true }], []);
        var absent = Parts([], []);
        var nothing = Parts(everywhere, everywhere);
        var objectInside = Parts([One[0], everywhere[0]], everywhere);
        var present = Parts(One, []);

        // Each part of the image counts once, as background or not at all.
        Assert.All(nothing, part => Assert.Equal(0, part.Value));
        Assert.All(absent.Zip(ignored).Where(pair => IsOfClasses(pair.First.Key)), pair => Assert.InRange(pair.Second.Value, 1e-6, pair.First.Value * 0.9999));
        Assert.All(ignored.Where(part => !IsOfClasses(part.Key)), part => Assert.Equal(0, part.Value));

        // What an object takes is learnt as ever, also within what is ignored.
        Assert.All(present.Zip(objectInside), pair =>
        {
            if (IsOfClasses(pair.First.Key))
            {
                Assert.InRange(pair.Second.Value, 1e-6, pair.First.Value * 0.9999);
            }
            else
            {
                Assert.Equal(pair.First, pair.Second);
            }
        });

        static bool IsOfClasses(string name) => name.EndsWith("qfl", StringComparison.Ordinal);
        Dictionary<string, double> Parts(params ImmutableArray<DatasetObject>[] objects)
            => network.Loss(Pictures(), objects, epoch: 0).Parts.ToDictionary(part => part.Name, part => (double)part.Value);
    }

    [Theory]
    [InlineData(Architecture.NanoDetPlus)]
    [InlineData(Architecture.OneStageDetector)]
    public void What_is_ignored_outside_the_picture_changes_no_bit(Architecture architecture)
    {
        ImmutableArray<DatasetObject> outside = [One[0], new(0, new(-40, -40, -8, -8)) { Ignored = true }];
        using var first = NetworkFactory.Create(architecture == Architecture.NanoDetPlus ? Plus : Legacy, seed: 1);
        using var second = NetworkFactory.Create(architecture == Architecture.NanoDetPlus ? Plus : Legacy, seed: 1);
        using var scope = NewDisposeScope();

        first.Loss(Pictures(), [One, One], epoch: 0).Backward();
        second.Loss(Pictures(), [outside, One], epoch: 0).Backward();

        Assert.All(
            first.parameters().Zip(second.parameters()),
            pair => Assert.Equal(pair.First.grad?.bytes.ToArray(), pair.Second.grad?.bytes.ToArray()));
    }

    [Fact]
    public void From_the_detach_epoch_on_the_guidance_module_sends_no_gradients_into_the_backbone()
    {
        using var network = (NanoDetPlus)NetworkFactory.Create(Plus with { DetachEpoch = 3 }, seed: 1);

        // With the head cut off, what arrives in the backbone comes from the guidance module alone.
        using (no_grad())
        {
            foreach (var predictor in network.Head.ClassPredictors)
            {
                predictor.weight.zero_();
            }
        }

        Assert.Equal(0, BackboneGradient(network, epoch: 3));
        Assert.True(BackboneGradient(network, epoch: 2) > 0);
    }

    [Fact]
    public void After_the_epochs_of_the_guidance_module_the_head_assigns_by_its_own_predictions()
    {
        using var network = (NanoDetPlus)NetworkFactory.Create(Plus with { GuidanceEpochs = 3 }, seed: 1);
        using var scope = NewDisposeScope();

        var guided = network.Loss(Pictures(), [One, One], epoch: 2);
        var alone = network.Loss(Pictures(), [One, One], epoch: 3);
        alone.Backward();

        Assert.Equal(["loss_qfl", "loss_bbox", "loss_dfl", "aux_loss_qfl", "aux_loss_bbox", "aux_loss_dfl"], guided.Names);
        Assert.Equal(["loss_qfl", "loss_bbox", "loss_dfl"], alone.Names);
        Assert.Equal(alone.Parts.Sum(part => part.Value), alone.Total.item<float>(), 4);
        Assert.All(alone.Parts, part => Assert.True(part.Value > 0));
        // The two heads differ, so they choose other priors.
        Assert.NotEqual(guided.Parts[1].Value, alone.Parts[1].Value);
        Assert.All(network.AuxiliaryHead.parameters().Concat(network.AuxiliaryNeck.parameters()), parameter => Assert.Null(parameter.grad));
        Assert.All(network.Backbone.parameters(), parameter => Assert.NotNull(parameter.grad));

        // Were the head its own guide, it would be assigned the same.
        var parts = new NanoDetPlusLoss((NanoDetPlusHead)network.Head, Plus.Head.Loss);
        var predictions = network.call(Pictures());
        Assert.Equal(
            parts.Compute(predictions, predictions, [One, One], 64, 64).Parts.Take(3), parts.Compute(predictions, null, [One, One], 64, 64).Parts);
    }

    [Fact]
    public void The_same_batch_gives_the_same_gradients_to_the_last_bit()
    {
        using var first = NetworkFactory.Create(Plus, seed: 1);
        using var second = NetworkFactory.Create(Plus, seed: 1);
        using var scope = NewDisposeScope();

        first.Loss(Pictures(), [One, One], epoch: 0).Backward();
        second.Loss(Pictures(), [One, One], epoch: 0).Backward();

        Assert.All(
            first.parameters().Zip(second.parameters()),
            pair => Assert.Equal(pair.First.grad!.bytes.ToArray(), pair.Second.grad!.bytes.ToArray()));
    }

    [Fact]
    public void In_bf16_the_maps_of_backbone_and_neck_are_all_in_bf16_and_in_single_precision_none_is()
    {
        using var network = NetworkFactory.Create(Plus, seed: 1);
        using var scope = NewDisposeScope();
        var types = new List<ScalarType>();
        network.Backbone.register_forward_hook((_, _, maps) => Note(maps));
        network.Neck.register_forward_hook((_, _, maps) => Note(maps));

        network.Precision = TrainingPrecision.BFloat16;
        network.Loss(Pictures(), [One, One], epoch: 0).Backward();
        Assert.Equal([ScalarType.BFloat16], types.Distinct());

        types.Clear();
        network.Precision = TrainingPrecision.Single;
        network.Loss(Pictures(), [One, One], epoch: 0).Backward();
        Assert.Equal([ScalarType.Float32], types.Distinct());

        Tensor[] Note(Tensor[] maps)
        {
            types.AddRange(maps.Select(map => map.dtype));
            return maps;
        }
    }

    private static Tensor Pictures() => arange(2 * 3 * 64 * 64).reshape(2, 3, 64, 64).sin();

    private static double BackboneGradient(NanoDetPlus network, int epoch)
    {
        using var scope = NewDisposeScope();
        network.zero_grad();
        network.Loss(Pictures(), [One, One], epoch).Backward();
        return network.Backbone.parameters().Sum(parameter => (double)parameter.grad!.abs().sum().item<float>());
    }
}
