using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Vision.Augmentation;
using static TorchSharp.torch;

namespace NanoDet.Training.Loading;

/// <summary>Pictures and labels of one step.</summary>
/// <param name="Position">Where in the training it belongs.</param>
/// <param name="Images">Where the pictures came from, in the order of the batch.</param>
/// <param name="Samples">The objects of each, in pixels of the input.</param>
/// <param name="Input">The pictures, normalised: [B, 3, H, W], blue first.</param>
public sealed record TrainingBatch(
    TrainingPosition Position, ImmutableArray<DatasetImage> Images, ImmutableArray<AugmentedSample> Samples, Tensor Input) : IDisposable
{
    /// <summary>Frees the pictures.</summary>
    public void Dispose() => Input.Dispose();
}
