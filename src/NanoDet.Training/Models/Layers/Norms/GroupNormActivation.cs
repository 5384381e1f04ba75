using System.Collections.Immutable;
using NanoDet.Training.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>
/// Group normalisation (Wu and He, 2018) and a ReLU or leaky ReLU as one operation on the CPU, for maps in the order of
/// <see cref="ChannelsLast"/>: two passes over the map forward and two backward, in a fraction of the time of libtorch's two layers.
/// </summary>
internal static class GroupNormActivation
{
    /// <summary>Whether it can replace libtorch's layers: it cannot for planar maps, because it would have to copy each map twice.</summary>
    public static bool Serves(Tensor maps)
        => maps is { device_type: DeviceType.CPU, dtype: ScalarType.Float32 or ScalarType.BFloat16 } && LibTorch.Arithmetic.Order == MemoryOrder.ChannelsLast;

    /// <summary>Normalises and activates.</summary>
    /// <param name="maps">[B, C, H, W], single precision or bf16, in the processor's memory; C is a multiple of 32.</param>
    /// <param name="norm">With a weight and a bias for each channel.</param>
    /// <param name="slope">Factor on negative values, 0 to 1.</param>
    /// <param name="tape">Records the operation.</param>
    /// <returns>[B, C, H, W], in the precision of the maps; statistics and parameters are in single precision at least.</returns>
    public static Tensor Record(Tensor maps, GroupNorm norm, double slope, GradientTape tape) => maps.dtype == ScalarType.BFloat16
        ? Record<BFloat16Number>(maps, norm, slope, tape)
        : Record<SingleNumber>(maps, norm, slope, tape);

    private static Tensor Record<T>(Tensor maps, GroupNorm norm, double slope, GradientTape tape)
        where T : unmanaged, IMapNumber<T>
    {
        var source = ChannelsLast.Of(maps);
        var (weight, bias) = (MapPictures.Numbers<float>(norm.weight!).ToArray(), MapPictures.Numbers<float>(norm.bias!).ToArray());
        var result = empty_like(source.detach());
        var kernels = new GroupNormKernel<T>[source.shape[0]];
        MapPictures.ForEach(source, result, (image, from, to) =>
        {
            kernels[image] = new GroupNormKernel<T>(MapPictures.Numbers<T>(from), weight, bias, (int)norm.num_groups, norm.eps, (float)slope);
            kernels[image].Forward(MapPictures.Numbers<T>(from), MapPictures.Numbers<T>(to));
        });
        return tape.Record(source, result, gradient => Backward(source, norm, kernels, gradient));
    }

    private static ImmutableArray<(Tensor Of, Tensor? Gradient)> Backward<T>(Tensor source, GroupNorm norm, GroupNormKernel<T>[] kernels, Tensor gradient)
        where T : unmanaged, IMapNumber<T>
    {
        var gradients = ChannelsLast.Of(gradient);
        var result = empty_like(gradients);
        var pictures = MapPictures.Of(gradients);
        MapPictures.ForEach(source, result, (image, from, to) => kernels[image].Backward(MapPictures.Numbers<T>(from), MapPictures.Numbers<T>(pictures[image]), MapPictures.Numbers<T>(to)));

        // In the order of the images, so that the sum does not depend on which thread finishes first.
        var (weight, bias) = (new double[source.shape[1]], new double[source.shape[1]]);
        foreach (var kernel in kernels)
        {
            kernel.AddParameterGradients(weight, bias);
        }

        return [(source, result), (norm.weight!, tensor(weight, float32)), (norm.bias!, tensor(bias, float32))];
    }
}
