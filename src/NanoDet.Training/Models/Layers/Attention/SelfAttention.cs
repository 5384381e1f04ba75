using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Attention;

/// <summary>
/// Multi-head attention of places to each other (Vaswani et al., 2017), with the names of PyTorch's <c>MultiheadAttention</c>. Its own
/// code, because TorchSharp's layer draws random numbers that no checkpoint can repeat.
/// </summary>
public sealed class SelfAttention : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="channels">Numbers of a place; a multiple of <paramref name="heads"/>.</param>
    /// <param name="heads">Attentions side by side, each with its share of the channels.</param>
    public SelfAttention(int channels, int heads)
        : base(nameof(SelfAttention))
    {
        Heads = heads;
        register_parameter("in_proj_weight", new Parameter(zeros(3 * channels, channels)));
        register_parameter("in_proj_bias", new Parameter(zeros(3 * channels)));
        Output = nn.Linear(channels, channels);
        register_module("out_proj", Output);
    }

    /// <summary>The number of heads.</summary>
    public int Heads { get; }

    /// <summary>Makes queries, keys and values, one below the other: [3 C, C].</summary>
    public Parameter InputWeight => get_parameter("in_proj_weight")!;

    /// <summary>Its bias, [3 C].</summary>
    public Parameter InputBias => get_parameter("in_proj_bias")!;

    /// <summary>Mixes what the heads made.</summary>
    public Linear Output { get; }

    /// <summary>[B, places, C], unchanged.</summary>
    public override Tensor forward(Tensor input) => Compute(input, null);

    /// <summary>The same in training, where some attention is dropped; null for none.</summary>
    internal Tensor Compute(Tensor input, Dropout? dropout)
    {
        using var scope = NewDisposeScope();
        var (batch, places, channels) = (input.shape[0], input.shape[1], input.shape[2]);
        var width = channels / Heads;
        var parts = nn.functional.linear(input, InputWeight, InputBias)
            .reshape(batch, places, 3, Heads, width).permute(2, 0, 3, 1, 4); // [3, B, heads, places, width]
        var weights = (parts[0] * (1 / Math.Sqrt(width))).matmul(parts[1].transpose(-2, -1)).softmax(-1); // [B, heads, places, places]
        weights = dropout is null ? weights : dropout.Of(weights);
        var mixed = weights.matmul(parts[2]).transpose(1, 2).reshape(batch, places, channels);
        return Output.call(mixed).MoveToOuterDisposeScope();
    }
}
