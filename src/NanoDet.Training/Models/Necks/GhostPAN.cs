using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Necks;

/// <summary>Path aggregation network of ghost blocks (<c>nanodet/model/fpn/ghost_pan.py</c>).</summary>
public sealed class GhostPAN : NamedModule<Tensor[], Tensor[]>
{
    /// <summary>Makes the network.</summary>
    public GhostPAN(GhostPanConfiguration configuration)
        : base(nameof(GhostPAN))
    {
        var channels = configuration.OutChannels;
        var levels = configuration.InChannels.Length;
        Upsample = nn.Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: false);
        ReduceLayers = [.. configuration.InChannels.Select(
            width => new ConvModule(width, channels, 1, Normalization.Batch, configuration.Activation))];
        TopDownBlocks = [.. Enumerable.Range(1, levels - 1).Select(_ => new GhostBlocks(2 * channels, configuration))];
        Downsamples = [.. Enumerable.Range(1, levels - 1).Select(_ => Halve(configuration))];
        BottomUpBlocks = [.. Enumerable.Range(1, levels - 1).Select(_ => new GhostBlocks(2 * channels, configuration))];
        ExtraLevelInConvs = [.. Enumerable.Range(0, configuration.NumExtraLevel).Select(_ => Halve(configuration))];
        ExtraLevelOutConvs = [.. Enumerable.Range(0, configuration.NumExtraLevel).Select(_ => Halve(configuration))];
        register_module("upsample", Upsample);
        register_module("reduce_layers", nn.ModuleList<ConvModule>([.. ReduceLayers]));
        register_module("top_down_blocks", nn.ModuleList<GhostBlocks>([.. TopDownBlocks]));
        register_module("downsamples", nn.ModuleList<nn.Module<Tensor, Tensor>>([.. Downsamples]));
        register_module("bottom_up_blocks", nn.ModuleList<GhostBlocks>([.. BottomUpBlocks]));
        register_module("extra_lvl_in_conv", nn.ModuleList<nn.Module<Tensor, Tensor>>([.. ExtraLevelInConvs]));
        register_module("extra_lvl_out_conv", nn.ModuleList<nn.Module<Tensor, Tensor>>([.. ExtraLevelOutConvs]));
    }

    /// <summary>Bilinear, twice the size.</summary>
    public Upsample Upsample { get; }

    /// <summary>For each feature map, the convolution to the neck's channels.</summary>
    public ImmutableArray<ConvModule> ReduceLayers { get; }

    /// <summary>From the last feature map to the first: the first entry makes the last map but one.</summary>
    public ImmutableArray<GhostBlocks> TopDownBlocks { get; }

    /// <summary>From the first feature map to the last: each halves the size, a <see cref="DepthwiseConvModule"/> or <see cref="ConvModule"/>.</summary>
    public ImmutableArray<nn.Module<Tensor, Tensor>> Downsamples { get; }

    /// <summary>From the first feature map to the last.</summary>
    public ImmutableArray<GhostBlocks> BottomUpBlocks { get; }

    /// <summary>For each extra feature map, the convolution of the reduced last backbone map.</summary>
    public ImmutableArray<nn.Module<Tensor, Tensor>> ExtraLevelInConvs { get; }

    /// <summary>For each extra feature map, the convolution of the map before it.</summary>
    public ImmutableArray<nn.Module<Tensor, Tensor>> ExtraLevelOutConvs { get; }

    /// <summary>Feature maps [B, C(i), H / 2^i, W / 2^i] to as many maps and the extra ones, each with the neck's channels.</summary>
    public override Tensor[] forward(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var reduced = inputs.Select((input, i) => ReduceLayers[i].call(ChannelsLast.OfNeck(input))).ToArray();

        var inner = reduced.ToArray();
        for (var i = inner.Length - 1; i > 0; i--)
        {
            inner[i - 1] = GradientTape.Start(TopDownBlocks[inner.Length - 1 - i].call(cat([Interpolation.Of(inner[i], Upsample), reduced[i - 1]], dim: 1)));
        }

        var outputs = new List<Tensor> { inner[0] };
        for (var i = 1; i < inner.Length; i++)
        {
            outputs.Add(GradientTape.Start(BottomUpBlocks[i - 1].call(cat([Downsamples[i - 1].call(outputs[^1]), inner[i]], dim: 1))));
        }

        for (var i = 0; i < ExtraLevelInConvs.Length; i++)
        {
            outputs.Add(ExtraLevelInConvs[i].call(reduced[^1]) + ExtraLevelOutConvs[i].call(outputs[^1]));
        }

        return [.. outputs.Select(output => output.MoveToOuterDisposeScope())];
    }

    private static nn.Module<Tensor, Tensor> Halve(GhostPanConfiguration configuration)
    {
        var channels = configuration.OutChannels;
        return configuration.UseDepthwise
            ? new DepthwiseConvModule(channels, channels, configuration.KernelSize, configuration.Activation, stride: 2)
            : new ConvModule(channels, channels, configuration.KernelSize, Normalization.Batch, configuration.Activation, stride: 2);
    }
}
