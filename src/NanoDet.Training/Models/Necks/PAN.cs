using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Necks;

/// <summary>Path aggregation network of the legacy models: it adds maps and learns nothing but the first convolutions (<c>nanodet/model/fpn/pan.py</c>).</summary>
public sealed class PAN : NamedModule<Tensor[], Tensor[]>
{
    /// <summary>Makes the network.</summary>
    public PAN(PanConfiguration configuration)
        : base(nameof(PAN))
    {
        StartLevel = configuration.StartLevel;
        LateralConvs = [.. configuration.InChannels.Skip(StartLevel).Select(
            width => new ConvModule(width, configuration.OutChannels, 1, Normalization.None, configuration.Activation))];
        register_module("lateral_convs", nn.ModuleList<ConvModule>([.. LateralConvs]));
    }

    /// <summary>First map that is used.</summary>
    public int StartLevel { get; }

    /// <summary>For each map from <see cref="StartLevel"/> on, the convolution that brings it to the neck's channels.</summary>
    public ImmutableArray<ConvModule> LateralConvs { get; }

    /// <summary>Maps [B, C(i), H / 2^i, W / 2^i] to as many maps, each with the neck's channels.</summary>
    public override Tensor[] forward(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var maps = LateralConvs.Select((lateral, i) => lateral.call(inputs[i + StartLevel])).ToArray();
        for (var i = maps.Length - 1; i > 0; i--)
        {
            maps[i - 1] = maps[i - 1] + Resize(maps[i], 2);
        }

        for (var i = 1; i < maps.Length; i++)
        {
            maps[i] = maps[i] + Resize(maps[i - 1], 0.5);
        }

        return [.. maps.Select(map => map.MoveToOuterDisposeScope())];
    }

    private static Tensor Resize(Tensor map, double factor)
        => nn.functional.interpolate(map, scale_factor: [factor, factor], mode: InterpolationMode.Bilinear, align_corners: false);
}
