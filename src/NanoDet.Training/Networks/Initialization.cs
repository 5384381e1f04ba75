using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NanoDet.Training.Models;
using NanoDet.Training.Models.Backbones;
using NanoDet.Training.Models.Heads;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Attention;
using NanoDet.Training.Models.Necks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Networks;

/// <summary>
/// Draws new weights like the original, except that every tensor has its own random stream, keyed by the seed
/// and the tensor's name, so that adding or removing a part does not change the weights of other parts.
/// </summary>
internal static class Initialization
{
    // The initial confidence is 0.01. In NanoDet-Plus one convolution predicts classes and distances, so the distances get it too.
    private const double ClassBias = -4.595;

    // The original cuts the numbers off at 2, a hundred deviations away.
    private const double NarrowDeviation = 0.02;

    // ConvNeXt's blocks change almost nothing at the beginning.
    private const double BlockScale = 1e-6;

    private enum Rule
    {
        /// <summary>PyTorch's default for a convolution: uniform within one over the square root of the fan-in.</summary>
        Framework,

        /// <summary>ShuffleNetV2 and GhostNet: normal, deviation one over the input channels of a group.</summary>
        Backbone,

        /// <summary>ConvModule, EfficientNet-Lite and ResNet: normal, He et al. by fan-out.</summary>
        FanOut,

        /// <summary>ConvNeXt: normal, deviation 0.02.</summary>
        Narrow,

        /// <summary>FPN and PAN: uniform, Glorot and Bengio.</summary>
        Xavier,

        /// <summary>TAN: normal, deviation 0.01 for convolutions and 0.02 for matrices.</summary>
        Attention,

        /// <summary>Heads: normal, deviation 0.01.</summary>
        Head,
    }

    /// <summary>Draws all weights of a network.</summary>
    public static void Apply(DetectionNetwork network, long seed)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Draw(network, "", Rule.Framework, seed);
        BiasClasses(network.Head);
        if (network is NanoDetPlus plus)
        {
            BiasClasses(plus.AuxiliaryHead);
            foreach (var (copy, original) in StateDict.Of(plus.AuxiliaryNeck).Zip(StateDict.Of(plus.Neck)))
            {
                copy.Value.copy_(original.Value);
            }
        }
    }

    private static void Draw(nn.Module module, string name, Rule rule, long seed)
    {
        rule = module switch
        {
            ShuffleNetV2 or GhostNet => Rule.Backbone,
            EfficientNetLite or ResNet => Rule.FanOut,
            ConvNext => Rule.Narrow,
            DetectionHead => Rule.Head,
            FPN => Rule.Xavier,
            TAN => Rule.Attention,
            ConvModule or DepthwiseConvModule when rule == Rule.Framework => Rule.FanOut,
            _ => rule,
        };
        if (module is Conv2d convolution)
        {
            // GhostNet draws those of its first convolution smaller.
            Fill(convolution.weight, name.EndsWith(".conv_stem", StringComparison.Ordinal) ? Rule.Head : rule, Key(seed, name));
            convolution.bias?.zero_();
        }
        else if (module is BatchNorm2d batchNorm)
        {
            batchNorm.weight!.fill_(1);
            batchNorm.bias!.fill_(rule == Rule.Backbone ? 0.0001 : 0);
        }
        else if (module is GroupNorm groupNorm)
        {
            // TorchSharp does not initialise this tensor.
            groupNorm.weight!.fill_(1);
            groupNorm.bias!.zero_();
        }

        else if (module is Linear linear)
        {
            Normal(linear.weight, NarrowDeviation, Key(seed, name));
            linear.bias!.zero_();
        }
        else if (module is LayerNorm layerNorm)
        {
            layerNorm.weight!.fill_(1);
            layerNorm.bias!.zero_();
        }
        else if (module is SelfAttention attention)
        {
            // Glorot and Bengio over queries, keys and values together, as in PyTorch's layer; the other matrices follow as children.
            Uniform(attention.InputWeight, Math.Sqrt(6.0 / attention.InputWeight.shape.Sum()), Key(seed, $"{name}.in_proj"));
            attention.InputBias.zero_();
        }
        else if (module is ChannelNorm channelNorm)
        {
            channelNorm.Weight.fill_(1);
            channelNorm.Bias.zero_();
        }
        else if (module is ConvNextBlock block)
        {
            block.Gamma.fill_(BlockScale);
        }
        else if (module is TAN tan)
        {
            Normal(tan.PositionEmbedding, NarrowDeviation, Key(seed, $"{name}.pos_embed"));
        }

        foreach (var (child, part) in module.named_children())
        {
            Draw(part, name.Length == 0 ? child : $"{name}.{child}", rule, seed);
        }
    }

    private static void Fill(Tensor weight, Rule rule, ulong key)
    {
        using var generator = new Generator(key);
        var area = weight.shape[2] * weight.shape[3];
        var fanIn = weight.shape[1] * area;
        var fanOut = weight.shape[0] * area;
        var bound = rule == Rule.Xavier ? Math.Sqrt(6.0 / (fanIn + fanOut)) : 1 / Math.Sqrt(fanIn);
        _ = rule switch
        {
            Rule.Backbone => weight.normal_(0, 1.0 / weight.shape[1], generator),
            Rule.FanOut => weight.normal_(0, Math.Sqrt(2.0 / fanOut), generator),
            Rule.Narrow => weight.normal_(0, NarrowDeviation, generator),
            Rule.Head or Rule.Attention => weight.normal_(0, 0.01, generator),
            _ => weight.uniform_(-bound, bound, generator),
        };
    }

    private static void Normal(Tensor weight, double deviation, ulong key)
    {
        using var generator = new Generator(key);
        weight.normal_(0, deviation, generator);
    }

    private static void Uniform(Tensor weight, double bound, ulong key)
    {
        using var generator = new Generator(key);
        weight.uniform_(-bound, bound, generator);
    }

    private static void BiasClasses(DetectionHead head)
    {
        foreach (var predictor in head.ClassPredictors)
        {
            predictor.bias!.fill_(ClassBias);
        }
    }

    private static ulong Key(long seed, string name)
        => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}:{name}"))));
}
