using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>Two 3x3 convolutions, or one between two 1x1 convolutions (bottleneck), added to the input (<c>BasicBlock</c> and <c>Bottleneck</c> in <c>resnet.py</c>).</summary>
public sealed class ResNetBlock : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers; a bottleneck if the 3x3 convolution has other channels than the output.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="innerChannels">Channels of the 3x3 convolution.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="stride">2 halves the size.</param>
    /// <param name="activation">Between the convolutions, and after the sum.</param>
    public ResNetBlock(int inChannels, int innerChannels, int outChannels, int stride, Activation activation)
        : base(nameof(ResNetBlock))
    {
        Convolutions = innerChannels == outChannels
            ? [Plain(inChannels, innerChannels, 3, stride), Plain(innerChannels, outChannels, 3, 1)]
            : [Plain(inChannels, innerChannels, 1, 1), Plain(innerChannels, innerChannels, 3, stride), Plain(innerChannels, outChannels, 1, 1)];
        Norms = [.. Convolutions.Select(convolution => nn.BatchNorm2d(convolution.out_channels))];
        Activation = ActivationLayer.Create(activation);
        for (var i = 0; i < Convolutions.Length; i++)
        {
            register_module($"conv{i + 1}", Convolutions[i]);
            register_module($"bn{i + 1}", Norms[i]);
        }

        register_module("act", Activation);
        if (stride != 1 || inChannels != outChannels)
        {
            Downsample = nn.Sequential(Plain(inChannels, outChannels, 1, stride), nn.BatchNorm2d(outChannels));
            register_module("downsample", Downsample);
        }
    }

    /// <summary>The two or three convolutions.</summary>
    public ImmutableArray<Conv2d> Convolutions { get; }

    /// <summary>One after each of <see cref="Convolutions"/>; an activation follows each but the last.</summary>
    public ImmutableArray<BatchNorm2d> Norms { get; }

    /// <summary>Between the convolutions, and after the sum.</summary>
    public nn.Module<Tensor, Tensor> Activation { get; }

    /// <summary>Makes the input as large as what is added to it; null if it is.</summary>
    public Sequential? Downsample { get; }

    /// <summary>[B, in, H, W] to [B, out, H / stride, W / stride].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input;
        for (var i = 0; i < Convolutions.Length; i++)
        {
            x = Norms[i].call(Convolutions[i].call(x));
            x = i < Convolutions.Length - 1 ? Activation.call(x) : x;
        }

        return Activation.call(x + (Downsample is null ? input : Downsample.call(input))).MoveToOuterDisposeScope();
    }

    private static Conv2d Plain(long inChannels, long outChannels, int kernelSize, int stride)
        => nn.Conv2d(inChannels, outChannels, kernelSize, stride, kernelSize / 2, bias: false);
}
