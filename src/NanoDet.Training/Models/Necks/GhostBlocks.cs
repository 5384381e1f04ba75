using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Necks;

/// <summary>A sequence of ghost bottlenecks (<c>GhostBlocks</c> in <c>nanodet/model/fpn/ghost_pan.py</c>).</summary>
public sealed class GhostBlocks : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the blocks.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="configuration">Output channels, number of blocks, kernel size and so on.</param>
    public GhostBlocks(int inChannels, GhostPanConfiguration configuration)
        : base(nameof(GhostBlocks))
    {
        var outChannels = configuration.OutChannels;
        var activation = configuration.Activation ?? Activation.LeakyReLU;
        if (configuration.UseResidual)
        {
            ReduceConv = new ConvModule(inChannels, outChannels, 1, Normalization.None, activation);
            register_module("reduce_conv", ReduceConv);
        }

        Blocks = nn.Sequential([.. Enumerable.Range(0, configuration.NumBlocks).Select(_ =>
            new GhostBottleneck(inChannels, outChannels * configuration.Expand, outChannels, configuration.KernelSize, activation))]);
        register_module("blocks", Blocks);
    }

    /// <summary>The residual connection; null for none.</summary>
    public ConvModule? ReduceConv { get; }

    /// <summary>The bottlenecks.</summary>
    public Sequential Blocks { get; }

    /// <summary>[B, in, H, W] to [B, out, H, W].</summary>
    public override Tensor forward(Tensor input)
    {
        var x = Blocks.call(input);
        return ReduceConv is null ? x : x + ReduceConv.call(input);
    }
}
