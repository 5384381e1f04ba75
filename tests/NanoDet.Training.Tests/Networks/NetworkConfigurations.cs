using System.Collections.Immutable;
using NanoDet.Data.Configuration;

namespace NanoDet.Training.Tests.Networks;

/// <summary>Networks built as the original's, small enough for a test, with three classes.</summary>
internal static class NetworkConfigurations
{
    public static ModelConfiguration Plus(string size, ImmutableArray<int> inChannels, int channels) => new()
    {
        Architecture = Architecture.NanoDetPlus,
        DetachEpoch = 10,
        Backbone = new ShuffleNetV2Configuration(size) { Activation = Activation.LeakyReLU },
        Neck = new GhostPanConfiguration
        {
            InChannels = inChannels,
            OutChannels = channels,
            NumExtraLevel = 1,
            UseDepthwise = true,
            Activation = Activation.LeakyReLU,
        },
        Head = new NanoDetPlusHeadConfiguration { NumClasses = 3, InputChannel = channels, FeatChannels = channels, Strides = [8, 16, 32, 64] },
        AuxiliaryHead = new SimpleConvHeadConfiguration
        {
            NumClasses = 3,
            InputChannel = 2 * channels,
            FeatChannels = 2 * channels,
            StackedConvs = 4,
            Strides = [8, 16, 32, 64],
        },
    };

    public static ModelConfiguration Legacy(string size, ImmutableArray<int> inChannels, int channels) => new()
    {
        Architecture = Architecture.OneStageDetector,
        Backbone = new ShuffleNetV2Configuration(size) { Activation = Activation.LeakyReLU },
        Neck = new PanConfiguration { InChannels = inChannels, OutChannels = channels },
        Head = new NanoDetHeadConfiguration { NumClasses = 3, InputChannel = channels, FeatChannels = channels, ShareClsReg = true },
    };
}
