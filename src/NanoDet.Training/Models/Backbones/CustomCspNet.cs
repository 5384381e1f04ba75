using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>A chain of layers that the configuration lists (<c>nanodet/model/backbone/custom_csp.py</c>), with blocks of CSPNet (Wang et al., 2020).</summary>
public sealed class CustomCspNet : Backbone
{
    /// <summary>Makes the layers.</summary>
    /// <param name="configuration">Layers, activation, and the output stages.</param>
    public CustomCspNet(CustomCspNetConfiguration configuration)
        : base(nameof(CustomCspNet), configuration)
    {
        Stages = [.. configuration.Layers.Select(layer => Layer(layer, configuration.Activation))];
        register_module("stages", nn.ModuleList<nn.Module>([.. Stages]));
    }

    /// <summary>The layers: each a <see cref="ConvModule"/>, a max pooling or a <see cref="CspBlock"/>. A stage is one layer, numbered from 0.</summary>
    public ImmutableArray<nn.Module<Tensor, Tensor>> Stages { get; }

    /// <summary>[B, 3, H, W] to one feature map per output stage.</summary>
    public override Tensor[] forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return [.. RunStages(input, Stages, first: 0).Select(map => map.MoveToOuterDisposeScope())];
    }

    private static nn.Module<Tensor, Tensor> Layer(CspLayer layer, Activation activation) => layer switch
    {
        { Kind: "Conv", Arguments: [var input, var output, var kernel, var stride] }
            => new ConvModule(input, output, kernel, Normalization.Batch, activation, stride),
        { Kind: "MaxPool", Arguments: [var kernel, var stride] } => nn.MaxPool2d(kernel, stride, (kernel - 1) / 2),
        { Kind: "CspBlock", Arguments: [var input, var blocks, var kernel, var stride] }
            => new CspBlock(input, blocks, kernel, stride, activation),
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, null),
    };
}
