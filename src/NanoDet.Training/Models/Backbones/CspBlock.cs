using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>A block of <see cref="CustomCspNet"/>: a convolution, and a chain of residual blocks beside it, so twice the channels come out.</summary>
public sealed class CspBlock : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers.</summary>
    /// <param name="channels">Input channels; even.</param>
    /// <param name="blocks">Residual blocks.</param>
    /// <param name="kernelSize">Side of all kernels; odd.</param>
    /// <param name="stride">Step of the first convolution.</param>
    /// <param name="activation">After each convolution.</param>
    public CspBlock(int channels, int blocks, int kernelSize, int stride, Activation activation)
        : base(nameof(CspBlock))
    {
        InConv = new ConvModule(channels, channels, kernelSize, Normalization.Batch, activation, stride);
        ResBlocks = nn.Sequential([.. Enumerable.Range(0, blocks).Select(_ => new TinyResBlock(channels, kernelSize, activation))]);
        ResOutConv = new ConvModule(channels, channels, kernelSize, Normalization.Batch, activation);
        register_module("in_conv", InConv);
        register_module("res_blocks", ResBlocks);
        register_module("res_out_conv", ResOutConv);
    }

    /// <summary>The first convolution; its output goes both ways.</summary>
    public ConvModule InConv { get; }

    /// <summary>A chain of <see cref="TinyResBlock"/>.</summary>
    public Sequential ResBlocks { get; }

    /// <summary>After the chain.</summary>
    public ConvModule ResOutConv { get; }

    /// <summary>[B, C, H, W] to [B, 2C, H / stride, W / stride].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = InConv.call(input);
        var chain = ResBlocks.Count == 0 ? x : ResBlocks.call(x);
        return cat([ResOutConv.call(chain), x], dim: 1).MoveToOuterDisposeScope();
    }
}
