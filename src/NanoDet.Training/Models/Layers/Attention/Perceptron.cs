using NanoDet.Data.Configuration;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Attention;

/// <summary>Two matrices with an activation between them (<c>MLP</c> in <c>nanodet/model/module/transformer.py</c>).</summary>
public sealed class Perceptron : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers.</summary>
    /// <param name="channels">Numbers of a place.</param>
    /// <param name="hiddenChannels">Numbers between the matrices.</param>
    /// <param name="activation">Between the matrices.</param>
    public Perceptron(int channels, int hiddenChannels, Activation activation)
        : base(nameof(Perceptron))
    {
        First = nn.Linear(channels, hiddenChannels);
        Activation = ActivationLayer.Create(activation);
        Second = nn.Linear(hiddenChannels, channels);
        register_module("fc1", First);
        register_module("act", Activation);
        register_module("fc2", Second);
    }

    /// <summary>To the hidden numbers.</summary>
    public Linear First { get; }

    /// <summary>After <see cref="First"/>.</summary>
    public nn.Module<Tensor, Tensor> Activation { get; }

    /// <summary>Back to the channels.</summary>
    public Linear Second { get; }

    /// <summary>[B, places, C], unchanged.</summary>
    public override Tensor forward(Tensor input) => Compute(input, null);

    /// <summary>The same in training, where some numbers are dropped; null for none.</summary>
    internal Tensor Compute(Tensor input, Dropout? dropout)
    {
        var hidden = Activation.call(First.call(input));
        var output = Second.call(dropout is null ? hidden : dropout.Of(hidden));
        return dropout is null ? output : dropout.Of(output);
    }
}
