using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>Layer normalisation of the channels of each pixel (<c>LayerNorm2d</c> of PyTorch Image Models).</summary>
public sealed class ChannelNorm : NamedModule<Tensor, Tensor>
{
    /// <summary>Is added to the variance.</summary>
    public const double Epsilon = 1e-6;

    /// <summary>Makes the layer.</summary>
    /// <param name="channels">Channels.</param>
    public ChannelNorm(int channels)
        : base(nameof(ChannelNorm))
    {
        register_parameter("weight", new Parameter(ones(channels)));
        register_parameter("bias", new Parameter(zeros(channels)));
    }

    /// <summary>A factor for each channel.</summary>
    public Parameter Weight => get_parameter("weight")!;

    /// <summary>An offset for each channel.</summary>
    public Parameter Bias => get_parameter("bias")!;

    /// <summary>[B, C, H, W], unchanged, also in memory order.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var output = nn.functional.layer_norm(input.permute(0, 2, 3, 1), [input.shape[1]], Weight, Bias, Epsilon).permute(0, 3, 1, 2);
        return (input.is_contiguous() ? output.contiguous() : output).MoveToOuterDisposeScope();
    }
}
