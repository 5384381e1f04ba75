using NanoDet.Data.Configuration;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>The activation layers of the original, by the names of its configuration (<c>nanodet/model/module/activation.py</c>).</summary>
internal static class ActivationLayer
{
    /// <summary>Makes a layer. It may overwrite its input, as in the original, because a normalisation layer needs only its input, not its output.</summary>
    public static nn.Module<Tensor, Tensor> Create(Activation activation) => activation switch
    {
        Activation.ReLU => nn.ReLU(inplace: true),
        Activation.LeakyReLU => nn.LeakyReLU(0.1, inplace: true),
        Activation.ReLU6 => nn.ReLU6(inplace: true),
        Activation.SELU => nn.SELU(inplace: true),
        Activation.ELU => nn.ELU(inplace: true),
        Activation.GELU => nn.GELU(),
        Activation.PReLU => nn.PReLU(1),
        Activation.SiLU => nn.SiLU(inplace: true),
        Activation.HardSwish => nn.Hardswish(inplace: true),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };
}
