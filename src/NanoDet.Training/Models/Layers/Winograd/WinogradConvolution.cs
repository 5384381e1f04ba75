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
    private const int KernelSide = 3;

    // Below that, turning costs more than the multiplications that are saved.
    private const int FewestChannels = 64;
    private const int FewestPixels = 100;

    /// <summary>The kernel's three numbers as six: G of the paper.</summary>
    private static readonly float[,] KernelToNumbers =
    {
        { 1 / 4f, 0, 0 },
        { -1 / 6f, -1 / 6f, -1 / 6f },
        { -1 / 6f, 1 / 6f, -1 / 6f },
        { 1 / 24f, 1 / 12f, 1 / 6f },
        { 1 / 24f, -1 / 12f, 1 / 6f },
        { 0, 0, 1 },
    };

    /// <summary>Whether a convolution of maps is one of these, and faster this way.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="maps">[B, in, H, W]; how many they are plays no part.</param>
    public static bool Serves(Conv2d convolution, Tensor maps)
        => !Autocast.IsOn // In bf16 libtorch needs less time than this.
            && maps.device_type == DeviceType.CPU && maps.dtype == ScalarType.Float32 && LibTorch.Arithmetic.Order == MemoryOrder.ChannelsLast
            && maps.shape[2] * maps.shape[3] >= FewestPixels
            && convolution is { groups: 1, bias: null, stride: [1, ..], padding: [1, ..], dilation: [1, ..] }
            && convolution.kernel_size is [KernelSide, KernelSide]
            && IsWide(convolution.in_channels) && IsWide(convolution.out_channels);

    /// <summary>Convolves, with zeros around the maps, so that they keep their size.</summary>
    /// <param name="maps">[B, in, H, W], single precision, in the processor's memory.</param>
    /// <param name="weight">[out, in, 3, 3].</param>
    /// <param name="tape">Records the operation.</param>
    /// <returns>[B, out, H, W].</returns>
    public static Tensor Record(Tensor maps, Tensor weight, GradientTape tape)
    {
        var source = ChannelsLast.Of(maps);
        return tape.Record(source, Forward(source.detach(), weight.detach()), gradient => Backward(source, weight, gradient));
    }

    private static bool IsWide(long channels) => channels >= FewestChannels && channels % TileTransform.ChannelStep == 0;

    private static Tensor Forward(Tensor maps, Tensor weight)
    {
        using var scope = NewDisposeScope();
        var grid = TileGrid.Of(maps);
        var products = TileTransform.Split<InputTile>(maps, grid).bmm(Numbers(weight));
        return TileTransform.Join<OutputTile>(products, grid).MoveToOuterDisposeScope();
    }

    private static ImmutableArray<(Tensor Of, Tensor? Gradient)> Backward(Tensor source, Tensor weight, Tensor gradient)
    {
        var grid = TileGrid.Of(source);
        var gradients = TileTransform.Split<OutputTile>(ChannelsLast.Of(gradient), grid);
        // Made again: kept from the forward pass, the numbers of all layers would take more memory than all maps.
        var ofWeight = OfKernel(TileTransform.Split<InputTile>(source.detach(), grid).transpose(1, 2).bmm(gradients), weight.shape);
        var ofMaps = TileTransform.Join<InputTile>(gradients.bmm(Numbers(weight.detach()).transpose(1, 2)), grid);
        return [(source, ofMaps), (weight, ofWeight)];
    }

    /// <summary>[out, in, 3, 3] to [36, in, out].</summary>
    private static Tensor Numbers(Tensor weight)
        => OfBothSides().mm(weight.permute(2, 3, 1, 0).reshape(KernelSide * KernelSide, -1)).reshape(TileGrid.Numbers, weight.shape[1], weight.shape[0]);

    /// <summary>The gradient of the kernel from that of its numbers, [36, in, out] to [out, in, 3, 3].</summary>
    private static Tensor OfKernel(Tensor gradients, long[] shape)
        => OfBothSides().t().mm(gradients.reshape(TileGrid.Numbers, -1)).reshape(KernelSide, KernelSide, shape[1], shape[0]).permute(3, 2, 0, 1).contiguous();

    /// <summary>[36, 9]: rows and columns of a kernel are turned one after the other, which is one product with this.</summary>
    private static Tensor OfBothSides()
    {
        using var side = tensor(KernelToNumbers);
        return side.kron(side);
    }
}
