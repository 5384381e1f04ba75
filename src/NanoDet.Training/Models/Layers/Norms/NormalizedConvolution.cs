using NanoDet.Training.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>A convolution with batch normalisation and an activation.</summary>
internal static class NormalizedConvolution
{
    /// <summary>Computes the three layers.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="norm">The layer behind it.</param>
    /// <param name="activation">The last layer; null for none.</param>
    /// <param name="input">[B, in, H, W].</param>
    /// <returns>[B, out, H / stride, W / stride].</returns>
    public static Tensor Of(Conv2d convolution, BatchNorm2d norm, nn.Module<Tensor, Tensor>? activation, Tensor input)
        => BatchNormActivation.Of(Autocast.CallUnrounded(convolution, input), norm, activation);

    /// <summary>Computes a sequence of convolutions, each with batch normalisation and perhaps an activation.</summary>
    /// <param name="layers">The sequence.</param>
    /// <param name="input">[B, in, H, W].</param>
    public static Tensor Chain(Sequential layers, Tensor input)
    {
        if (GradientTape.Current is null || !layers.training)
        {
            return layers.call(input); // which lets go of each map at once, where no gradient needs it
        }

        var x = input;
        for (var i = 0; i < layers.Count;)
        {
            var (convolution, norm) = ((Conv2d)layers[i++], (BatchNorm2d)layers[i++]);
            var activation = i < layers.Count && layers[i] is not Conv2d ? (nn.Module<Tensor, Tensor>)layers[i++] : null;
            x = Of(convolution, norm, activation, x);
        }

        return x;
    }
}
