using NanoDet.Training.Models.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Export;

/// <summary>
/// The weights of a convolution with the following batch normalisation folded in: a scale and an offset per channel are
/// just other weights and another bias. They are computed in double precision, so only the final rounding is lost.
/// </summary>
internal sealed class FoldedConvolution
{
    /// <summary>Folds the normalisation into the convolution.</summary>
    /// <param name="convolution">Square kernel, the same stride and padding in both directions, no dilation.</param>
    /// <param name="normalization">The normalisation that follows; null for none.</param>
    public FoldedConvolution(Conv2d convolution, BatchNorm2d? normalization)
        : this(convolution, normalization, null, () => Fold(convolution, normalization))
    {
    }

    private FoldedConvolution(Conv2d convolution, BatchNorm2d? normalization, RepVggBlock? branches, Func<(Tensor Weight, Tensor Bias)> fold)
    {
        (Source, Normalization, Branches) = (convolution, normalization, branches);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (weight, bias) = fold();
        Shape = weight.shape;
        Weight = weight.to(ScalarType.Float32).contiguous().data<float>().ToArray();
        Bias = bias.to(ScalarType.Float32).contiguous().data<float>().ToArray();
        KernelSize = Shape[2];
        Stride = convolution.stride[0];
        Padding = convolution.padding is [var padding, ..] ? padding : 0;
        Groups = convolution.groups;
    }

    private FoldedConvolution(FoldedConvolution other, long[] shape, float[] weight, float[] bias, long groups)
    {
        (Source, Normalization, Branches) = (other.Source, other.Normalization, other.Branches);
        (Shape, Weight, Bias, KernelSize, Stride, Padding, Groups) = (shape, weight, bias, other.KernelSize, other.Stride, other.Padding, groups);
    }

    /// <summary>Folds the branches of a block into one convolution: a 1x1 convolution is a 3x3 one with zeros around it, and so is the input itself.</summary>
    public static FoldedConvolution Of(RepVggBlock block) => block.Fused is { } fused
        ? new(fused, (BatchNorm2d?)null)
        : new((Conv2d)block.Dense![0], (BatchNorm2d)block.Dense[1], block, () => FoldBranches(block));

    /// <summary>The convolution; of a block with branches, its 3x3 convolution.</summary>
    public Conv2d Source { get; }

    /// <summary>The normalisation that follows it; null for none.</summary>
    public BatchNorm2d? Normalization { get; }

    /// <summary>The block, if several branches were folded.</summary>
    public RepVggBlock? Branches { get; }

    /// <summary>Folds the factors of a block into its last convolution.</summary>
    public static FoldedConvolution Of(ConvNextBlock block) => new(block.Project, null, null, () =>
    {
        var (weight, bias) = Fold(block.Project, null);
        var factors = block.Gamma.to(ScalarType.Float64).cpu();
        return (weight * factors.reshape(-1, 1, 1, 1), bias * factors);
    });

    /// <summary>[out, in / groups, kernel, kernel].</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The kernels, in the order of <see cref="Shape"/>.</summary>
    public float[] Weight { get; }

    /// <summary>One number per output channel.</summary>
    public float[] Bias { get; }

    /// <summary>Side of the kernel.</summary>
    public long KernelSize { get; }

    /// <summary>Step, in pixels.</summary>
    public long Stride { get; }

    /// <summary>Zeros around the input, in pixels.</summary>
    public long Padding { get; }

    /// <summary>The number of groups of channels.</summary>
    public long Groups { get; }

    /// <summary>Whether each channel has a kernel of its own.</summary>
    public bool IsDepthwise => Groups > 1 && Groups == Shape[0] && Shape[1] == 1;

    /// <summary>The same convolution with channels in another order.</summary>
    /// <param name="outputs">The output channel at each place; -1 for zeros.</param>
    /// <param name="inputs">The input channel at each place; -1 for one that is ignored. For a depthwise convolution the same as the outputs.</param>
    public FoldedConvolution Arrange(IReadOnlyList<int> outputs, IReadOnlyList<int> inputs)
    {
        var kernel = (int)(KernelSize * KernelSize);
        var (oldWidth, newWidth) = ((int)Shape[1], IsDepthwise ? 1 : inputs.Count);
        var weight = new float[outputs.Count * newWidth * kernel];
        for (var o = 0; o < outputs.Count; o++)
        {
            for (var i = 0; i < newWidth && outputs[o] >= 0; i++)
            {
                if ((IsDepthwise ? 0 : inputs[i]) is >= 0 and var input)
                {
                    Weight.AsSpan(((outputs[o] * oldWidth) + input) * kernel, kernel).CopyTo(weight.AsSpan(((o * newWidth) + i) * kernel));
                }
            }
        }

        float[] bias = [.. outputs.Select(output => output < 0 ? 0 : Bias[output])];
        return new FoldedConvolution(this, [outputs.Count, newWidth, KernelSize, KernelSize], weight, bias, IsDepthwise ? outputs.Count : Groups);
    }

    private static (Tensor Weight, Tensor Bias) FoldBranches(RepVggBlock block)
    {
        var (weight, bias) = Fold((Conv2d)block.Dense![0], (BatchNorm2d)block.Dense[1]);
        var (pointwise, pointwiseBias) = Fold((Conv2d)block.Pointwise![0], (BatchNorm2d)block.Pointwise[1]);
        (weight, bias) = (weight + nn.functional.pad(pointwise, [1, 1, 1, 1]), bias + pointwiseBias);
        if (block.Identity is not { } identity)
        {
            return (weight, bias);
        }

        // The kernel that copies the input: each channel takes the pixel of the channel with its number, which it counts within its group.
        var (channels, inGroup) = (weight.shape[0], weight.shape[1]);
        var copy = (arange(channels).remainder(inGroup).reshape(-1, 1) == arange(inGroup)).to(ScalarType.Float64).reshape(channels, inGroup, 1, 1);
        var (kernel, offset) = Fold(nn.functional.pad(copy, [1, 1, 1, 1]), zeros(channels, ScalarType.Float64), identity);
        return (weight + kernel, bias + offset);
    }

    private static (Tensor Weight, Tensor Bias) Fold(Conv2d convolution, BatchNorm2d? normalization)
    {
        var weight = convolution.weight.to(ScalarType.Float64).cpu();
        var bias = convolution.bias is { } own ? own.to(ScalarType.Float64).cpu() : zeros(convolution.out_channels, ScalarType.Float64);
        return normalization is null ? (weight, bias) : Fold(weight, bias, normalization);
    }

    private static (Tensor Weight, Tensor Bias) Fold(Tensor weight, Tensor bias, BatchNorm2d normalization)
    {
        // All four exist: the networks have no normalisation without statistics or without scale and offset.
        var mean = normalization.running_mean!.to(ScalarType.Float64).cpu();
        var variance = normalization.running_var!.to(ScalarType.Float64).cpu();
        var scale = normalization.weight!.to(ScalarType.Float64).cpu() / (variance + normalization.eps).sqrt();
        return (weight * scale.reshape(-1, 1, 1, 1), ((bias - mean) * scale) + normalization.bias!.to(ScalarType.Float64).cpu());
    }
}
