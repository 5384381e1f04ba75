using NanoDet.Training.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Depthwise;

/// <summary>
/// The gradient of the kernels of a depthwise 5x5 convolution on the processor, in a third of oneDNN's time for maps in the order of
/// <see cref="ChannelsLast"/>. The convolution itself and the gradient of its maps stay libtorch's.
/// </summary>
internal static class DepthwiseGradient
{
    /// <summary>Side of the kernels.</summary>
    public const int KernelSide = 5;

    /// <summary>Computes the gradient of a layer's kernels while a tape records, where <see cref="Serves"/> says so.</summary>
    /// <param name="layer">The layer; others than depthwise 5x5 convolutions stay as they are.</param>
    public static void ReplaceIn(Conv2d layer)
    {
        if (!IsDepthwise(layer))
        {
            return;
        }

        // libtorch computes the gradients that are asked for when the layer runs.
        var isOurs = false;
        layer.register_forward_pre_hook((_, maps) =>
        {
            isOurs = GradientTape.Current is not null && layer.weight.requires_grad && Serves(layer, maps);
            layer.weight.requires_grad &= !isOurs;
            return maps;
        });
        layer.register_forward_hook((_, maps, output) =>
        {
            if (!isOurs)
            {
                return output;
            }

            layer.weight.requires_grad = true;
            return Record(layer, maps, output, GradientTape.Current!);
        });
    }

    /// <summary>Whether the gradient of the layer's kernels can be computed by <see cref="Of"/>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="maps">What it is given, [B, C, H, W].</param>
    public static bool Serves(Conv2d layer, Tensor maps)
        => IsDepthwise(layer) && maps.requires_grad && maps.device_type == DeviceType.CPU && maps.dtype == ScalarType.Float32
            && LibTorch.Arithmetic.Order == MemoryOrder.ChannelsLast && maps.permute(0, 2, 3, 1).is_contiguous();

    /// <summary>The gradient of the kernels.</summary>
    /// <param name="maps">What was convolved, with zeros around it, [B, C, H, W], in the order of <see cref="ChannelsLast"/>.</param>
    /// <param name="gradient">The gradient of the result, [B, C, H / stride, W / stride].</param>
    /// <param name="stride">Step of the convolution.</param>
    /// <returns>[C, 1, 5, 5], in single precision.</returns>
    public static Tensor Of(Tensor maps, Tensor gradient, int stride)
    {
        using var scope = NewDisposeScope();
        var channels = (int)maps.shape[1];
        var kernel = new DepthwiseGradientKernel((int)maps.shape[2], (int)maps.shape[3], (int)gradient.shape[2], (int)gradient.shape[3], channels, stride);
        var sums = new double[maps.shape[0]][];
        MapPictures.ForEach(maps, ChannelsLast.Of(gradient), (picture, from, to) =>
            sums[picture] = kernel.Sum(MapPictures.Numbers<float>(from), MapPictures.Numbers<float>(to)));
        return tensor(MapPictures.Total(sums), float32).reshape(KernelSide, KernelSide, channels, 1).permute(2, 3, 0, 1).contiguous().MoveToOuterDisposeScope();
    }

    private static bool IsDepthwise(Conv2d layer)
        => layer is { bias: null, padding: [KernelSide / 2, ..], dilation: [1, ..], stride: [1 or 2, ..] }
            && layer.kernel_size is [KernelSide, KernelSide]
            && layer.groups == layer.in_channels && layer.groups == layer.out_channels && layer.groups % MapPictures.ChannelStep == 0;

    private static Tensor Record(Conv2d layer, Tensor maps, Tensor output, GradientTape tape)
    {
        output.retain_grad();
        var stride = (int)layer.stride[0];
        var source = maps.detach();
        tape.RecordGradient([source, output], () => output.grad is { } gradient ? [(layer.weight, Of(source, gradient, stride))] : []);
        return output.alias(); // The tape's own stays when a layer behind this one lets go of what it was given.
    }
}
