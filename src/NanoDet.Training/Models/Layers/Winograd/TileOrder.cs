using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>
/// Tile by tile, as a map of tiles, [B, 36 C, rows, columns], in the order of <see cref="ChannelsLast"/>: the products are a 1x1 convolution in
/// 36 groups, which libtorch gives to oneDNN.
/// </summary>
internal sealed class TileOrder : NumberOrder
{
    /// <inheritdoc />
    public override Tensor Allocate(TileGrid grid, int channels, ScalarType type)
        => empty([grid.Pictures, grid.Rows, grid.Columns, TileGrid.Numbers * channels], type).permute(0, 3, 1, 2);

    /// <inheritdoc />
    public override Tensor Beginnings(Tensor numbers, TileGrid grid) => numbers;

    /// <inheritdoc />
    public override int Channels(Tensor numbers) => (int)numbers.shape[1] / TileGrid.Numbers;

    /// <inheritdoc />
    public override (nint Tile, nint Number) Steps(TileGrid grid, int channels) => (TileGrid.Numbers * channels, channels);

    /// <inheritdoc />
    // For few pictures on one thread, libtorch takes its own convolution, which does not promise an order.
    public override Tensor Multiply(Tensor numbers, Tensor kernels)
        => ChannelsLast.Of(nn.functional.conv2d(numbers, kernels.reshape(-1, kernels.shape[2], 1, 1), groups: TileGrid.Numbers));

    /// <inheritdoc />
    public override Tensor GradientOfKernels(Tensor gradients, Tensor numbers) => Matrices(gradients).transpose(1, 2).bmm(Matrices(numbers));

    /// <summary>As 36 matrices, [36, tiles, C].</summary>
    private Tensor Matrices(Tensor numbers) => numbers.permute(0, 2, 3, 1).reshape(-1, TileGrid.Numbers, Channels(numbers)).transpose(0, 1);
}
