using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Necks;

/// <summary>Feature pyramid network (Lin et al., 2017; <c>nanodet/model/fpn/fpn.py</c>): each map gets the next smaller one, doubled, added; only its first convolutions have weights.</summary>
public class FPN : NamedModule<Tensor[], Tensor[]>
{
    /// <summary>Makes the network.</summary>
    public FPN(FpnConfiguration configuration)
        : this(configuration, nameof(FPN))
    {
    }

    private protected FPN(FpnConfiguration configuration, string name)
        : base(name)
    {
        StartLevel = configuration.StartLevel;
        LateralConvs = [.. configuration.InChannels.Skip(StartLevel).Select(
            width => new ConvModule(width, configuration.OutChannels, 1, configuration.BatchNorm ? Normalization.Batch : Normalization.None, configuration.Activation))];
        Upsample = Interpolation.Layer(2);
        register_module("lateral_convs", nn.ModuleList<ConvModule>([.. LateralConvs]));
        register_module("upsample", Upsample);
    }

    /// <summary>Index of the first feature map that is used.</summary>
    public int StartLevel { get; }

    /// <summary>For each feature map from <see cref="StartLevel"/> on, the convolution to the neck's channels.</summary>
    public ImmutableArray<ConvModule> LateralConvs { get; }

    /// <summary>Bilinear, twice the size.</summary>
    public Upsample Upsample { get; }

    /// <summary>Feature maps [B, C(i), H / 2^i, W / 2^i] to as many maps, each with the neck's channels.</summary>
    public sealed override Tensor[] forward(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var maps = LateralConvs.Select((lateral, i) => lateral.call(inputs[i + StartLevel])).ToArray();
        for (var i = maps.Length - 1; i > 0; i--)
        {
            maps[i - 1] = maps[i - 1] + Interpolation.Of(maps[i], Upsample);
        }

        Return(maps);
        return [.. maps.Select(map => map.MoveToOuterDisposeScope())];
    }

    /// <summary>What happens to the maps after each has got those that are smaller.</summary>
    private protected virtual void Return(Tensor[] maps)
    {
    }
}
