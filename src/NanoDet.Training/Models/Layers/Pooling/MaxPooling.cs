using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Pooling;

/// <summary>
/// The maximum of 3x3 pixels at every second pixel, as backbones begin, in training on the processor: libtorch compares planar maps pixel by pixel,
/// which takes four times as long. Values and gradients are the same.
/// </summary>
internal static class MaxPooling
{
    /// <summary>Pools.</summary>
    /// <param name="layer">3x3, every second pixel, one pixel around the map.</param>
    /// <param name="maps">[B, C, H, W].</param>
    /// <returns>[B, C, (H + 1) / 2, (W + 1) / 2].</returns>
    public static Tensor Of(MaxPool2d layer, Tensor maps) => GradientTape.Current is { } tape && Serves(layer, maps)
        ? maps.dtype == ScalarType.BFloat16 ? Record<BFloat16Number>(maps, tape) : Record<SingleNumber>(maps, tape)
        : layer.call(maps);

    private static bool Serves(MaxPool2d layer, Tensor maps)
        => layer is { stride: [2, ..], padding: [1, ..] } && layer.kernel_size is [3, ..]
            && maps.requires_grad && maps.device_type == DeviceType.CPU && maps.dtype is ScalarType.Float32 or ScalarType.BFloat16 && maps.is_contiguous();

    private static Tensor Record<T>(Tensor maps, GradientTape tape)
        where T : unmanaged, IMapNumber<T>
    {
        using var scope = NewDisposeScope();
        var kernel = new MaxPoolKernel<T>((int)maps.shape[2], (int)maps.shape[3]);
        long[] shape = [maps.shape[0], maps.shape[1], (maps.shape[2] + 1) / 2, (maps.shape[3] + 1) / 2];
        var (result, places) = (empty(shape, maps.dtype), empty(shape, int32));
        var ofPictures = places.unbind();
        MapPictures.ForEach(maps.detach().unbind(), result.unbind(), (picture, from, to) =>
            kernel.Forward(MapPictures.Numbers<T>(from), MapPictures.Numbers<T>(to), MapPictures.Numbers<int>(ofPictures[picture])));
        return tape.Record(maps, result, gradient => [(maps, Backward(kernel, gradient.contiguous(), places, maps.shape))], places);
    }

    private static Tensor Backward<T>(MaxPoolKernel<T> kernel, Tensor gradient, Tensor places, long[] shape)
        where T : unmanaged, IMapNumber<T>
    {
        var result = empty(shape, gradient.dtype);
        var ofPictures = places.unbind();
        MapPictures.ForEach(gradient.unbind(), result.unbind(), (picture, from, to) =>
            kernel.Backward(MapPictures.Numbers<T>(from), MapPictures.Numbers<int>(ofPictures[picture]), MapPictures.Numbers<T>(to)));
        return result;
    }
}
