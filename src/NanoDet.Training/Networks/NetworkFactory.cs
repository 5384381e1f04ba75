using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Diagnostics;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Models.Backbones;
using NanoDet.Training.Models.Heads;
using NanoDet.Training.Models.Necks;
using NanoDet.Training.Native;
using TorchSharp.Modules;

namespace NanoDet.Training.Networks;

/// <summary>Builds the network that a configuration describes.</summary>
public static class NetworkFactory
{
    /// <summary>Builds a network with new weights, on the CPU and in training mode.</summary>
    /// <param name="configuration">The network.</param>
    /// <param name="seed">Together with the names of the tensors, the seed determines the new weights.</param>
    /// <exception cref="NanoDetException">The configuration names a part that does not exist, or parts that do not fit.</exception>
    public static DetectionNetwork Create(ModelConfiguration configuration, long seed)
    {
        LibTorch.Load();
        var network = Build(configuration);
        Initialization.Apply(network, seed);
        // oneDNN computes the gradients of depthwise convolutions in bf16 two to ten times slower than in single precision.
        foreach (var depthwise in network.modules().OfType<Conv2d>().Where(layer => layer.groups > 1))
        {
            Autocast.Except(depthwise);
        }

        return network;
    }

    private static DetectionNetwork Build(ModelConfiguration configuration)
    {
        Backbone backbone = configuration.Backbone switch
        {
            ShuffleNetV2Configuration { ModelSize: not ("0.5x" or "1.0x" or "1.5x" or "2.0x") } shuffleNet
                => throw new NanoDetException(ModelDiagnostics.UnknownShuffleNetWidth(shuffleNet.ModelSize)),
            ShuffleNetV2Configuration shuffleNet => new ShuffleNetV2(shuffleNet),
            RepVggConfiguration repVgg => new RepVGG(repVgg),
            EfficientNetLiteConfiguration efficientNet => new EfficientNetLite(efficientNet),
            CustomCspNetConfiguration csp => new CustomCspNet(csp),
            ResNetConfiguration resNet => new ResNet(resNet),
            MobileNetV2Configuration mobileNet => new MobileNetV2(mobileNet),
            GhostNetConfiguration ghostNet => new GhostNet(ghostNet),
            TimmConfiguration timm when ConvNextShape.Of(timm.ModelName) is not null => new ConvNext(timm),
            var other => throw new NanoDetException(NetworkDiagnostics.PartNotSupported(null, "backbone", other.Describe())),
        };
        switch (configuration.Architecture, configuration.Neck, configuration.Head)
        {
            case (Architecture.NanoDetPlus, GhostPanConfiguration neck, NanoDetPlusHeadConfiguration head) when configuration.AuxiliaryHead is { } guide:
                RequireMaps("backbone", backbone.OutChannels, "neck", neck.InChannels);
                RequireMaps("neck", Maps(neck, neck.InChannels.Length + neck.NumExtraLevel), "head", Maps(head));
                RequireMaps("two necks", Maps(neck, neck.InChannels.Length + neck.NumExtraLevel, 2), "auxiliary head", Maps(guide));
                return new NanoDetPlus(
                    backbone, new GhostPAN(neck), new NanoDetPlusHead(head), new GhostPAN(neck), new SimpleConvHead(guide),
                    configuration.DetachEpoch, head.Loss);
            case (Architecture.OneStageDetector, PanConfiguration neck, NanoDetHeadConfiguration head):
                RequireMaps("backbone", backbone.OutChannels, "neck", neck.InChannels);
                RequireMaps("neck", Maps(neck, neck.InChannels.Length - neck.StartLevel), "head", Maps(head));
                return new OneStageDetector(backbone, new PAN(neck), new NanoDetHead(head), head.Loss);
            case (Architecture.OneStageDetector, TanConfiguration { InChannels.Length: 3 } neck, NanoDetHeadConfiguration head):
                RequireMaps("backbone", backbone.OutChannels, "neck", neck.InChannels);
                RequireMaps("neck", Maps(neck, neck.InChannels.Length), "head", Maps(head));
                return new OneStageDetector(backbone, new TAN(neck), new NanoDetHead(head), head.Loss);
            case var (architecture, neck, head):
                throw new NanoDetException(ModelDiagnostics.PartsDoNotFit(
                    architecture.ToString(), Name(neck), Name(head), configuration.AuxiliaryHead is not null));
        }
    }

    private static void RequireMaps(string source, IReadOnlyList<int> made, string sink, IReadOnlyList<int> taken)
    {
        if (!made.SequenceEqual(taken))
        {
            throw new NanoDetException(ModelDiagnostics.MapsDoNotFit(source, made, sink, taken));
        }
    }

    private static int[] Maps(NeckConfiguration neck, int levels, int copies = 1) => [.. Enumerable.Repeat(copies * neck.OutChannels, levels)];

    private static int[] Maps(HeadConfiguration head) => [.. Enumerable.Repeat(head.InputChannel, head.Strides.Length)];

    private static string Name(object configuration) => configuration.GetType().Name.Replace("Configuration", "", StringComparison.Ordinal);
}
