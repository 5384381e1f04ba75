using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>Number by number, as 36 matrices, [36, B rows columns + 1, C]: the products need no copy.</summary>
internal sealed class MatrixOrder : NumberOrder
{
    // A tile of zeros behind the last one. Without it, matrices of many tiles begin a multiple of 4096 bytes after each other, and their lines push
    // each other out of the cache.
    private const int Spare = 1;

    /// <inheritdoc />
    public override Tensor Allocate(TileGrid grid, int channels, ScalarType type)
    {
        var numbers = empty([TileGrid.Numbers, Rows(grid), channels], type);
        numbers.narrow(1, grid.Tiles, Spare).zero_();
        return numbers;
    }

    /// <inheritdoc />
    public override Tensor Beginnings(Tensor numbers, TileGrid grid) => numbers[0].narrow(0, 0, grid.Tiles).reshape(grid.Pictures, grid.Rows, grid.Columns, -1).permute(0, 3, 1, 2);

    /// <inheritdoc />
    public override int Channels(Tensor numbers) => (int)numbers.shape[2];

    /// <inheritdoc />
    public override (nint Tile, nint Number) Steps(TileGrid grid, int channels) => (channels, (nint)Rows(grid) * channels);

    /// <inheritdoc />
    public override Tensor Multiply(Tensor numbers, Tensor kernels) => numbers.bmm(kernels.transpose(1, 2));

    /// <inheritdoc />
    public override Tensor GradientOfKernels(Tensor gradients, Tensor numbers) => gradients.transpose(1, 2).bmm(numbers);

    private static int Rows(TileGrid grid) => grid.Tiles + Spare;
}
