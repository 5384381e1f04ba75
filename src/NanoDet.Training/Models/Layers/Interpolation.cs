using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>
/// Bilinear interpolation to twice or half the size. On a card, libtorch adds up its gradients in the order in which threads come, so
/// there it is computed by its definition, from operations whose gradients have a fixed order.
/// </summary>
internal static class Interpolation
{
    /// <summary>[B, C, H, W] to the size of the layer.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="layer">libtorch's layer, with a factor of 2 or 0.5.</param>
    public static Tensor Of(Tensor maps, Upsample layer) => maps.device_type == DeviceType.CUDA
        ? layer.scale_factor[0] == 2 ? Double(maps) : Halve(maps)
        : layer.call(maps);

    /// <summary>Makes libtorch's layer.</summary>
    /// <param name="factor">2 or 0.5.</param>
    public static Upsample Layer(double factor) => nn.Upsample(scale_factor: [factor, factor], mode: UpsampleMode.Bilinear, align_corners: false);

    /// <summary>Each new row is a mean of two neighbours, three quarters of the nearer and a quarter of the other; then each new column.</summary>
    /// <returns>[B, C, 2 H, 2 W].</returns>
    public static Tensor Double(Tensor maps) => Double(Double(maps, 2), 3);

    /// <summary>Each new pixel is the mean of four.</summary>
    /// <returns>[B, C, H / 2, W / 2].</returns>
    public static Tensor Halve(Tensor maps) => nn.functional.avg_pool2d(maps, 2);

    private static Tensor Double(Tensor maps, int dimension)
    {
        var length = maps.shape[dimension];
        var (near, first, last) = (maps * 0.75, maps.narrow(dimension, 0, 1), maps.narrow(dimension, length - 1, 1));
        var before = cat([first, maps.narrow(dimension, 0, length - 1)], dimension);
        var after = cat([maps.narrow(dimension, 1, length - 1), last], dimension);
        return stack([near + (before * 0.25), near + (after * 0.25)], dimension + 1).flatten(dimension, dimension + 1);
    }
}
