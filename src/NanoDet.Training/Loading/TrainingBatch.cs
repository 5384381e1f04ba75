using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Vision.Augmentation;
using static TorchSharp.torch;

namespace NanoDet.Training.Loading;

/// <summary>The images and labels of one step.</summary>
/// <param name="Position">Its position in the training.</param>
/// <param name="Images">The images, in the order of the batch.</param>
/// <param name="Samples">The objects of each image, in pixels of the input.</param>
/// <param name="Input">The normalised pixels: [B, 3, H, W], blue first.</param>
public sealed record TrainingBatch(
    TrainingPosition Position, ImmutableArray<DatasetImage> Images, ImmutableArray<AugmentedSample> Samples, Tensor Input) : IDisposable
{
    /// <summary>Frees the pixels.</summary>
    public void Dispose() => Input.Dispose();
}
