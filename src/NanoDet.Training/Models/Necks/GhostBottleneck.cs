using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Norms;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Necks;

/// <summary>Two ghost modules with a shortcut (<c>GhostBottleneck</c> in <c>nanodet/model/backbone/ghostnet.py</c>, stride 1, no squeeze).</summary>
public sealed class GhostBottleneck : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="middleChannels">Channels between the two ghost modules.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="kernelSize">Side of the shortcut's depthwise kernel.</param>
    /// <param name="activation">The activation.</param>
    public GhostBottleneck(int inChannels, int middleChannels, int outChannels, int kernelSize, Activation activation)
        : base(nameof(GhostBottleneck))
    {
        Ghost1 = new GhostModule(inChannels, middleChannels, activation);
        Ghost2 = new GhostModule(middleChannels, outChannels, null);
        register_module("ghost1", Ghost1);
        register_module("ghost2", Ghost2);
        if (inChannels != outChannels)
        {
            Shortcut = nn.Sequential(
                nn.Conv2d(inChannels, inChannels, kernelSize, 1, (kernelSize - 1) / 2, groups: inChannels, bias: false),
                nn.BatchNorm2d(inChannels),
                nn.Conv2d(inChannels, outChannels, 1, bias: false),
                nn.BatchNorm2d(outChannels));
            register_module("shortcut", Shortcut);
        }
    }

    /// <summary>The first ghost module, with activation.</summary>
    public GhostModule Ghost1 { get; }

    /// <summary>The second ghost module, without activation.</summary>
    public GhostModule Ghost2 { get; }

    /// <summary>Depthwise separable convolution; null if the input is added without change.</summary>
    public Sequential? Shortcut { get; }

    /// <summary>[B, in, H, W] to [B, out, H, W].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var start = GradientTape.Start(input);
        var x = Ghost2.call(Ghost1.call(start));
        return x.add_(Shortcut is null ? start : NormalizedConvolution.Chain(Shortcut, start)).MoveToOuterDisposeScope();
    }
}
