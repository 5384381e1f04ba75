using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Training.Models;
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
    public void An_ignored_object_is_not_learnt(Architecture architecture)
    {
        using var network = NetworkFactory.Create(architecture == Architecture.NanoDetPlus ? Plus : Legacy, seed: 1);
        using var scope = NewDisposeScope();

        var ignored = network.Loss(Pictures(), [[One[0] with { Ignored = true }], []], epoch: 0);
        var absent = network.Loss(Pictures(), [[], []], epoch: 0);
        var present = network.Loss(Pictures(), [One, []], epoch: 0);

        Assert.Equal(absent.Parts, ignored.Parts);
        Assert.NotEqual(absent.Parts, present.Parts);
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

    private static Tensor Pictures() => arange(2 * 3 * 64 * 64).reshape(2, 3, 64, 64).sin();

    private static double BackboneGradient(NanoDetPlus network, int epoch)
    {
        using var scope = NewDisposeScope();
        network.zero_grad();
        network.Loss(Pictures(), [One, One], epoch).Backward();
        return network.Backbone.parameters().Sum(parameter => (double)parameter.grad!.abs().sum().item<float>());
    }
}
