using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>Squeeze and excitation (Hu et al., 2018): the means of all channels of a picture decide how much each channel counts.</summary>
public sealed class SqueezeExcite : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers.</summary>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="squeezedChannels">Channels between its two convolutions.</param>
    public SqueezeExcite(int channels, int squeezedChannels)
        : base(nameof(SqueezeExcite))
    {
        Reduce = nn.Conv2d(channels, squeezedChannels, 1);
        Expand = nn.Conv2d(squeezedChannels, channels, 1);
        register_module("conv_reduce", Reduce);
        register_module("conv_expand", Expand);
    }

    /// <summary>To fewer channels; a ReLU follows.</summary>
    public Conv2d Reduce { get; }

    /// <summary>Back to the channels.</summary>
    public Conv2d Expand { get; }

    /// <summary>[B, C, H, W], unchanged.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var weights = nn.functional.hardsigmoid(Expand.call(nn.functional.relu(Reduce.call(input.mean([2, 3], keepdim: true)))));
        return (input * weights).MoveToOuterDisposeScope();
    }
}
