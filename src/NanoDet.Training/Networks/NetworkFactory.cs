using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Diagnostics;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Models.Backbones;
using NanoDet.Training.Models.Heads;
using NanoDet.Training.Models.Layers.Depthwise;
using NanoDet.Training.Models.Necks;
using NanoDet.Training.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

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
            Autocast.Except(depthwise, DepthwiseGradient.ReplaceIn);
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
        var neck = configuration.Neck;
        switch (configuration.Architecture, configuration.Head)
        {
            case (Architecture.NanoDetPlus, NanoDetPlusHeadConfiguration head) when configuration.AuxiliaryHead is { } guide:
                RequireMaps("backbone", backbone.OutChannels, "neck", neck.InChannels);
                RequireMaps("neck", Maps(neck), "head", Maps(head));
                RequireMaps("two necks", Maps(neck, copies: 2), "auxiliary head", Maps(guide));
                return new NanoDetPlus(
                    backbone, Neck(neck), new NanoDetPlusHead(head), Neck(neck), new SimpleConvHead(guide), configuration, head.Loss);
            case (Architecture.OneStageDetector, NanoDetHeadConfiguration head):
                return OneStage(new NanoDetHead(head), head.OctaveBaseScale);
            case (Architecture.OneStageDetector, GflHeadConfiguration head):
                return OneStage(new GFLHead(head), head.OctaveBaseScale);
            default:
                throw new NanoDetException(ModelDiagnostics.PartsDoNotFit(
                    configuration.Architecture.ToString(), Name(neck), Name(configuration.Head), configuration.AuxiliaryHead is not null));
        }

        OneStageDetector OneStage(DetectionHead head, int octaveBaseScale)
        {
            RequireMaps("backbone", backbone.OutChannels, "neck", neck.InChannels);
            RequireMaps("neck", Maps(neck), "head", Maps(configuration.Head));
            return new OneStageDetector(backbone, Neck(neck), head, octaveBaseScale, configuration.Head.Loss);
        }
    }

    private static nn.Module<Tensor[], Tensor[]> Neck(NeckConfiguration configuration) => configuration switch
    {
        GhostPanConfiguration ghost => new GhostPAN(ghost),
        PanConfiguration pan => new PAN(pan),
        TanConfiguration tan => new TAN(tan),
        FpnConfiguration fpn => new FPN(fpn),
        var other => throw new ArgumentOutOfRangeException(nameof(configuration), Name(other), null),
    };

    private static void RequireMaps(string source, IReadOnlyList<int> made, string sink, IReadOnlyList<int> taken)
    {
        if (!made.SequenceEqual(taken))
        {
            throw new NanoDetException(ModelDiagnostics.MapsDoNotFit(source, made, sink, taken));
        }
    }

    private static int[] Maps(NeckConfiguration neck, int copies = 1) => [.. Enumerable.Repeat(copies * neck.OutChannels, neck.MapCount())];

    private static int[] Maps(HeadConfiguration head) => [.. Enumerable.Repeat(head.InputChannel, head.Strides.Length)];

    private static string Name(object configuration) => configuration.GetType().Name.Replace("Configuration", "", StringComparison.Ordinal);
}
