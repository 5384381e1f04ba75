using NanoDet.Data.Configuration;
using NanoDet.Training.Networks;
using NanoDet.Training.Tests.Loop;

namespace NanoDet.Training.Tests.Networks;

/// <summary>The plan knows the words in the names of parameters without the network, so they are compared with networks here.</summary>
public sealed class ParameterNamesTests
{
    // Between them, they have every layer that a network can have, with an activation that has weights.
    private static ModelConfiguration[] Networks =>
    [
        .. OtherBackbones.All.Select(row => SmallTraining.With(row.Data, epochs: 1).Model),
        SmallTraining.With(new ShuffleNetV2Configuration("0.5x") { WithLastConvolution = true }, epochs: 1).Model,
        SmallTraining.With(new RepVggConfiguration("A0") { OutStages = [2, 3, 4], LastChannel = 64 }, epochs: 1).Model,
        SmallTraining.With(new RepVggConfiguration("A0") { OutStages = [2, 3, 4], LastChannel = 64, Deploy = true }, epochs: 1).Model,
        SmallTraining.With(new EfficientNetLiteConfiguration("efficientnet_lite0") { OutStages = [2, 4, 6] }, epochs: 1).Model,
        SmallTraining.With(
            new CustomCspNetConfiguration([new("Conv", [3, 16, 3, 4]), new("CspBlock", [16, 1, 3, 2]), new("CspBlock", [32, 0, 1, 2]), new("MaxPool", [2, 2])]) { OutStages = [1, 2, 3] }, epochs: 1).Model,
        SmallTraining.Legacy(epochs: 1).Model with { Head = (NanoDetHeadConfiguration)SmallTraining.Legacy(epochs: 1).Model.Head with { PlainConvolutions = true, ShareClsReg = false } },
        SmallTraining.Configuration(epochs: 1).Model,
        SmallTraining.Configuration(epochs: 1).Model with { Neck = (GhostPanConfiguration)SmallTraining.Configuration(epochs: 1).Model.Neck with { UseDepthwise = false, UseResidual = true } },
        .. OtherParts.All.Select(row => OtherParts.Of(row.Data)),
    ];

    [Fact]
    public void Every_word_is_in_the_name_of_a_parameter_and_every_name_is_of_these_words()
    {
        var (known, found) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var model in Networks.Select(WithWeights))
        {
            known.UnionWith(ParameterNames.PartsOf(model).SelectMany(part => ParameterNames.WordsOf(model, part).Select(word => $"{Kind(model, part)} {word}")));
            using var network = NetworkFactory.Create(model, seed: 1);
            foreach (var (name, _) in network.named_parameters())
            {
                var words = name.Split('.');
                Assert.Contains(words[0], ParameterNames.PartsOf(model));
                found.UnionWith(words[1..].Where(word => !word.All(char.IsAsciiDigit)).Select(word => $"{Kind(model, words[0])} {word}"));
                Assert.True(ParameterNames.MayContain(model, name), name);
                Assert.False(ParameterNames.MayContain(model, $"{name}x"), name);
            }
        }

        Assert.Empty(known.Except(found));
        Assert.Empty(found.Except(known));
    }

    private static string Kind(ModelConfiguration model, string part) => part switch
    {
        "backbone" => model.Backbone.GetType().Name,
        "head" => model.Head.GetType().Name,
        "aux_head" => model.AuxiliaryHead!.GetType().Name,
        _ => model.Neck.GetType().Name,
    };

    private static ModelConfiguration WithWeights(ModelConfiguration model) => model with
    {
        Backbone = model.Backbone with { Activation = Activation.PReLU },
        Neck = model.Neck with { Activation = Activation.PReLU },
        Head = model.Head with { Activation = Activation.PReLU },
        AuxiliaryHead = model.AuxiliaryHead is { } guide ? guide with { Activation = Activation.PReLU } : null,
    };
}
