using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers.Norms;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>
/// Depthwise separable convolution: depthwise and pointwise, each with batch normalisation and activation
/// (<c>DepthwiseConvModule</c> in <c>nanodet/model/module/conv.py</c>).
/// </summary>
public sealed class DepthwiseConvModule : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="kernelSize">Side of the depthwise kernel; the padding keeps the size.</param>
    /// <param name="activation">Activation after either convolution; null for none.</param>
    /// <param name="stride">Step of the depthwise convolution.</param>
    public DepthwiseConvModule(int inChannels, int outChannels, int kernelSize, Activation? activation, int stride = 1)
        : base(nameof(DepthwiseConvModule))
    {
        Depthwise = nn.Conv2d(inChannels, inChannels, kernelSize, stride, kernelSize / 2, groups: inChannels, bias: false);
        Pointwise = nn.Conv2d(inChannels, outChannels, 1, bias: false);
        DepthwiseNorm = nn.BatchNorm2d(inChannels);
        PointwiseNorm = nn.BatchNorm2d(outChannels);
        register_module("depthwise", Depthwise);
        register_module("pointwise", Pointwise);
        register_module("dwnorm", DepthwiseNorm);
        register_module("pwnorm", PointwiseNorm);
        if (activation is { } kind)
        {
            Activation = ActivationLayer.Create(kind);
            register_module("act", Activation);
        }
    }

    /// <summary>One kernel per channel.</summary>
    public Conv2d Depthwise { get; }

    /// <summary>After <see cref="Depthwise"/>.</summary>
    public BatchNorm2d DepthwiseNorm { get; }

    /// <summary>Mixes the channels.</summary>
    public Conv2d Pointwise { get; }

    /// <summary>After <see cref="Pointwise"/>.</summary>
    public BatchNorm2d PointwiseNorm { get; }

    /// <summary>After either normalisation; null for none.</summary>
    public nn.Module<Tensor, Tensor>? Activation { get; }

    /// <summary>[B, in, H, W] to [B, out, H / stride, W / stride].</summary>
    public override Tensor forward(Tensor input)
        => NormalizedConvolution.Of(Pointwise, PointwiseNorm, Activation, NormalizedConvolution.Of(Depthwise, DepthwiseNorm, Activation, input));
}
