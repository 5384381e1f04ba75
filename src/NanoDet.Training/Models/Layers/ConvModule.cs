using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers.Norms;
using NanoDet.Training.Models.Layers.Winograd;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>Convolution, normalisation and activation (<c>ConvModule</c> in <c>nanodet/model/module/conv.py</c>).</summary>
public sealed class ConvModule : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers; the convolution has a bias only if no normalisation follows.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="kernelSize">Side of the kernel; the padding keeps the size if it is odd.</param>
    /// <param name="normalization">The normalisation after the convolution.</param>
    /// <param name="activation">The last layer; null for none.</param>
    /// <param name="stride">Step of the convolution.</param>
    public ConvModule(
        int inChannels, int outChannels, int kernelSize, Normalization normalization, Activation? activation, int stride = 1)
        : base(nameof(ConvModule))
    {
        Convolution = nn.Conv2d(
            inChannels, outChannels, kernelSize, stride, (kernelSize - 1) / 2, bias: normalization == Normalization.None);
        register_module("conv", Convolution);
        if (normalization == Normalization.Batch)
        {
            Norm = nn.BatchNorm2d(outChannels);
            register_module("bn", Norm);
        }
        else if (normalization == Normalization.Group)
        {
            Norm = nn.GroupNorm(32, outChannels);
            register_module("gn", Norm);
        }

        if (activation is { } kind)
        {
            Activation = ActivationLayer.Create(kind);
            register_module("act", Activation);
        }
    }

    /// <summary>The convolution.</summary>
    public Conv2d Convolution { get; }

    /// <summary>A <see cref="BatchNorm2d"/> or <see cref="GroupNorm"/>; null for none.</summary>
    public nn.Module<Tensor, Tensor>? Norm { get; }

    /// <summary>The activation; null for none.</summary>
    public nn.Module<Tensor, Tensor>? Activation { get; }

    /// <summary>Takes the maps that <see cref="Record"/> convolves without calling the layer, and what comes out; null where nobody listens.</summary>
    internal Action<Tensor, Tensor>? Convolved { get; set; }

    /// <summary>[B, in, H, W] to [B, out, H / stride, W / stride].</summary>
    public override Tensor forward(Tensor input)
    {
        if (Norm is BatchNorm2d norm)
        {
            return NormalizedConvolution.Of(Convolution, norm, Activation, input);
        }

        var x = Convolution.call(input);
        x = Norm is null ? x : Norm.call(x);
        return Activation is null ? x : Activation.call(x);
    }

    /// <summary>The same during training, as fast as the layers allow; the tape passes the gradients back.</summary>
    /// <param name="input">[B, in, H, W].</param>
    /// <param name="tape">Records the operations that libtorch does not differentiate.</param>
    internal Tensor Record(Tensor input, GradientTape tape)
        => Norm is GroupNorm norm && Activation is LeakyReLU leaky && GroupNormActivation.Serves(input)
            ? GroupNormActivation.Record(Convolve(input, tape), norm, leaky.negative_slope, tape)
            : call(input);

    private Tensor Convolve(Tensor input, GradientTape tape)
    {
        if (!WinogradConvolution.Serves(Convolution, input))
        {
            return Convolution.call(input);
        }

        var output = WinogradConvolution.Record(input, Convolution.weight, tape);
        Convolved?.Invoke(input, output);
        return output;
    }
}
