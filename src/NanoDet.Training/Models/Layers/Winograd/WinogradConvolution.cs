using System.Collections.Immutable;
using NanoDet.Training.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>
/// A 3x3 convolution with a quarter of the multiplications, in training on the processor: Winograd's minimal filtering F(4x4, 3x3)
/// (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016). Maps are cut into tiles of 4x4 pixels, and each tile
/// and the kernel are turned into 36 numbers, of which the product of the same number is the only one that is needed. All channels
/// of all tiles are then 36 products of matrices. The gradients are those of the same sum, so they cost as little.
/// </summary>
internal static class WinogradConvolution
{
    // Below that, turning costs more than the multiplications that are saved.
    private const int FewestChannels = 64;
    private const int FewestPixels = 200;

    /// <summary>Whether a convolution of maps is one of these, and faster this way.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="maps">[B, in, H, W]; how many they are plays no part.</param>
    public static bool Serves(Conv2d convolution, Tensor maps)
        => maps.device_type == DeviceType.CPU && maps.dtype is ScalarType.Float32 or ScalarType.BFloat16 && LibTorch.Arithmetic.Order == MemoryOrder.ChannelsLast
            && maps.shape[2] * maps.shape[3] >= FewestPixels
            && convolution is { groups: 1, bias: null, stride: [1, ..], padding: [1, ..], dilation: [1, ..] }
            && convolution.kernel_size is [KernelNumbers.KernelSide, KernelNumbers.KernelSide]
            && IsWide(convolution.in_channels) && IsWide(convolution.out_channels);

    /// <summary>Convolves, with zeros around the maps, so that they keep their size.</summary>
    /// <param name="maps">[B, in, H, W], single precision or bf16, in the processor's memory.</param>
    /// <param name="weight">[out, in, 3, 3].</param>
    /// <param name="tape">Records the operation.</param>
    /// <returns>[B, out, H, W], in bf16 where libtorch's mixed precision is on, otherwise in the precision of the maps.</returns>
    public static Tensor Record(Tensor maps, Tensor weight, GradientTape tape)
    {
        var source = ChannelsLast.Of(Autocast.IsOn ? maps.to(bfloat16) : maps);
        return source.dtype == ScalarType.BFloat16
            ? Record<BFloat16Number>(source, weight, tape)
            : Record<SingleNumber>(source, weight, tape);
    }

    private static bool IsWide(long channels) => channels >= FewestChannels && channels % MapPictures.ChannelStep == 0;

    private static Tensor Record<TNumber>(Tensor source, Tensor weight, GradientTape tape)
        where TNumber : unmanaged, IMapNumber<TNumber>
    {
        using var scope = NewDisposeScope();
        using var exact = Autocast.Suspend();
        var kernels = tape.Of(weight, () => KernelNumbers.Record(weight, source.dtype, tape));
        var (grid, order) = (TileGrid.Of(source), NumberOrder.For(source.dtype));
        var numbers = Split();
        var result = TileTransform<OutputTile, TNumber>.Join(order.Multiply(numbers, kernels.Values), grid, order);
        // In single precision, the numbers of all layers would take more memory than all maps, and are made again.
        return source.dtype == ScalarType.BFloat16
            ? tape.Record(source, result, gradient => Backward(gradient, numbers), numbers)
            : tape.Record(source, result, gradient => Backward(gradient, Split()));

        Tensor Split() => TileTransform<InputTile, TNumber>.Split(source.detach(), grid, order);

        ImmutableArray<(Tensor Of, Tensor? Gradient)> Backward(Tensor gradient, Tensor numbersOfMaps)
        {
            var gradients = TileTransform<OutputTile, TNumber>.Split(ChannelsLast.Of(gradient), grid, order);
            var ofKernels = order.GradientOfKernels(gradients, numbersOfMaps);
            var ofMaps = TileTransform<InputTile, TNumber>.Join(order.Multiply(gradients, kernels.Transposed), grid, order);
            return [(source, ofMaps), (kernels.Leaf, ofKernels.to(float32))];
        }
    }
}
