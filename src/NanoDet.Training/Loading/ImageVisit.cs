using NanoDet.Data.Datasets;

namespace NanoDet.Training.Loading;

/// <summary>An image that is seen in an epoch.</summary>
/// <param name="Image">The image.</param>
/// <param name="Repetition">How often it was seen in this epoch before; above 0 only for a weight above 1.</param>
public readonly record struct ImageVisit(DatasetImage Image, int Repetition)
{
    /// <summary>The number that decides what augmentation makes of the image: the epoch, and another one for every repetition.</summary>
    public long AugmentationIndex(int epoch) => ((long)Repetition << 32) + epoch;
}
