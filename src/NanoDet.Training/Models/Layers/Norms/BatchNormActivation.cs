using System.Collections.Immutable;
using NanoDet.Training.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Norms;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy, 2015) and a ReLU, a leaky ReLU or nothing as one operation, in training on the processor: libtorch's
/// two layers go through the maps thirteen times, this goes eight times. It takes either order of memory and either precision.
/// </summary>
internal static class BatchNormActivation
{
    /// <summary>Takes the maps that <see cref="Record"/> normalises on this thread, and what comes out; null where nobody listens.</summary>
    [field: ThreadStatic]
    internal static Action<Tensor, Tensor>? Recorded { get; set; }

    /// <summary>Normalises by the statistics of the batch, and activates.</summary>
    /// <param name="maps">[B, C, H, W].</param>
    /// <param name="norm">The layer; its running statistics move.</param>
    /// <param name="activation">The layer behind it; null for none.</param>
    /// <returns>[B, C, H, W], in bf16 where libtorch's mixed precision is on.</returns>
    public static Tensor Of(Tensor maps, BatchNorm2d norm, nn.Module<Tensor, Tensor>? activation)
    {
        if (GradientTape.Current is { } tape && SlopeOf(activation) is { } slope && Serves(maps, norm))
        {
            return Record(maps, norm, slope, tape);
        }

        var normalized = norm.call(Autocast.Round(maps));
        return activation is null ? normalized : activation.call(normalized);
    }

    /// <summary>Whether <see cref="Record"/> can replace the layer.</summary>
    /// <param name="maps">What it is given.</param>
    /// <param name="norm">The layer.</param>
    public static bool Serves(Tensor maps, BatchNorm2d norm)
        => norm is { training: true, momentum: not null, weight: not null, bias: not null, running_mean: not null, running_var: not null }
            && maps is { device_type: DeviceType.CPU, requires_grad: true, dtype: ScalarType.Float32 or ScalarType.BFloat16 }
            && maps.numel() > maps.shape[1] && maps.numel() * sizeof(float) <= int.MaxValue
            && (!HasAdjacentChannels(maps) || maps.shape[1] % MapPictures.ChannelStep == 0);

    /// <summary>Normalises by the statistics of the batch, and activates.</summary>
    /// <param name="maps">[B, C, H, W], for which <see cref="Serves"/> holds.</param>
    /// <param name="norm">The layer; its running statistics move.</param>
    /// <param name="slope">Factor on negative values: 0 for a ReLU, 1 for no activation.</param>
    /// <param name="tape">Records the operation.</param>
    /// <returns>[B, C, H, W], in bf16 where libtorch's mixed precision is on, otherwise in the precision of the maps.</returns>
    public static Tensor Record(Tensor maps, BatchNorm2d norm, double slope, GradientTape tape)
    {
        var source = HasAdjacentChannels(maps) ? maps : maps.contiguous();
        var result = (source.dtype == ScalarType.BFloat16, Autocast.IsOn) switch
        {
            (true, _) => Record<BFloat16Number, BFloat16Number>(source, norm, (float)slope, tape),
            (false, true) => Record<SingleNumber, BFloat16Number>(source, norm, (float)slope, tape),
            (false, false) => Record<SingleNumber, SingleNumber>(source, norm, (float)slope, tape),
        };
        Recorded?.Invoke(maps, result);
        return result;
    }

    private static double? SlopeOf(nn.Module<Tensor, Tensor>? activation) => activation switch
    {
        null => 1,
        ReLU => 0,
        LeakyReLU { negative_slope: >= 0 and <= 1 } leaky => leaky.negative_slope,
        _ => null,
    };

    private static bool HasAdjacentChannels(Tensor maps) => !maps.is_contiguous() && maps.permute(0, 2, 3, 1).is_contiguous();

    private static Tensor Record<TMap, TResult>(Tensor source, BatchNorm2d norm, float slope, GradientTape tape)
        where TMap : unmanaged, IMapNumber<TMap>
        where TResult : unmanaged, IMapNumber<TResult>
    {
        using var scope = NewDisposeScope();
        var result = empty_like(source.detach(), typeof(TResult) == typeof(BFloat16Number) ? bfloat16 : float32);
        var kernel = new BatchNormKernel<TMap, TResult>(source, norm, slope);
        kernel.Forward(result);
        // The tape's own stays when a sequence of layers lets go of what it was given.
        return tape.Record(source, result, gradient => Backward(source, norm, kernel, gradient)).alias().MoveToOuterDisposeScope();
    }

    private static ImmutableArray<(Tensor Of, Tensor? Gradient)> Backward<TMap, TResult>(
        Tensor source, BatchNorm2d norm, BatchNormKernel<TMap, TResult> kernel, Tensor gradient)
        where TMap : unmanaged, IMapNumber<TMap>
        where TResult : unmanaged, IMapNumber<TResult>
    {
        var (ofMaps, ofWeight, ofBias) = kernel.Backward(gradient);
        return [(source, ofMaps), (norm.weight!, tensor(ofWeight, float32)), (norm.bias!, tensor(ofBias, float32))];
    }
}
