using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Attention;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Necks;

/// <summary>
/// Transformer attention network of NanoDet-t: the pixels of all three maps, at the size of the middle one, attend to each other, and
/// what comes out is added to each map (<c>nanodet/model/fpn/tan.py</c>). Each pixel of the middle map has an embedding, so the size of the input is fixed.
/// </summary>
public sealed class TAN : NamedModule<Tensor[], Tensor[]>
{
    /// <summary>Makes the network.</summary>
    /// <param name="configuration">Three input maps.</param>
    public TAN(TanConfiguration configuration)
        : base(nameof(TAN))
    {
        var channels = configuration.OutChannels;
        FeatureSize = (configuration.FeatureSize[0], configuration.FeatureSize[1]);
        LateralConvs = [.. configuration.InChannels.Select(width => new ConvModule(width, channels, 1, Normalization.Batch, configuration.Activation))];
        Transformer = new TransformerBlock(channels * LateralConvs.Length, configuration);
        Upsample = Interpolation.Layer(2);
        Downsample = Interpolation.Layer(0.5);
        register_parameter("pos_embed", new Parameter(zeros(configuration.FeatureSize[0] * configuration.FeatureSize[1], 1, channels)));
        register_module("lateral_convs", nn.ModuleList<ConvModule>([.. LateralConvs]));
        register_module("transformer", Transformer);
        register_module("upsample", Upsample);
        register_module("downsample", Downsample);
    }

    /// <summary>The size of the middle map.</summary>
    public (int Height, int Width) FeatureSize { get; }

    /// <summary>For each feature map, the convolution to the neck's channels.</summary>
    public ImmutableArray<ConvModule> LateralConvs { get; }

    /// <summary>Attention over the pixels of the middle map.</summary>
    public TransformerBlock Transformer { get; }

    /// <summary>What is added to each pixel of the middle map: [H W, 1, C].</summary>
    public Parameter PositionEmbedding => get_parameter("pos_embed")!;

    /// <summary>Bilinear, twice the size.</summary>
    public Upsample Upsample { get; }

    /// <summary>Bilinear, half the size.</summary>
    public Upsample Downsample { get; }

    /// <summary>Decides the random numbers that it draws in training: equal keys, equal numbers.</summary>
    public ulong RandomKey { get; set; }

    /// <summary>Feature maps [B, C(i), H / 2^i, W / 2^i] to as many maps, each with the neck's channels.</summary>
    public override Tensor[] forward(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        using var generator = training ? new Generator(RandomKey) : null;
        var maps = LateralConvs.Zip(inputs, (lateral, input) => lateral.call(input)).ToArray();
        var middle = cat([Interpolation.Of(maps[0], Downsample), maps[1], Interpolation.Of(maps[2], Upsample)], dim: 1);
        middle = Transformer.Compute(middle, PositionEmbedding, generator);
        Tensor[] outputs = [maps[0] + Interpolation.Of(middle, Upsample), maps[1] + middle, maps[2] + Interpolation.Of(middle, Downsample)];
        return [.. outputs.Select(map => map.MoveToOuterDisposeScope())];
    }
}
