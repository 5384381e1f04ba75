using NanoDet.Data.Datasets;

namespace NanoDet.Training.Loading;

/// <summary>A visit of an image in an epoch.</summary>
/// <param name="Image">The image.</param>
/// <param name="Repetition">The number of earlier visits in this epoch; above 0 only for a weight above 1.</param>
public readonly record struct ImageVisit(DatasetImage Image, int Repetition)
{
    /// <summary>The number that seeds the augmentation of the image: the epoch, and another number for every repetition.</summary>
    public long AugmentationIndex(int epoch) => ((long)Repetition << 32) + epoch;
}
