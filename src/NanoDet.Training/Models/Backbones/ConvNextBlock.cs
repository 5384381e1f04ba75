using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>A block of ConvNeXt: a depthwise 7x7 convolution, then each pixel through four times the channels and back; what comes out is scaled and added to the input.</summary>
public sealed class ConvNextBlock : NamedModule<Tensor, Tensor>
{
    private const int KernelSize = 7;
    private const int Expansion = 4;

    /// <summary>Makes the layers.</summary>
    /// <param name="channels">Channels in and out.</param>
    public ConvNextBlock(int channels)
        : base(nameof(ConvNextBlock))
    {
        register_parameter("gamma", new Parameter(ones(channels)));
        Depthwise = nn.Conv2d(channels, channels, KernelSize, padding: KernelSize / 2, groups: channels);
        Norm = new ChannelNorm(channels);
        Expand = nn.Conv2d(channels, Expansion * channels, 1);
        Project = nn.Conv2d(Expansion * channels, channels, 1);
        Activation = nn.GELU();
        register_module("conv_dw", Depthwise);
        register_module("norm", Norm);
        register_module("mlp", nn.Sequential(("fc1", Expand), ("act", Activation), ("fc2", Project)));
    }

    /// <summary>A factor for each channel of what is added.</summary>
    public Parameter Gamma => get_parameter("gamma")!;

    /// <summary>One kernel per channel.</summary>
    public Conv2d Depthwise { get; }

    /// <summary>After <see cref="Depthwise"/>.</summary>
    public ChannelNorm Norm { get; }

    /// <summary>To more channels.</summary>
    public Conv2d Expand { get; }

    /// <summary>After <see cref="Expand"/>.</summary>
    public GELU Activation { get; }

    /// <summary>Back to the channels.</summary>
    public Conv2d Project { get; }

    /// <summary>[B, C, H, W], unchanged.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = Project.call(Activation.call(Expand.call(Norm.call(Depthwise.call(input)))));
        return ((x * Gamma.reshape(1, -1, 1, 1)) + input).MoveToOuterDisposeScope();
    }
}
