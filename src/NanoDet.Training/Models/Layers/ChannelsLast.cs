using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>
/// The order in memory of the maps behind the backbone: all channels of a pixel side by side (NHWC), while shapes and results
/// are those of [B, C, H, W]. Only in this order has the weight gradient of a depthwise 5x5 convolution a kernel of its own;
/// in the other it takes five times as long. The backbone keeps the usual order, because libtorch sums the statistics of batch
/// normalisation less exactly in this one, which its large maps feel. A processor on which the kernels of this order are wrong
/// computes in the usual order everywhere (<see cref="Arithmetic"/>).
/// </summary>
internal static class ChannelsLast
{
    /// <summary>The maps as the layers behind the backbone take them in this process; layers keep the order of what they are given.</summary>
    /// <param name="maps">[B, C, H, W] in any order.</param>
    public static Tensor OfNeck(Tensor maps) => LibTorch.Arithmetic.Order == MemoryOrder.ChannelsLast ? Of(maps) : maps;

    /// <summary>The maps in this order.</summary>
    /// <param name="maps">[B, C, H, W] in any order.</param>
    public static Tensor Of(Tensor maps) => maps.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
