using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>Joins two branches of ShuffleNetV2.</summary>
internal static class BranchShuffle
{
    /// <summary>
    /// Interleaves the channels of the two branches: the original's concatenation followed by a shuffle of two groups, in one copy.
    /// </summary>
    /// <param name="first">[B, C, H, W], channels 0, 2, 4, ... of the result.</param>
    /// <param name="second">[B, C, H, W], channels 1, 3, 5, ... of the result.</param>
    /// <returns>[B, 2C, H, W].</returns>
    public static Tensor Join(Tensor first, Tensor second) => stack([first, second], dim: 2).flatten(1, 2);
}
