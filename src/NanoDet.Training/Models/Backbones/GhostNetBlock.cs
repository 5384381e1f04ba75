using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Necks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>Two ghost modules with a shortcut; between them a depthwise convolution where the size is halved, and squeeze and excitation where the network has it.</summary>
public sealed class GhostNetBlock : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="layer">Channels, kernel and step.</param>
    /// <param name="activation">After the first ghost module.</param>
    public GhostNetBlock(int inChannels, GhostNetLayer layer, Activation activation)
        : base(nameof(GhostNetBlock))
    {
        var (inner, kernel) = (layer.InnerChannels, layer.KernelSize);
        Ghost1 = new GhostModule(inChannels, inner, activation);
        register_module("ghost1", Ghost1);
        if (layer.Step > 1)
        {
            Depthwise = nn.Conv2d(inner, inner, kernel, layer.Step, kernel / 2, groups: inner, bias: false);
            DepthwiseNorm = nn.BatchNorm2d(inner);
            register_module("conv_dw", Depthwise);
            register_module("bn_dw", DepthwiseNorm);
        }

        if (layer.Squeezes)
        {
            Squeeze = new SqueezeExcite(inner, layer.SqueezedChannels);
            register_module("se", Squeeze);
        }

        Ghost2 = new GhostModule(inner, layer.Channels, null);
        register_module("ghost2", Ghost2);
        if (layer.Step > 1 || inChannels != layer.Channels)
        {
            Shortcut = nn.Sequential(
                nn.Conv2d(inChannels, inChannels, kernel, layer.Step, kernel / 2, groups: inChannels, bias: false),
                nn.BatchNorm2d(inChannels),
                nn.Conv2d(inChannels, layer.Channels, 1, bias: false),
                nn.BatchNorm2d(layer.Channels));
            register_module("shortcut", Shortcut);
        }
    }

    /// <summary>The first ghost module, with activation.</summary>
    public GhostModule Ghost1 { get; }

    /// <summary>Halves the size; null if it stays.</summary>
    public Conv2d? Depthwise { get; }

    /// <summary>After <see cref="Depthwise"/>.</summary>
    public BatchNorm2d? DepthwiseNorm { get; }

    /// <summary>Weighs the channels; null for none.</summary>
    public SqueezeExcite? Squeeze { get; }

    /// <summary>The second ghost module, without activation.</summary>
    public GhostModule Ghost2 { get; }

    /// <summary>Depthwise separable convolution; null if the input is added without change.</summary>
    public Sequential? Shortcut { get; }

    /// <summary>[B, in, H, W] to [B, out, H / step, W / step].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = Ghost1.call(input);
        x = Depthwise is null ? x : DepthwiseNorm!.call(Depthwise.call(x));
        x = Ghost2.call(Squeeze is null ? x : Squeeze.call(x));
        return x.add_(Shortcut is null ? input : Shortcut.call(input)).MoveToOuterDisposeScope();
    }
}
