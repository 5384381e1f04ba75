using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Norms;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Necks;

/// <summary>Computes half of the channels with a pointwise convolution, and the other half cheaply from the first (GhostNet, Han et al., 2020).</summary>
public sealed class GhostModule : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the two convolutions.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="activation">The activation; null for none.</param>
    public GhostModule(int inChannels, int outChannels, Activation? activation)
        : base(nameof(GhostModule))
    {
        var half = (outChannels + 1) / 2;
        PrimaryConv = Layers(nn.Conv2d(inChannels, half, 1, bias: false), half, activation);
        CheapOperation = Layers(nn.Conv2d(half, half, 3, 1, 1, groups: half, bias: false), half, activation);
        register_module("primary_conv", PrimaryConv);
        register_module("cheap_operation", CheapOperation);
    }

    /// <summary>Pointwise convolution.</summary>
    public Sequential PrimaryConv { get; }

    /// <summary>Depthwise 3x3 convolution of the output of <see cref="PrimaryConv"/>.</summary>
    public Sequential CheapOperation { get; }

    /// <summary>[B, in, H, W] to [B, out, H, W].</summary>
    public override Tensor forward(Tensor input)
    {
        var primary = NormalizedConvolution.Chain(PrimaryConv, input);
        return cat([primary, NormalizedConvolution.Chain(CheapOperation, primary)], dim: 1);
    }

    private static Sequential Layers(Conv2d convolution, int channels, Activation? activation) => activation is { } kind
        ? nn.Sequential(convolution, nn.BatchNorm2d(channels), ActivationLayer.Create(kind))
        : nn.Sequential(convolution, nn.BatchNorm2d(channels));
}
