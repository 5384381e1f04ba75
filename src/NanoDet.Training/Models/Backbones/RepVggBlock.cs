using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>
/// A block of RepVGG (<c>RepVGGConvModule</c> in <c>nanodet/model/module/conv.py</c>): the sum of a 3x3 convolution, a 1x1
/// convolution and, where the shape does not change, the input itself, each normalised. Outside of training, the sum is one convolution.
/// </summary>
public sealed class RepVggBlock : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the branches.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="stride">1, or 2 for half the size.</param>
    /// <param name="groups">Groups of both convolutions.</param>
    /// <param name="activation">The activation of the sum.</param>
    /// <param name="fused">Whether there is one convolution instead of the branches.</param>
    public RepVggBlock(int inChannels, int outChannels, int stride, int groups, Activation activation, bool fused)
        : base(nameof(RepVggBlock))
    {
        Activation = ActivationLayer.Create(activation);
        register_module("act", Activation);
        if (fused)
        {
            Fused = nn.Conv2d(inChannels, outChannels, 3, stride, 1, groups: groups);
            register_module("rbr_reparam", Fused);
            return;
        }

        if (inChannels == outChannels && stride == 1)
        {
            Identity = nn.BatchNorm2d(inChannels);
            register_module("rbr_identity", Identity);
        }

        Dense = nn.Sequential(nn.Conv2d(inChannels, outChannels, 3, stride, 1, groups: groups, bias: false), nn.BatchNorm2d(outChannels));
        register_module("rbr_dense", Dense);
        Pointwise = nn.Sequential(nn.Conv2d(inChannels, outChannels, 1, stride, groups: groups, bias: false), nn.BatchNorm2d(outChannels));
        register_module("rbr_1x1", Pointwise);
    }

    /// <summary>After the sum.</summary>
    public nn.Module<Tensor, Tensor> Activation { get; }

    /// <summary>The convolution of a fused block; null for branches.</summary>
    public Conv2d? Fused { get; }

    /// <summary>The normalisation of the input; null in a fused block and where the shape changes.</summary>
    public BatchNorm2d? Identity { get; }

    /// <summary>3x3 convolution and normalisation; null in a fused block.</summary>
    public Sequential? Dense { get; }

    /// <summary>1x1 convolution and normalisation; null in a fused block.</summary>
    public Sequential? Pointwise { get; }

    /// <summary>[B, in, H, W] to [B, out, H / stride, W / stride].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var sum = Fused is null ? Dense!.call(input) + Pointwise!.call(input) : Fused.call(input);
        return Activation.call(Identity is null ? sum : sum + Identity.call(input)).MoveToOuterDisposeScope();
    }
}
