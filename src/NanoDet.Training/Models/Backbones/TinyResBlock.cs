using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>Two convolutions in a row with half of the channels each, joined.</summary>
public sealed class TinyResBlock : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers.</summary>
    /// <param name="channels">Input and output channels; even.</param>
    /// <param name="kernelSize">Side of both kernels; odd.</param>
    /// <param name="activation">After either convolution.</param>
    public TinyResBlock(int channels, int kernelSize, Activation activation)
        : base(nameof(TinyResBlock))
    {
        InConv = new ConvModule(channels, channels / 2, kernelSize, Normalization.Batch, activation);
        MidConv = new ConvModule(channels / 2, channels / 2, kernelSize, Normalization.Batch, activation);
        register_module("in_conv", InConv);
        register_module("mid_conv", MidConv);
    }

    /// <summary>The first convolution.</summary>
    public ConvModule InConv { get; }

    /// <summary>After the first.</summary>
    public ConvModule MidConv { get; }

    /// <summary>[B, C, H, W] to the same shape: the second convolution's output, then the first's.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = InConv.call(input);
        return cat([MidConv.call(x), x], dim: 1).MoveToOuterDisposeScope();
    }
}
