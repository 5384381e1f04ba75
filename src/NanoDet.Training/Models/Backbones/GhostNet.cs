using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>GhostNet (Han et al., 2020; <c>nanodet/model/backbone/ghostnet.py</c>), with the names of its authors.</summary>
public sealed class GhostNet : Backbone
{
    /// <summary>Makes the network.</summary>
    /// <param name="configuration">Width, activation and output stages.</param>
    public GhostNet(GhostNetConfiguration configuration)
        : base(nameof(GhostNet), configuration)
    {
        var stages = GhostNetLayer.Of(configuration.WidthMultiplier)
            ?? throw new ArgumentOutOfRangeException(nameof(configuration), configuration.WidthMultiplier, null);
        var channels = GhostNetLayer.StemChannels(configuration.WidthMultiplier);
        Stem = nn.Conv2d(3, channels, 3, 2, 1, bias: false);
        StemNorm = nn.BatchNorm2d(channels);
        Activation = ActivationLayer.Create(configuration.Activation);
        register_module("conv_stem", Stem);
        register_module("bn1", StemNorm);
        register_module("act1", Activation);

        var made = ImmutableArray.CreateBuilder<Sequential>();
        foreach (var stage in stages)
        {
            var blocks = new List<nn.Module<Tensor, Tensor>>();
            foreach (var layer in stage)
            {
                blocks.Add(new GhostNetBlock(channels, layer, configuration.Activation));
                channels = layer.Channels;
            }

            made.Add(nn.Sequential([.. blocks]));
        }

        var last = GhostNetLayer.LastChannels(configuration.WidthMultiplier);
        made.Add(nn.Sequential(("0", nn.Sequential(
            ("conv", nn.Conv2d(channels, last, 1, bias: false)), ("bn1", nn.BatchNorm2d(last)), ("act1", ActivationLayer.Create(configuration.Activation))))));
        Stages = made.ToImmutable();
        register_module("blocks", nn.Sequential([.. Stages]));
    }

    /// <summary>The first convolution, at half the size.</summary>
    public Conv2d Stem { get; }

    /// <summary>After <see cref="Stem"/>.</summary>
    public BatchNorm2d StemNorm { get; }

    /// <summary>After <see cref="StemNorm"/>.</summary>
    public nn.Module<Tensor, Tensor> Activation { get; }

    /// <summary>Stages 0 to 8: sequences of <see cref="GhostNetBlock"/>; stage 9 is a 1x1 convolution.</summary>
    public ImmutableArray<Sequential> Stages { get; }

    /// <summary>[B, 3, H, W] to one feature map per output stage: [B, C, H / 8, W / 8] for stage 4, 16 for stage 6, 32 for stage 9.</summary>
    public override Tensor[] forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return [.. RunStages(Activation.call(StemNorm.call(Stem.call(input))), Stages, first: 0).Select(map => map.MoveToOuterDisposeScope())];
    }
}
