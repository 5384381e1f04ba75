using NanoDet.Data.Configuration;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Attention;

/// <summary>Attention, then two matrices, each behind a layer normalisation and added to its input (<c>nanodet/model/module/transformer.py</c>).</summary>
public sealed class AttentionEncoder : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers.</summary>
    /// <param name="channels">Numbers of a place; a multiple of <paramref name="heads"/>.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="expansion">Factor from the channels to the numbers between the two matrices.</param>
    /// <param name="activation">Between the two matrices.</param>
    public AttentionEncoder(int channels, int heads, int expansion, Activation activation)
        : base(nameof(AttentionEncoder))
    {
        AttentionNorm = nn.LayerNorm(channels);
        Attention = new SelfAttention(channels, heads);
        PerceptronNorm = nn.LayerNorm(channels);
        Perceptron = new Perceptron(channels, channels * expansion, activation);
        register_module("norm1", AttentionNorm);
        register_module("attn", Attention);
        register_module("norm2", PerceptronNorm);
        register_module("mlp", Perceptron);
    }

    /// <summary>Before <see cref="Attention"/>.</summary>
    public LayerNorm AttentionNorm { get; }

    /// <summary>Lets each place take from all others.</summary>
    public SelfAttention Attention { get; }

    /// <summary>Before <see cref="Perceptron"/>.</summary>
    public LayerNorm PerceptronNorm { get; }

    /// <summary>Changes each place alone.</summary>
    public Perceptron Perceptron { get; }

    /// <summary>[B, places, C], unchanged.</summary>
    public override Tensor forward(Tensor input) => Compute(input, null);

    /// <summary>The same in training, where some numbers are dropped; null for none.</summary>
    internal Tensor Compute(Tensor input, Dropout? dropout)
    {
        var x = input + Attention.Compute(AttentionNorm.call(input), dropout);
        return x + Perceptron.Compute(PerceptronNorm.call(x), dropout);
    }
}
