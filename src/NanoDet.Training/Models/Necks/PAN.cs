using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Necks;

/// <summary>Path aggregation network of the legacy models: as in <see cref="FPN"/>, and then each map gets the next larger one, halved, added (<c>nanodet/model/fpn/pan.py</c>).</summary>
public sealed class PAN : FPN
{
    /// <summary>Makes the network.</summary>
    public PAN(PanConfiguration configuration)
        : base(configuration, nameof(PAN))
    {
        Downsample = Interpolation.Layer(0.5);
        register_module("downsample", Downsample);
    }

    /// <summary>Bilinear, half the size.</summary>
    public Upsample Downsample { get; }

    private protected override void Return(Tensor[] maps)
    {
        for (var i = 1; i < maps.Length; i++)
        {
            maps[i] = maps[i] + Interpolation.Of(maps[i - 1], Downsample);
        }
    }
}
