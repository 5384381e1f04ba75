using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>How the numbers of all tiles lie in memory, and their 36 products of matrices with those of all kernels, which decide it.</summary>
internal abstract class NumberOrder
{
    private static readonly NumberOrder Tiles = new TileOrder();
    private static readonly NumberOrder Matrices = new MatrixOrder();

    /// <summary>The order in which the products are computed fastest.</summary>
    /// <param name="type">What the numbers are kept in.</param>
    // MKL, which multiplies matrices in single precision, does not use the instructions of AVX-512 on AMD's processors; oneDNN does in a convolution.
    public static NumberOrder For(ScalarType type) => OneDnn.IsInLibTorch && type == ScalarType.Float32 ? Tiles : Matrices;

    /// <summary>Takes memory for the numbers of all tiles.</summary>
    /// <param name="grid">The tiles.</param>
    /// <param name="channels">C.</param>
    /// <param name="type">What they are kept in.</param>
    public abstract Tensor Allocate(TileGrid grid, int channels, ScalarType type);

    /// <summary>Where the numbers of each picture begin.</summary>
    /// <param name="numbers">The numbers of all pictures.</param>
    /// <param name="grid">The tiles.</param>
    /// <returns>[B, ...], of which the first values of a picture are those of its first tile's first number.</returns>
    public abstract Tensor Beginnings(Tensor numbers, TileGrid grid);

    /// <summary>Channels.</summary>
    /// <param name="numbers">The numbers of all pictures.</param>
    public abstract int Channels(Tensor numbers);

    /// <summary>The way through memory: from a number of a tile to the same one of the next tile, and to the next number of the same tile.</summary>
    /// <param name="grid">The tiles.</param>
    /// <param name="channels">C.</param>
    public abstract (nint Tile, nint Number) Steps(TileGrid grid, int channels);

    /// <summary>Multiplies.</summary>
    /// <param name="numbers">The numbers of all tiles, of the input channels.</param>
    /// <param name="kernels">[36, out, in].</param>
    /// <returns>Those of the output channels.</returns>
    public abstract Tensor Multiply(Tensor numbers, Tensor kernels);

    /// <summary>The gradient of the numbers of the kernels.</summary>
    /// <param name="gradients">Those of the products.</param>
    /// <param name="numbers">What was multiplied.</param>
    /// <returns>[36, out, in].</returns>
    public abstract Tensor GradientOfKernels(Tensor gradients, Tensor numbers);
}
