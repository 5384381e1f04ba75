using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>
/// The memory order of the feature maps after the backbone: all channels of a pixel are adjacent (NHWC), while shapes and results
/// are those of [B, C, H, W]. Only in this order does libtorch have a special kernel for the weight gradient of a depthwise 5x5 convolution;
/// in the other order it takes five times as long. The backbone keeps the usual order, because libtorch sums the statistics of batch
/// normalisation less exactly in this one, which matters for its large feature maps. A processor on which the kernels of this order are wrong
/// uses the usual order everywhere (<see cref="Arithmetic"/>).
/// </summary>
internal static class ChannelsLast
{
    /// <summary>Returns the feature maps in the order for the layers after the backbone in this process; layers keep the order of their input.</summary>
    /// <param name="maps">[B, C, H, W] in any order.</param>
    public static Tensor OfNeck(Tensor maps) => LibTorch.Arithmetic.Order == MemoryOrder.ChannelsLast ? Of(maps) : maps;

    /// <summary>Returns the feature maps in this order.</summary>
    /// <param name="maps">[B, C, H, W] in any order.</param>
    public static Tensor Of(Tensor maps) => maps.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
