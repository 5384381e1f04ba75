using NanoDet.Data.Configuration;
using NanoDet.Training.Tests.Loop;

namespace NanoDet.Training.Tests.Networks;

/// <summary>Necks and heads in combinations that no shipped file has, and that the format allows.</summary>
internal static class OtherParts
{
    public static TheoryData<string> All { get; } = ["FPN, GFLHead", "PAN, GFLHead", "GhostPAN, NanoDetHead", "TAN, GFLHead", "FPN, NanoDetPlusHead", "TAN, NanoDetPlusHead"];

    /// <summary>The network for the pictures of <see cref="SmallTraining"/>.</summary>
    public static ModelConfiguration Of(string name)
    {
        var parts = name.Split(", ");
        var (plus, legacy, attention) = (SmallTraining.Configuration(1).Model, SmallTraining.Legacy(1).Model, SmallTraining.WithAttention(1).Model);
        var (model, levels) = parts[1] == "NanoDetPlusHead" ? (plus, plus.Head.Strides[..3]) : (legacy, legacy.Head.Strides);
        var neck = parts[0] switch
        {
            "FPN" => new FpnConfiguration { InChannels = legacy.Neck.InChannels, OutChannels = 0 },
            "TAN" => attention.Neck,
            "GhostPAN" => (GhostPanConfiguration)plus.Neck with { NumExtraLevel = 0 },
            _ => legacy.Neck,
        };
        return model with
        {
            Neck = neck with { OutChannels = model.Neck.OutChannels },
            Head = parts[1] == "GFLHead"
                ? new GflHeadConfiguration
                {
                    NumClasses = 2,
                    InputChannel = model.Neck.OutChannels,
                    FeatChannels = 32,
                    StackedConvs = 2,
                    Activation = Activation.ReLU,
                }
                : model.Head with { Strides = levels },
            AuxiliaryHead = model.AuxiliaryHead is { } guide ? guide with { Strides = levels } : null,
        };
    }
}
