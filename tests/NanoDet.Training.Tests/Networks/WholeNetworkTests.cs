using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Training.Loop;
using NanoDet.Training.Models;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using NanoDet.Training.Tests.Loop;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Networks;

/// <summary>What holds of every network: its weights are found by their names, and parts of it can be frozen.</summary>
public class WholeNetworkTests
{
    private static readonly string[] Classes = ["red", "green"];

    public static TheoryData<ModelConfiguration> All { get; } =
    [
        .. OtherBackbones.All.Select(row => SmallTraining.With(row.Data, epochs: 1).Model),
        SmallTraining.With(new RepVggConfiguration("A0") { OutStages = [2, 3, 4], LastChannel = 64 }, epochs: 1).Model,
        SmallTraining.With(new EfficientNetLiteConfiguration("efficientnet_lite0") { OutStages = [2, 4, 6], Activation = Activation.ReLU6 }, epochs: 1).Model,
        .. OtherParts.All.Select(row => OtherParts.Of(row.Data)),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Weights_are_found_by_their_names(ModelConfiguration configuration)
    {
        using var trained = NetworkFactory.Create(configuration, seed: 1);
        using var fresh = NetworkFactory.Create(configuration, seed: 2);

        var report = ModelWeights.Load("a", ModelWeights.Export(StateDict.Of(trained), [.. Classes]), fresh, [.. Classes]);

        Assert.All(report.Rows, row => Assert.Equal(WeightOutcome.Loaded, row.Outcome));
        Assert.All(StateDict.Of(trained).Zip(StateDict.Of(fresh)), pair => Assert.True(pair.First.Value.Equals(pair.Second.Value), pair.First.Key));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Frozen_parts_get_no_gradients_and_do_not_change(ModelConfiguration configuration)
    {
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(configuration, seed: 1);
        var training = SmallTraining.Configuration(epochs: 1);
        var frozen = new FrozenParts(network, training with { Model = configuration, Schedule = training.Schedule with { Freeze = [ModelPart.Backbone, ModelPart.Neck] } });
        frozen.Freeze();
        frozen.Train();
        var before = StateDict.Of(network.Backbone).Concat(StateDict.Of(network.Neck)).Select(entry => entry.Value.clone()).ToArray();
        ImmutableArray<DatasetObject>[] objects = [[new(0, new(8, 8, 40, 48))], [new(1, new(20, 10, 60, 50))]];

        var loss = network.Loss((arange(2 * 3 * 64 * 64) * 0.37).sin().reshape(2, 3, 64, 64), objects, epoch: 0);
        loss.Backward();

        Assert.All(network.Backbone.parameters().Concat(network.Neck.parameters()), parameter => Assert.True(parameter.grad is null));
        Assert.Contains(network.Head.parameters(), parameter => parameter.grad is { } gradient && gradient.abs().max().item<float>() > 0);
        Assert.All(
            StateDict.Of(network.Backbone).Concat(StateDict.Of(network.Neck)).Zip(before), pair => Assert.True(pair.First.Value.Equals(pair.Second), pair.First.Key));
    }
}
