using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Norms;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>A block of ShuffleNetV2: half of the channels bypass the block, or both halves are computed at half the size.</summary>
public sealed class ShuffleV2Block : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the branches.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels; equal to the input channels if <paramref name="stride"/> is 1.</param>
    /// <param name="stride">1, or 2 for half the size.</param>
    /// <param name="activation">The activation.</param>
    public ShuffleV2Block(int inChannels, int outChannels, int stride, Activation activation)
        : base(nameof(ShuffleV2Block))
    {
        var half = outChannels / 2;
        if (stride > 1)
        {
            Branch1 = nn.Sequential(
                Depthwise(inChannels, stride), nn.BatchNorm2d(inChannels),
                Pointwise(inChannels, half), nn.BatchNorm2d(half), ActivationLayer.Create(activation));
            register_module("branch1", Branch1);
        }

        Branch2 = nn.Sequential(
            Pointwise(stride > 1 ? inChannels : half, half), nn.BatchNorm2d(half), ActivationLayer.Create(activation),
            Depthwise(half, stride), nn.BatchNorm2d(half),
            Pointwise(half, half), nn.BatchNorm2d(half), ActivationLayer.Create(activation));
        register_module("branch2", Branch2);
    }

    /// <summary>The branch of the first half in a block that halves the size; null if the half bypasses the block.</summary>
    public Sequential? Branch1 { get; }

    /// <summary>The branch of the second half.</summary>
    public Sequential Branch2 { get; }

    /// <summary>[B, in, H, W] to [B, out, H / stride, W / stride].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (Branch1 is not null)
        {
            var start = GradientTape.Start(input);
            return BranchShuffle.Join(NormalizedConvolution.Chain(Branch1, start), NormalizedConvolution.Chain(Branch2, start)).MoveToOuterDisposeScope();
        }

        // The bypass would otherwise be a long chain of graphs, from the first block to the last.
        var halves = GradientTape.Start(input.chunk(2, dim: 1));
        return BranchShuffle.Join(halves[0], NormalizedConvolution.Chain(Branch2, halves[1])).MoveToOuterDisposeScope();
    }

    private static Conv2d Depthwise(int channels, int stride)
        => nn.Conv2d(channels, channels, 3, stride, 1, groups: channels, bias: false);

    private static Conv2d Pointwise(int inChannels, int outChannels) => nn.Conv2d(inChannels, outChannels, 1, bias: false);
}
