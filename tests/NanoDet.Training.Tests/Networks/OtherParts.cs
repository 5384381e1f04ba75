using NanoDet.Data.Configuration;
using NanoDet.Training.Tests.Loop;

namespace NanoDet.Training.Tests.Networks;

/// <summary>Necks and heads in combinations that no shipped file has, and that the format allows.</summary>
internal static class OtherParts
{
    public static TheoryData<string> All { get; } = [
        "FPN, GFLHead", "PAN, GFLHead", "GhostPAN, NanoDetHead", "TAN, GFLHead", "FPN, NanoDetPlusHead", "TAN, NanoDetPlusHead",
        "PAN with BN, NanoDetHead", "FPN with BN, GFLHead", "GhostPAN, NanoDetPlusHead of Conv"];

    /// <summary>The network for the pictures of <see cref="SmallTraining"/>.</summary>
    public static ModelConfiguration Of(string name)
    {
        var parts = name.Split(", ").Select(part => part.Split(' ')[0]).ToArray();
        var (plus, legacy, attention) = (SmallTraining.Configuration(1).Model, SmallTraining.Legacy(1).Model, SmallTraining.WithAttention(1).Model);
        var (model, levels) = parts[1] == "NanoDetPlusHead" ? (plus, plus.Head.Strides[..3]) : (legacy, legacy.Head.Strides);
        var neck = parts[0] switch
        {
            "FPN" => new FpnConfiguration { InChannels = legacy.Neck.InChannels, OutChannels = 0 },
            "TAN" => attention.Neck,
            "GhostPAN" => (GhostPanConfiguration)plus.Neck with { NumExtraLevel = 0 },
            _ => legacy.Neck,
        };
        HeadConfiguration head = (parts[1], model.Head) switch
        {
            ("GFLHead", _) => new GflHeadConfiguration
            {
                NumClasses = 2,
                InputChannel = model.Neck.OutChannels,
                FeatChannels = 32,
                StackedConvs = 2,
                Activation = Activation.ReLU,
            },
            (_, NanoDetPlusHeadConfiguration separable) => separable with { Strides = levels, PlainConvolutions = name.EndsWith(" of Conv", StringComparison.Ordinal) },
            _ => model.Head with { Strides = levels },
        };
        neck = neck with { OutChannels = model.Neck.OutChannels };
        return model with
        {
            Neck = neck is FpnConfiguration pyramid ? pyramid with { BatchNorm = name.Contains(" with BN,", StringComparison.Ordinal) } : neck,
            Head = head,
            AuxiliaryHead = model.AuxiliaryHead is { } guide ? guide with { Strides = levels } : null,
        };
    }
}
