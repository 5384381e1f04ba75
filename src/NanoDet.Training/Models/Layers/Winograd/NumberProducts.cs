using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>The 36 products of matrices: of the numbers of all tiles with those of all kernels.</summary>
internal static class NumberProducts
{
    /// <summary>Multiplies.</summary>
    /// <param name="numbers">[B, 36 in, rows, columns], in the order of <see cref="ChannelsLast"/>.</param>
    /// <param name="kernels">[36 out, in, 1, 1].</param>
    /// <returns>[B, 36 out, rows, columns], in the same order.</returns>
    public static Tensor Of(Tensor numbers, Tensor kernels) => OneDnn.IsInLibTorch ? ByConvolution(numbers, kernels) : ByMatrices(numbers, kernels);

    /// <summary>The gradient of the numbers of the kernels.</summary>
    /// <param name="gradients">Those of the products, [B, 36 out, rows, columns], in the same order.</param>
    /// <param name="numbers">What was multiplied, [B, 36 in, rows, columns].</param>
    /// <returns>[36, out, in].</returns>
    public static Tensor GradientOfKernels(Tensor gradients, Tensor numbers)
    {
        var (left, right) = (Matrices(gradients), Matrices(numbers));
        // oneDNN, which multiplies in bf16, would have both copied, and one of them turned over.
        return gradients.dtype == ScalarType.BFloat16
            ? left.contiguous().transpose(1, 2).bmm(right.contiguous())
            : left.transpose(1, 2).bmm(right);
    }

    /// <summary>[B, 36 C, rows, columns] as 36 matrices, [36, tiles, C].</summary>
    private static Tensor Matrices(Tensor numbers)
        => numbers.permute(0, 2, 3, 1).reshape(-1, TileGrid.Numbers, numbers.shape[1] / TileGrid.Numbers).transpose(0, 1);

    /// <summary>
    /// As a 1x1 convolution in 36 groups, which libtorch gives to oneDNN. That uses all instructions of a processor; MKL, which computes
    /// products in single precision, does not use those of AVX-512 on AMD's.
    /// </summary>
    // For few pictures on one thread, libtorch takes its own convolution, which does not promise an order.
    internal static Tensor ByConvolution(Tensor numbers, Tensor kernels) => ChannelsLast.Of(nn.functional.conv2d(numbers, kernels, groups: TileGrid.Numbers));

    /// <summary>As products of matrices: libtorch's own convolutions would copy each group.</summary>
    internal static Tensor ByMatrices(Tensor numbers, Tensor kernels)
    {
        var products = Matrices(numbers).bmm(kernels.reshape(TileGrid.Numbers, -1, kernels.shape[1]).transpose(1, 2));
        return products.transpose(0, 1).reshape(numbers.shape[0], numbers.shape[2], numbers.shape[3], kernels.shape[0]).permute(0, 3, 1, 2);
    }
}
