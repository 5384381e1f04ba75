using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>A block of MobileNetV2: more channels, a depthwise convolution, fewer channels. Where the shape does not change, the input is added.</summary>
public sealed class InvertedResidual : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="stride">2 halves the size.</param>
    /// <param name="expansion">Factor from the input channels to those of the depthwise convolution; 1 for no convolution before it.</param>
    /// <param name="activation">After the first two convolutions.</param>
    public InvertedResidual(int inChannels, int outChannels, int stride, int expansion, Activation activation)
        : base(nameof(InvertedResidual))
    {
        var channels = inChannels * expansion;
        List<nn.Module<Tensor, Tensor>> layers = expansion == 1 ? [] : [MobileNetV2.Layer(inChannels, channels, 1, 1, 1, activation)];
        layers.Add(MobileNetV2.Layer(channels, channels, 3, stride, channels, activation));
        layers.Add(nn.Conv2d(channels, outChannels, 1, bias: false));
        layers.Add(nn.BatchNorm2d(outChannels));
        Convolutions = nn.Sequential([.. layers]);
        register_module("conv", Convolutions);
        AddsInput = stride == 1 && inChannels == outChannels;
    }

    /// <summary>All layers, in order.</summary>
    public Sequential Convolutions { get; }

    /// <summary>Whether the input is added.</summary>
    public bool AddsInput { get; }

    /// <summary>[B, in, H, W] to [B, out, H / stride, W / stride].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = Convolutions.call(input);
        return (AddsInput ? x + input : x).MoveToOuterDisposeScope();
    }
}
